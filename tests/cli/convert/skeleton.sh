detente convert - --to csv < "$EXAMPLES/games/chicken.nfg" > t.csv; cat t.csv; detente convert t.csv --to yaml > t.yaml; cat t.yaml; detente check t.yaml | head -5
