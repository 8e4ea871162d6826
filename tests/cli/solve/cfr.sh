detente solve @kuhn --method cfr+ --option iterations=100
detente solve @leduc --method dcfr --option iterations=20 | head -24
detente solve @kuhn --method cfr+ --option iterations=50 --format json | head -40
detente solve @kuhn --method cfr+ --option iterations=none
echo "exit $?"
