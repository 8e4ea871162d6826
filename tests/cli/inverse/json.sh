cp -r "$EXAMPLES" examples
detente inverse examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --target .DEG. --json
