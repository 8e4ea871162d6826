cp -r "$EXAMPLES" examples
detente sweep examples/models/beer-quiche.yaml --sample latin --points 4 --ask classes,outcomes --json
