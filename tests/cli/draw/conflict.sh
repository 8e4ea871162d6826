detente draw "$EXAMPLES/models/chicken-conflict.yaml"; detente draw "$EXAMPLES/models/chicken-conflict.yaml" -o g.svg; head -c 60 g.svg
