detente convert "$EXAMPLES/games/chicken.nfg"; echo $?; detente convert "$EXAMPLES/games/chicken.nfg" --to docx; echo $?; detente convert "$EXAMPLES/games/selten-horse.efg" --to yaml; echo $?
