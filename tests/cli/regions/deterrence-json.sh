cp -r "$EXAMPLES" examples
detente regions examples/models/unilateral-deterrence.yaml --resolution 8 --json
