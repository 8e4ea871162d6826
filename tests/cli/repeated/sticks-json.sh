# A stick and a carrot, for programs.
cat > stick.nfg <<'GAME'
NFG 1 R "Stick and carrot" { "A" "B" } { { "work" "shirk" "fight" } { "work" "shirk" "fight" } }
4 4  5 0  0 1  0 5  3 3  0 0  1 0  0 0  0 0
GAME
detente repeated stick.nfg --play work,work --json
