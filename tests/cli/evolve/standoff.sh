cp -r "$EXAMPLES" examples
detente evolve examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant
detente evolve examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --from M.E.C --any --stages 4 --format json
