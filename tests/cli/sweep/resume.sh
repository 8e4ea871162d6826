# Killed in the middle and taken up again, on one thread or two: the same rows, byte by byte.
cp -r "$EXAMPLES" examples
file=examples/security-guarantees-2021.yaml
detente sweep $file --points 8000 --ask classes,target -o whole.csv
detente sweep $file --points 8000 --ask classes,target --threads 2 -o threads.csv
cmp whole.csv threads.csv && echo "threads change nothing"
detente sweep $file --points 8000 --ask classes,target --store rows.sqlite -o rows.csv &
victim=$!
while ! [ -s rows.sqlite-wal ]; do sleep 0.01; done
sleep 0.05
kill -9 $victim
wait $victim 2>/dev/null
detente sweep $file --points 8000 --ask classes,target --store rows.sqlite --threads 2 -o rows.csv
cmp whole.csv rows.csv && echo "taken up again, the same rows"
detente sweep $file --points 8000 --ask classes,target --store rows.sqlite -o again.csv
cmp whole.csv again.csv && echo "nothing left to do, the same rows"
detente sweep $file --points 9000 --ask classes,target --store rows.sqlite 2>&1 | sed 's/is "sobol.*/.../'
