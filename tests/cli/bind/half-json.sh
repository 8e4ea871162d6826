cp -r "$EXAMPLES" examples
detente bind examples/security-guarantees-2021.yaml --target engaged --prob 1/2 --lever a --json
