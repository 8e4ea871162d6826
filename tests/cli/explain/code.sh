detente explain DT012
