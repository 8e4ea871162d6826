cp -r "$EXAMPLES" examples
detente solve examples/games/battle-of-the-sexes.nfg --method lemke-howson --option all-labels
