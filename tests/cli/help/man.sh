detente man | head -12
