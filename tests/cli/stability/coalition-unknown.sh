cp -r "$EXAMPLES" examples
detente stability examples/models/elmira.yaml --coalition MoE+Us
