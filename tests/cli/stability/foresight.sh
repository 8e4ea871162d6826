cp -r "$EXAMPLES" examples
detente stability examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --concept L3 --concept ST1 --concept NM --why ..... --why .DE..
