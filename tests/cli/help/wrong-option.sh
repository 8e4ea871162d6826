detente solve x.yaml --rnug d1
