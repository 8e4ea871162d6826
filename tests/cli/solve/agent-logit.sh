cp -r "$EXAMPLES" examples
# The limit of the principal branch, certified; then a point of the branch.
detente solve examples/models/chain-store.yaml --method agent-logit --rung sequential
detente solve examples/games/selten-horse.efg --method agent-logit --option lambda=2 | head -30
