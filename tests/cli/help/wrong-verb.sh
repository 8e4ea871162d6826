detente slove x.yaml
