detente doctor
