detente show "$EXAMPLES/games/prisoners-dilemma.nfg" | sed "/Methods that apply/,\$d"
