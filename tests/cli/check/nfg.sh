detente check @prisoners-dilemma
detente check @stag-hunt --json | head -30
