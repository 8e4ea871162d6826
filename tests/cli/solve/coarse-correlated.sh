cp -r "$EXAMPLES" examples
detente solve examples/games/battle-of-the-sexes.nfg --method coarse-correlated --option objective=worst --option player=Row
