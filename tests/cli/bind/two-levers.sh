cp -r "$EXAMPLES" examples
detente bind examples/models/hostage.yaml --lever K --lever d --every
