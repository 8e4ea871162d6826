detente convert "$EXAMPLES/games/selten-horse.efg" --to nfg
