cat >golden.nfg <<'END'
NFG 1 R "Golden ratio" { "A" "B" "C" } { { "stay" "go" } { "stay" "go" } { "stay" "go" } }
""
0 0 0  1 0 0  0 1 0  1 0 0  0 0 1  0 0 1  0 1 0  -1 -1 -1
END
detente solve golden.nfg --method support
detente solve golden.nfg --method support --format json | grep -o '"profiles.*'
detente verify golden.nfg --radius 1e-9 \
  --profile 0.38196601125,0.61803398875,0.38196601125,0.61803398875,0.38196601125,0.61803398875
