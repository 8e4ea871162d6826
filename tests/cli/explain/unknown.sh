detente explain DT999
