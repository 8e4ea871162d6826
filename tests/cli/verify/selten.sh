cp -r "$EXAMPLES" examples
detente verify examples/games/selten-horse.efg --profile 0,1,1,0,0,1
