cp -r "$EXAMPLES" examples
detente bind examples/models/repeated-prisoners-dilemma.yaml --target peace --lever delta --repeated --json
