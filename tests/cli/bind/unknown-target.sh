cp -r "$EXAMPLES" examples
detente bind examples/security-guarantees-2021.yaml --target engagd
