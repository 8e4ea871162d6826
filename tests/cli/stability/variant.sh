cp -r "$EXAMPLES" examples
detente stability examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant
