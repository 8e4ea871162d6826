# What is not a number, not a strategy, not enough strategies.
cp -r "$EXAMPLES" examples
detente repeated examples/games/prisoners-dilemma.nfg --discount much
detente repeated examples/games/prisoners-dilemma.nfg --discount 1
detente repeated examples/games/prisoners-dilemma.nfg --play cooperate,coperate
detente repeated examples/games/prisoners-dilemma.nfg --play cooperate
