cp -r "$EXAMPLES" examples
detente hypergame examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reciprocal --believes P:Q=refuser --concept SEQ --concept L4 --json
