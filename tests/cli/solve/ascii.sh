cp -r "$EXAMPLES" examples
LC_ALL=C detente solve examples/security-guarantees-2021.yaml
