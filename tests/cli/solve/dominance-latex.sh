cp -r "$EXAMPLES" examples
detente solve examples/games/prisoners-dilemma.nfg --method dominance -f latex
