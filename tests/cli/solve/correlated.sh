cp -r "$EXAMPLES" examples
detente solve examples/games/chicken.nfg --method correlated --option objective=fairness
