cp -r "$EXAMPLES" examples
detente stability examples/models/elmira.yaml --count
