cp -r "$EXAMPLES" examples
detente solve examples/security-guarantees-2021.yaml --set a=1/10 --set rho=3/4
