cp -r "$EXAMPLES" examples
detente robust examples/models/elmira.yaml --blur 2 --samples 200
