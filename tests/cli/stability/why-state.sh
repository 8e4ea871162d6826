cp -r "$EXAMPLES" examples
detente stability examples/models/elmira.yaml --why s1 --concept all
