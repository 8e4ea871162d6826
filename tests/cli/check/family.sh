detente check '@kuhn?cards=3&players=2'
