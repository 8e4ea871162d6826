detente solve nowhere.yaml
