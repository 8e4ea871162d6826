cp -r "$EXAMPLES" examples
detente regions examples/security-guarantees-2021.yaml --x e
