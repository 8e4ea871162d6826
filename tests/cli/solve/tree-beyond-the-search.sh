detente solve "@kuhn?cards=5" | head -12
