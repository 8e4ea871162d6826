cat > games.txt <<'END'
# battle of the sexes, matching pennies, a 2x3 game, fractions, all payoffs equal
3 0 0 2   2 0 0 3
1 -1 -1 1  -1 1 1 -1
2x3: 1 2 3 4 5 6  6 5 4 3 2 1

1/2 0.25 0 1  1 2 3 4
0 0 0 0  0 0 0 0
END
detente solve --batch games.txt
detente solve --batch games.txt --probabilities --threads 2
detente solve --batch games.txt --json --probabilities
detente solve --batch - --pairs --size 2x2 < games.txt
