cp -r "$EXAMPLES" examples
detente verify examples/games/matching-pennies.nfg --profile 1/2,1/2
