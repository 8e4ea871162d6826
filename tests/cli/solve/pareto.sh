cp -r "$EXAMPLES" examples
detente solve examples/games/battle-of-the-sexes.nfg --method pareto
