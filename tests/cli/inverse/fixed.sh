cp -r "$EXAMPLES" examples
detente inverse examples/models/elmira.yaml --target s3 --fixed U --concept GMR --concept SEQ
