detente help extreme
