cp -r "$EXAMPLES" examples
detente solve examples/games/chicken.nfg --method nash-bargaining
