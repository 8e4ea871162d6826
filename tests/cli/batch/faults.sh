say() { printf "$1" | detente solve --batch - $2; echo "exit $?"; }
say '1 2 3\n'
say '1 2 3 4 5 6 7 8\n1 2 3 4 5 6 7 eight\n'
say 'alpha,beta\n'
say 'a11,b11\n1,2,3\n'
say '1 2 3 4 5 6 7 8\n' '--size 4'
say '1 2 3 4 5 6 7 8\n' '--method pure'
say '1 2 3 4 5 6 7 8\n' '-f html'
say '1 2 3 4 5 6 7 8\n' '--kernel mmx'
detente solve --size 2x2 games.txt
