cp -r "$EXAMPLES" examples
detente robust examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --samples 50 --json
