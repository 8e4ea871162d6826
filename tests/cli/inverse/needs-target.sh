cp -r "$EXAMPLES" examples
detente inverse examples/models/elmira.yaml
