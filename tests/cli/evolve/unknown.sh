cp -r "$EXAMPLES" examples
detente evolve examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --from QQ
