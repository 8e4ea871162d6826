detente show "$EXAMPLES/games/kuhn-poker.efg" | sed "/Methods that apply/,\$d"
