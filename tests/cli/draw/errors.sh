detente draw "$EXAMPLES/games/selten-horse.efg" --part matrix; echo $?; detente draw "$EXAMPLES/games/selten-horse.efg" --part picture; echo $?
