detente draw "$EXAMPLES/games/chicken.nfg"; detente draw "$EXAMPLES/games/chicken.nfg" -f tikz | head -3
