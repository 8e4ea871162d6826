detente solve @kuhn --method cfr+ --iterations 100
detente solve @leduc --method dcfr --iterations 20 | head -24
detente solve @kuhn --method cfr+ --iterations 50 --format json | head -40
detente solve @kuhn --method cfr+ --iterations none
echo "exit $?"
detente solve @kuhn --method cfr --iterations 300 --checkpoint kept | grep Exploit
detente solve @kuhn --method cfr --iterations 700 --checkpoint kept | grep Exploit
detente solve @kuhn --method cfr --iterations 700 | grep Exploit
detente solve @leduc --method cfr --checkpoint kept
echo "exit $?"
detente solve @kuhn --method sequential --iterations 5
echo "exit $?"
