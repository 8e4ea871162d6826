cp -r "$EXAMPLES" examples
detente sweep examples/security-guarantees-2021.yaml --points 2000
