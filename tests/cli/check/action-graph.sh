printf "#AGG\n2 2 0\n2 2\n0 0\n0 1\n1 0\n0\n1 1\n[1] 4\n0 1\n" > bad.agg
detente check bad.agg
