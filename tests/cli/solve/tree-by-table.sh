detente solve @selten-horse --method support
