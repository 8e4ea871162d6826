cp -r "$EXAMPLES" examples
detente credibility examples/security-guarantees-2021.yaml
