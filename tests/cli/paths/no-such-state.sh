cp -r "$EXAMPLES" examples
detente paths examples/models/elmira.yaml --to s17
