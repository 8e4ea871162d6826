cp -r "$EXAMPLES" examples
detente stability examples/models/elmira.yaml --coalition MoE+U --concept R --concept CNASH --json
