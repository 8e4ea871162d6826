cp -r "$EXAMPLES" examples
detente solve examples/models/beer-quiche.yaml --rung sequential
