detente show "$EXAMPLES/models/elmira.yaml"
