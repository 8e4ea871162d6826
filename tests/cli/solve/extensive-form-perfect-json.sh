detente solve "@kuhn" --method extensive-form-perfect --format json | sed -n '1,/"equilibria"/p'
