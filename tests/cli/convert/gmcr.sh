detente convert "$EXAMPLES/models/elmira.yaml" -o e.gmcr; cat e.gmcr; detente convert e.gmcr -o f.gmcr && cmp e.gmcr f.gmcr; detente convert e.gmcr --to yaml | head -20
