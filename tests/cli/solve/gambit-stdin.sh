cp -r "$EXAMPLES" examples
detente solve - -f gambit < examples/games/matching-pennies.nfg
