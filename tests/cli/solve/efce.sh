detente solve "@kuhn" --method efce --option objective=worst --option player=2
