#!/usr/bin/env python3
"""All equilibria of bimatrix games: detente beside lrsnash, on the same games, in turn.

    bench/strategic.py [--program build/release/detente] [--rival lrsnash] [--seeds N] [--threads N] [--json] [--check]
                       [--large] [FAMILY-SIZE]...

Each line is one family and size; counts of equilibria must agree, or the line says by how much they do not. Times are
processor seconds of one thread, the median over the seeds; the ratio is lrsnash's median over detente's. Games of size 14 and
below compare the time of solving and certifying that `--stats` prints with lrsnash's whole process (the whole process of
detente stands beside it); larger ones compare whole processes. Without lrsnash (Debian: lrslib) only detente runs.
Words choose lines: `bench/strategic.py random-14 hard-14`; --large adds sizes that lrsnash needs minutes for.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import bimatrix

ROOT = Path(__file__).resolve().parent.parent
SEEDED = ("random", "symmetric", "covariant", "circulant", "degenerate")
# family, size, least ratio that is promised
LINES = [("random", 14, 100), ("random", 16, 100), ("random", 18, 100), ("symmetric", 14, 100), ("covariant", 14, 100),
         ("circulant", 14, 50), ("hard", 14, 15), ("many", 14, 8), ("cyclic", 14, 8), ("coordination", 14, 8),
         ("degenerate", 14, 12)]
LARGE = [("random", 20, None), ("random", 22, None)]


class Failed(Exception):
    pass


def once(command, out):
    """Processor seconds, wall seconds and peak MB of one run; standard output goes to a file."""
    to = os.open(out, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    null = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, to, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(to), os.close(null)
    if status != 0:
        raise Failed(f"{os.path.basename(command[0])}: exit {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def find(pattern, path):
    with open(path, encoding="utf-8", errors="replace") as text:
        joined = re.sub(r"\s+", " ", text.read())
    found = re.search(pattern, joined)
    return found.group(1) if found else None


def measure(args, family, size, seed, folder):
    first, second = bimatrix.game(family, size, seed=seed)
    game, rival, out = (os.path.join(folder, name) for name in ("game.nfg", "game.lrs", "out"))
    with open(game, "w", encoding="utf-8") as to:
        to.write(bimatrix.nfg(f"{family} {size}", first, second))
    with open(rival, "w", encoding="utf-8") as to:
        to.write(bimatrix.lrs(first, second))
    best = None
    for _ in range(args.repeat):
        cpu, wall, memory = once([args.program, "solve", "--method", "extreme", "--stats", "--ascii", "--threads", str(args.threads), game], out)
        count = int(find(r"(\d+) extreme", out) or find(r"(\d+) Nash", out) or 0)
        solving = float(find(r"\(([0-9.]+) s of processor time", out) or cpu)
        seen = {"count": count, "solving": solving, "cpu": cpu, "wall": wall, "memory": memory}
        best = seen if best is None or seen["solving"] < best["solving"] else best
    if args.rival:
        cpu, _, memory = once([args.rival, rival], out)
        best |= {"rival_count": int(find(r"equilibria found: (\d+)", out) or -1), "rival_cpu": cpu, "rival_memory": memory}
    return best


def line(args, family, size, target):
    seeds = range(1, (args.seeds if family in SEEDED else 1) + 1)
    with tempfile.TemporaryDirectory() as folder:
        seen = [measure(args, family, size, seed, folder) for seed in seeds]
    figure = "solving" if size <= 14 else "cpu"
    result = {"family": family, "size": size, "games": len(seen), "target": target,
              "equilibria": [s["count"] for s in seen],
              "solving": statistics.median(s["solving"] for s in seen),
              "process": statistics.median(s["cpu"] for s in seen),
              "memory": max(s["memory"] for s in seen)}
    if args.rival:
        result |= {"lrsnash": statistics.median(s["rival_cpu"] for s in seen),
                   "lrsnash_memory": max(s["rival_memory"] for s in seen),
                   "same_counts": all(s["count"] == s["rival_count"] for s in seen)}
        result["ratio"] = result["lrsnash"] / max(statistics.median(s[figure] for s in seen), 1e-6)
    return result


def show(result):
    counts = result["equilibria"]
    text = f"{result['family']:<13}{result['size']:>3} {min(counts):>6}{('..' + str(max(counts))) if len(set(counts)) > 1 else '':<8}"
    text += f"{1000 * result['solving']:>10.1f}{1000 * result['process']:>10.1f}{result['memory']:>8.0f}"
    if "ratio" in result:
        text += f"{1000 * result['lrsnash']:>11.0f}{result['lrsnash_memory']:>8.0f}{result['ratio']:>9.0f}x"
        text += f"{'' if result['target'] is None else '>= ' + str(result['target']) + 'x':>9}"
        text += "" if result["same_counts"] else "  COUNTS DIFFER"
    print(text, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/release/detente"))
    parser.add_argument("--rival", default=shutil.which("lrsnash"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=3, help="runs of detente a game, the best counts")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("lines", nargs="*", metavar="FAMILY-SIZE")
    args = parser.parse_args()
    chosen = [entry for entry in LINES + (LARGE if args.large else []) if not args.lines]
    for word in args.lines:
        family, size = word.rsplit("-", 1)
        known = [entry for entry in LINES if entry[:2] == (family, int(size))]
        chosen.append(known[0] if known else (family, int(size), None))
    if not args.json:
        print("family     size  equilibria   solve ms   all ms      MB", end="")
        print("  lrsnash ms     MB     ratio   target" if args.rival else "  (lrsnash is not installed)")
    results = []
    for entry in chosen:
        try:
            results.append(line(args, *entry))
        except Failed as failure:
            print(f"{entry[0]} {entry[1]}: {failure}", file=sys.stderr)
            results.append({"family": entry[0], "size": entry[1], "failed": str(failure)})
            continue
        if not args.json:
            show(results[-1])
    if args.json:
        print(json.dumps(results, indent=1))
    missed = [r for r in results if "failed" in r or not r.get("same_counts", True) or r.get("ratio", 1e9) < (r["target"] or 0)]
    sys.exit(1 if args.check and missed else 0)


if __name__ == "__main__":
    main()
