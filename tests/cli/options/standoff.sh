cp -r "$EXAMPLES" examples
detente options examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant
detente options examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --concept GMR --format json
