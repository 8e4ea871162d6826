cp -r "$EXAMPLES" examples
detente solve examples/games/selten-horse.efg -f gambit
