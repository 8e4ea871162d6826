cp -r "$EXAMPLES" examples
detente solve examples/security-guarantees-2021.yaml --set bb=1
