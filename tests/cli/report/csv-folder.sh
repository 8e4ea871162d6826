cp -r "$EXAMPLES" examples
detente report examples/security-guarantees-2021.yaml -f md | head -40
