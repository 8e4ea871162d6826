detente draw "$EXAMPLES/models/beer-quiche.yaml" --solve
