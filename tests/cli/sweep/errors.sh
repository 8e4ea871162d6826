cp -r "$EXAMPLES" examples
file=examples/models/unilateral-deterrence.yaml
detente sweep $file --over nobody
detente sweep $file --over pC=0:1:x
detente sweep $file --sample sobool
detente sweep $file --ask clases
detente sweep $file --over pC --over pC
detente sweep $file --over pC=0:1:1000000 --over pD=0:1:1000000
