cp -r "$EXAMPLES" examples
detente report examples/security-guarantees-2021.yaml -o no/such/folder/report.html; echo $?; ls
