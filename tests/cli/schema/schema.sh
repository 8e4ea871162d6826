detente schema | head -8
