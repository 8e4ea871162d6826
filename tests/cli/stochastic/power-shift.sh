cp -r "$EXAMPLES" examples
detente stochastic examples/models/power-shift.yaml
