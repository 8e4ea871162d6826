detente examples | grep -E "hawk|cyclic|n=|NAME"
detente examples @hawk-dove
detente solve @hawk-dove --format gambit
detente solve @cyclic?n=5 --format gambit
detente solve @hawk-dov
echo "exit $?"
detente solve '@cyclic?n=4'
echo "exit $?"
detente examples nothing-like-it
