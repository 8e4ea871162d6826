detente solve @liars-dice?faces=5 --iterations 20 | head -12
