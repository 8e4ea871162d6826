{
    echo "detente: 1"
    echo "title: Forty options"
    echo "players: {A: First, B: Second}"
    echo "conflict:"
    echo "  options:"
    for p in A B; do
        echo "    $p:"
        for o in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20; do
            echo "      $p$o: {name: $p$o}"
        done
    done
    echo "  infeasible: [A01 & B01]"
    echo "  preferences:"
    echo "    A: [A01 iff B02, '!B01', A20 & A19 | B20]"
    echo "    B: [B02, B03 only if A03, '!A01']"
} > forty.yaml
detente stability forty.yaml --first 1 --state NNNNNNNNNNNNNNNNNNNNNYNNNNNNNNNNNNNNNNNN
detente stability forty.yaml --first 2 --json
