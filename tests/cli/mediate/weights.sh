cp -r "$EXAMPLES" examples
detente mediate examples/security-guarantees-2021.yaml --variant P=hard --variant Q=reluctant --target .DEG. --avoid M.E.C --weight P=3 --most 3 --json
