detente convert "$EXAMPLES/games/chicken.nfg" -o out.efg; cat out.efg; detente convert out.efg -o again.efg; cmp out.efg again.efg && ls
