cp -r "$EXAMPLES" examples
detente mediate examples/models/elmira.yaml --target s3
