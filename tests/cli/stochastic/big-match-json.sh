cp -r "$EXAMPLES" examples
detente stochastic examples/models/big-match.yaml --json
