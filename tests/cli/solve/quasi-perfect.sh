detente solve "@kuhn" --method quasi-perfect
