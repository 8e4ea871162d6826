cp -r "$EXAMPLES" examples
detente paths examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --from M...C --to .DEG. --json
