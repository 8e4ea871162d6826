cp -r "$EXAMPLES" examples
detente solve examples/games/prisoners-dilemma.nfg --method rationalizable
