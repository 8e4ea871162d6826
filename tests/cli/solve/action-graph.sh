detente solve @braess
