detente help methods | head -12
