printf 'case,a11,a12,a21,a22,b11,b12,b21,b22\nsexes,3,0,0,2,2,0,0,3\npennies,1,-1,-1,1,-1,1,1,-1\n' > games.csv
detente solve --batch games.csv --probabilities -o out.csv --stats
cat out.csv
