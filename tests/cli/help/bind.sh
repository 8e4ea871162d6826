detente help bind
