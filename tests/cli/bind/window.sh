cp -r "$EXAMPLES" examples
detente bind examples/models/hostage.yaml
