cp -r "$EXAMPLES" examples
detente solve examples/games/matching-pennies.nfg --method lp
