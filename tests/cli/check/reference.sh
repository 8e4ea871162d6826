cp -r "$EXAMPLES" examples
detente check examples/security-guarantees-2021.yaml
