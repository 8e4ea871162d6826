cp -r "$EXAMPLES" examples
detente sweep examples/security-guarantees-2021.yaml --over a=0:1/5:3 --over pi=1/4:3/4:3 --ask classes,target,margins,least --exact -f csv
