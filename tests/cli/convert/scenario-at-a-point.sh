detente convert "$EXAMPLES/models/beer-quiche.yaml" --set p=1/3 --to efg
