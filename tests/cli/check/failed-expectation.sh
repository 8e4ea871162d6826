cp -r "$EXAMPLES" examples
sed 's|critical: {pi: \[1/3, 2/3\]}|critical: {pi: [1/3, 3/4]}|' examples/security-guarantees-2021.yaml > changed.yaml; detente check changed.yaml | grep -A3 -i 'no$' ; detente check changed.yaml > out; echo $?
