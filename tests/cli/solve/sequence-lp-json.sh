detente solve "@kuhn?cards=5" --method sequence-lp --format json | grep -E '^  "(answer|value|outcome)"'
