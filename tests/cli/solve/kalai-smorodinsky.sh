cp -r "$EXAMPLES" examples
detente solve examples/games/chicken.nfg --method kalai-smorodinsky --option disagreement=1,0
