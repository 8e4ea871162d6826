cp -r "$EXAMPLES" examples
detente report examples/security-guarantees-2021.yaml -o report.html && ls && grep -c '<svg' report.html && ! grep -E 'src=|href=.http' report.html
