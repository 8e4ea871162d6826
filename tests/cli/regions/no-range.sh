cp -r "$EXAMPLES" examples
detente regions examples/models/beer-quiche.yaml --x nobody
