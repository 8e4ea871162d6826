# The dilemma at the file's discount factor, then with breaches that are noticed half of the time.
cp -r "$EXAMPLES" examples
detente repeated examples/models/repeated-prisoners-dilemma.yaml
detente repeated examples/models/repeated-prisoners-dilemma.yaml --play cooperate,cooperate --detect 1/2 --hazard 1/10
