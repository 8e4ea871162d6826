cat > driver.efg <<'END'
EFG 2 R "The absent-minded driver" { "Driver" }
p "" 1 1 "crossing" { "exit" "go on" } 0
t "" 1 "first exit" { 0 }
p "" 1 1 0
t "" 2 "home" { 4 }
t "" 3 "motel" { 1 }
END
detente check driver.efg
cat > forgets.efg <<'END'
EFG 2 R "Which card did I keep?" { "A" "B" }
c "" 1 "" { "high" 1 "low" 0 } 0
p "" 1 1 "keep" { "left" "right" } 0
p "" 1 2 "name it" { "left" "right" } 0
t "" 1 "" { 1, -1 }
t "" 2 "" { -1, 1 }
p "" 1 2 0
t "" 2
t "" 1
t "" 1
END
detente check forgets.efg
