detente solve @liars-dice --method sequence-lp
