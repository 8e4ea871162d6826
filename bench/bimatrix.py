#!/usr/bin/env python3
"""Bimatrix games by family, size and seed, for benchmarks and tests.

    bench/bimatrix.py FAMILY SIZE [--seed N] [--columns N] [--format nfg|lrs] [-o FILE]

The same arguments give the same game everywhere. Families:
    random         payoffs uniform in 0..999
    degenerate     payoffs uniform in 0..3: many ties, equilibria in continua
    covariant      normal payoffs, correlation 1/2 between the players, rounded
    symmetric      random, the second player's matrix is the first's transposed
    zero-sum       random, payoffs add up to 0
    circulant      symmetric, every row the one above shifted: rock, paper, scissors at large
    coordination   1 where both choose the same, else 0: 2^n - 1 equilibria
    hard           dual cyclic polytopes with Savani and von Stengel's labels: one equilibrium, long Lemke-Howson paths
    many           dual cyclic polytopes with von Stengel's labels: very many equilibria
    cyclic         dual cyclic polytopes, labels in order along the curve
    units          one best reply of the first player to each column, second matrix random
    doubled        random of half the size, every strategy twice
Sources: R. Savani and B. von Stengel, Hard-to-solve bimatrix games, Econometrica 74 (2006); B. von Stengel, New maximal
numbers of equilibria in bimatrix games, Discrete Comput. Geom. 21 (1999).
"""
import argparse
import random
import sys
from fractions import Fraction
from math import cos, pi, sin

CURVE_SCALE = 10**12


def uniform(rng, rows, columns, below):
    return [[rng.randrange(below) for _ in range(columns)] for _ in range(rows)]


def transposed(matrix):
    return [list(column) for column in zip(*matrix)]


def inverse(matrix):
    """Exact inverse by Gauss-Jordan elimination."""
    size = len(matrix)
    work = [[Fraction(x) for x in row] + [Fraction(int(i == j)) for j in range(size)] for i, row in enumerate(matrix)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if work[i][k] != 0)
        work[k], work[pivot] = work[pivot], work[k]
        head = work[k][k]
        work[k] = [x / head for x in work[k]]
        for i in range(size):
            if i != k and work[i][k] != 0:
                factor = work[i][k]
                work[i] = [x - factor * y for x, y in zip(work[i], work[k])]
    return [row[size:] for row in work]


def dual_cyclic(size, at_vertex, others):
    """A polytope {s >= 0, R s <= 1} combinatorially dual to the cyclic one with 2 * size vertices: the rows R.

    Facet k belongs to the k-th point of a trigonometric moment curve; `at_vertex` become s >= 0, `others` the rows."""
    count = 2 * size
    curve = []
    for k in range(count):
        angle = 2 * pi * (k + 0.5) / count
        curve.append([round(CURVE_SCALE * f(h * angle)) for h in range(1, size // 2 + 1) for f in (cos, sin)])
    change = inverse([curve[k] for k in at_vertex])
    rows = []
    for k in others:
        weight = [sum(curve[k][i] * change[i][j] for i in range(size)) for j in range(size)]
        slack = CURVE_SCALE - sum(weight) * CURVE_SCALE
        if slack <= 0:
            raise ValueError("the first facets do not meet in a vertex")
        rows.append([-w / slack for w in weight])
    return rows


def rounded(matrix, digits):
    """Integers from 0 to 10^digits, affinely."""
    least = min(map(min, matrix))
    scale = Fraction(10**digits) / (max(map(max, matrix)) - least)
    return [[round((x - least) * scale) for x in row] for row in matrix]


def from_dual_cyclic(size, labels):
    """Both polytopes dual cyclic; facet k of the second has the label labels[k]."""
    digits = 7 if size <= 10 else 10
    place = {label: k for k, label in enumerate(labels)}
    second = dual_cyclic(size, range(size), range(size, 2 * size))
    first = dual_cyclic(size, [place[size + j] for j in range(1, size + 1)], [place[i] for i in range(1, size + 1)])
    return rounded(first, digits), rounded(transposed(second), digits)


def swapped(labels, sign):
    return [i + sign * (-1)**i for i in labels]


def game(family, rows, columns=None, seed=1):
    """Payoffs of both players as two lists of rows."""
    columns = columns or rows
    # The short names are part of the seed: changing them would change every game.
    short = {"random": "rand", "degenerate": "deg", "covariant": "cov:0.5", "symmetric": "sym", "zero-sum": "zs",
             "circulant": "rps", "coordination": "coord", "units": "unit"}.get(family, family)
    rng = random.Random(f"{short}-{columns}-{seed}-{rows}")
    if family in ("random", "degenerate"):
        below = 1000 if family == "random" else 4
        return uniform(rng, rows, columns, below), uniform(rng, rows, columns, below)
    if family == "coordination":
        same = [[int(i == j) for j in range(columns)] for i in range(rows)]
        return same, same
    if family == "covariant":
        first, second = [[0] * columns for _ in range(rows)], [[0] * columns for _ in range(rows)]
        for i in range(rows):
            for j in range(columns):
                x = rng.gauss(0, 1)
                first[i][j] = round(500 + 150 * x)
                second[i][j] = round(500 + 150 * (0.5 * x + (1 - 0.5 * 0.5)**.5 * rng.gauss(0, 1)))
        return first, second
    if family == "symmetric":
        first = uniform(rng, columns, columns, 1000)
        return first, transposed(first)
    if family == "zero-sum":
        first = uniform(rng, rows, columns, 1000)
        return first, [[-x for x in row] for row in first]
    if family == "circulant":
        row = [rng.randrange(1000) for _ in range(columns)]
        first = [[row[(j - i) % columns] for j in range(columns)] for i in range(columns)]
        return first, transposed(first)
    if family == "units":
        second = uniform(rng, rows, columns, 1000)
        first = [[0] * columns for _ in range(rows)]
        for j in range(columns):
            first[rng.randrange(rows)][j] = 1
        return first, second
    if family == "doubled":
        half = (columns + 1) // 2
        first, second = game("random", half, half, seed)
        at = [i % half for i in range(columns)]
        return [[first[i][j] for j in at] for i in at], [[second[i][j] for j in at] for i in at]
    if family in ("hard", "many", "cyclic"):
        if columns % 2:
            raise ValueError(f"the family {family} needs an even size")
        low, high = list(range(1, columns + 1)), list(range(columns + 1, 2 * columns + 1))
        if family == "hard":
            low, high = [1] + swapped(range(2, columns), 1) + [columns], swapped(high, -1)
        elif family == "many":
            high = swapped(high, -1)
        return from_dual_cyclic(columns, low + high)
    raise ValueError(f"no family is called {family}")


def nfg(title, first, second):
    """Gambit's strategic form; player 1's strategy runs fastest."""
    rows, columns = len(first), len(first[0])
    lines = [f'NFG 1 R "{title}" {{ "row" "column" }} {{ {rows} {columns} }}', ""]
    lines += [" ".join(f"{first[i][j]} {second[i][j]}" for i in range(rows)) for j in range(columns)]
    return "\n".join(lines) + "\n"


def lrs(first, second):
    """The input of lrsnash: size, then both matrices by rows."""
    lines = [f"{len(first)} {len(first[0])}", ""]
    lines += [" ".join(map(str, row)) for row in first] + [""] + [" ".join(map(str, row)) for row in second]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family")
    parser.add_argument("size", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--columns", type=int)
    parser.add_argument("--format", choices=("nfg", "lrs"), default="nfg")
    parser.add_argument("-o", "--output")
    args = parser.parse_args()
    first, second = game(args.family, args.size, args.columns, args.seed)
    title = f"{args.family} {len(first)} x {len(first[0])}, seed {args.seed}"
    text = nfg(title, first, second) if args.format == "nfg" else lrs(first, second)
    if args.output:
        with open(args.output, "w", encoding="utf-8") as out:
            out.write(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
