cp -r "$EXAMPLES" examples
detente solve examples/games/kuhn-poker.efg --method sequence-lp
