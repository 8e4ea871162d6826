#!/usr/bin/env python3
"""How fast large game files are read, and how much memory that takes.

    bench/read.py [--program build/release/bench_read] [--scale 1]

Files of about 20 MB are made from a fixed seed. CPU time is the best of three; memory is the peak resident set over the
size of the file. Targets: 2 s, 6 times the file.
"""
import argparse
import random
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def table(path, n, number):
    with open(path, "w", encoding="ascii") as out:
        out.write(f'NFG 1 R "table" {{ "A" "B" }} {{ {n} {n} }}\n\n')
        for _ in range(n):
            out.write(" ".join(number() for _ in range(2 * n)) + "\n")


def tree(path, depth, perfect):
    """A binary tree in which the players alternate, seeing everything or nothing."""
    with open(path, "w", encoding="ascii") as out:
        out.write('EFG 2 R "tree" { "A" "B" }\n')
        stack, sets, ends, known = [0], 0, 0, set()
        while stack:
            level = stack.pop()
            if level == depth:
                ends += 1
                out.write(f't "" {ends} "" {{ {random.randrange(1000)}, {random.randrange(1000)} }}\n')
                continue
            sets += 1
            number = sets if perfect else level + 1
            actions = "" if number in known else '"" { "l" "r" } '
            known.add(number)
            out.write(f'p "" {level % 2 + 1} {number} {actions}0\n')
            stack += [level + 1, level + 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/bench_read"))
    parser.add_argument("--scale", type=float, default=1, help="of the sides of tables")
    args = parser.parse_args()
    random.seed(1)
    cases = {
        "whole.nfg": lambda p: table(p, int(1600 * args.scale), lambda: str(random.randrange(1000))),
        "decimal.nfg": lambda p: table(p, int(1050 * args.scale), lambda: f"{random.random():.6f}"),
        "fraction.nfg": lambda p: table(p, int(1200 * args.scale),
                                        lambda: f"{random.randrange(1000)}/{random.randrange(1, 1000)}"),
        "blind.efg": lambda p: tree(p, 19 if args.scale >= 1 else 14, False),
        "seeing.efg": lambda p: tree(p, 19 if args.scale >= 1 else 14, True),
    }
    print(f"{'file':14} {'MB':>6} {'s':>7} {'MB/s':>7} {'memory':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in cases.items():
            path = Path(folder) / name
            make(path)
            runs = []
            for _ in range(3):
                out = subprocess.run([args.program, str(path)], check=True, capture_output=True, text=True).stdout
                size, seconds, peak = out.split()
                runs.append((float(seconds), int(peak), int(size)))
            seconds, peak, size = min(runs)
            print(f"{name:14} {size / 1e6:6.1f} {seconds:7.3f} {size / 1e6 / max(seconds, 1e-3):7.0f} {peak / size:7.1f}x")
            path.unlink()


if __name__ == "__main__":
    main()
