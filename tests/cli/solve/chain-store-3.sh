cp -r "$EXAMPLES" examples
# Supports off the path are refuted early: the search ends before its default bound.
detente solve examples/models/chain-store-3.yaml --rung sequential | head -8
