detente show "$EXAMPLES/games/kuhn.efg" | sed "/Methods that apply/,\$d"
