#!/usr/bin/env python3
"""Measure what detente promises, and print each figure beside its target.

    bench/run.py [--program build/release/detente] [--json] [--check] [name]...

Times are wall-clock medians unless a line says otherwise; memory is the peak resident set. --check exits with 1
when a target is missed. Names choose lines by substring. A line whose verb fails says why instead of a figure.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "examples/security-guarantees-2021.yaml"


class Failed(Exception):
    pass


def once(command, cwd):
    """Wall seconds, CPU seconds and peak MB of one run; its standard output is dropped."""
    null = os.open(os.devnull, os.O_RDWR)
    errors = os.open(os.path.join(cwd, "stderr"), os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    before = os.getcwd()
    os.chdir(cwd)
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1),
                                       (os.POSIX_SPAWN_DUP2, errors, 2)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.chdir(before)
    os.close(null), os.close(errors)
    if status != 0:
        with open(os.path.join(cwd, "stderr"), encoding="utf-8", errors="replace") as text:
            raise Failed((text.readline().strip() or "no message") + f" (exit {os.waitstatus_to_exitcode(status)})")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def runs(command, count):
    with tempfile.TemporaryDirectory() as cwd:
        once(command, cwd)  # warm the file cache
        return [once(command, cwd) for _ in range(count)]


def median_ms(command, count):
    return 1000 * statistics.median(wall for wall, _, _ in runs(command, count))


def start_up(program):
    yield "start-up: detente --version", median_ms([program, "--version"], 100), 6, "ms"


def solve(program):
    base = median_ms([program, "--version"], 50)
    yield "solve, reference, beyond start-up", median_ms([program, "solve", str(REFERENCE)], 20) - base, 100, "ms"


def assessments(program):
    models = ROOT / "examples" / "models"
    for name, command, target in (
            ("sequential, channel, 14 sets", ["solve", str(ROOT / "examples/security-guarantees-2021-channel.yaml")], 2),
            ("sequential, chain store, two entrants", ["solve", str(models / "chain-store.yaml")], 0.1),
            ("agent-logit, chain store, five", ["solve", str(models / "chain-store-5.yaml"), "--method", "agent-logit",
                                                 "--rung", "sequential"], 3)):
        yield name, min(cpu for _, cpu, _ in runs([program] + command, 3)), target, "s"


def report(program):
    with tempfile.TemporaryDirectory() as cwd:
        page = os.path.join(cwd, "report.html")
        seen = runs([program, "report", str(REFERENCE), "-o", page], 3)
        yield "report, reference", statistics.median(wall for wall, _, _ in seen), 3, "s"
        yield "report, reference, memory", max(memory for _, _, memory in seen), 200, "MB"
        yield "report, reference, HTML page", os.path.getsize(page) / 1000, 300, "kB"


def stability(program):
    """20 two-way options, 4 players, 12 implications each in order of priority: 2^20 states, every one feasible."""
    text = ["detente: 1", "title: a large conflict", "players: {" + ", ".join(f"P{p}: {{}}" for p in range(4)) + "}",
            "conflict:", "  options:"]
    for p in range(4):
        text.append(f"    P{p}: {{" + ", ".join(f"o{5 * p + o}: {{}}" for o in range(5)) + "}")
    text.append("  preferences:")
    for p in range(4):
        statements = (f"(o{(7 * j + 3 * p) % 20} & {'!' * (j % 2)}o{(11 * j + p + 1) % 20}) "
                      f"{'iff' if j % 3 else 'if'} o{(13 * j + 5 * p + 2) % 20}" for j in range(12))
        text.append(f"    P{p}: [" + ", ".join(f'"{s}"' for s in statements) + "]")
    with tempfile.TemporaryDirectory() as cwd:
        path = os.path.join(cwd, "large.yaml")
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(text) + "\n")
        seen = runs([program, "stability", path], 3)
        yield "stability, 2^20 states, 5 concepts", statistics.median(wall for wall, _, _ in seen), 1, "s"
        yield "stability, 2^20 states, memory", max(memory for _, _, memory in seen), 200, "MB"


def conflict(options, players, statements, seed, one_way=0, infeasible=0):
    """A scenario with random prioritised statements: conjunctions and implications of at most 6 options."""
    draw = random.Random(seed)

    def literals(count):
        return " & ".join(("!" if draw.random() < .5 else "") + f"o{o}" for o in draw.sample(range(options), count))

    def statement():
        size = draw.randint(1, 6)
        left = draw.randint(0, size - 1)
        return f"({literals(left)}) only if ({literals(size - left)})" if left else literals(size)

    text = ["detente: 1", "title: a random conflict", "players: {" + ", ".join(f"P{p}: {{}}" for p in range(players)) + "}",
            "conflict:", "  options:"]
    for p in range(players):
        own = [o for o in range(options) if o * players // options == p]
        text.append(f"    P{p}: {{" + ", ".join(
            f"o{o}: {{moves: forward-only}}" if o % 5 == 0 and o // 5 < one_way else f"o{o}: {{}}" for o in own) + "}")
    if infeasible:
        text.append("  infeasible: [" + ", ".join(f'"{literals(draw.randint(2, 5))}"' for _ in range(infeasible)) + "]")
    text.append("  preferences:")
    for p in range(players):
        text.append(f"    P{p}: [" + ", ".join(f'"{statement()}"' for _ in range(statements)) + "]")
    return "\n".join(text) + "\n"


def stability_large(program):
    """Whole processes, from the scenario file on: R, GMR, SMR, SEQ, SSEQ, counted; CPU time."""
    cases = [("2^14 states, 2 players", (14, 2, 24, 1), .02), ("2^20 states, 4 of 20 one-way", (20, 4, 24, 1, 4), 6),
             ("2^24 states, 4 players", (24, 4, 24, 1), 16)]
    with tempfile.TemporaryDirectory() as cwd:
        path = os.path.join(cwd, "conflict.yaml")
        for name, case, target in cases:
            Path(path).write_text(conflict(*case), encoding="utf-8")
            seen = [once([program, "stability", path, "--count"], cwd) for _ in range(1 if case[0] > 22 else 3)]
            yield f"stability, {name}", min(cpu for _, cpu, _ in seen), target, "s"
        yield "stability, 2^24 states, memory", max(memory for _, _, memory in seen), 800, "MB"


def symbolic(program):
    """40 options, 3 players, 16 statements each: R, GMR and SMR counted; CPU time."""
    with tempfile.TemporaryDirectory() as cwd:
        path = os.path.join(cwd, "conflict.yaml")
        for name, infeasible in [("40 options", 0), ("40 options, 10 infeasible", 10)]:
            times = []
            for seed in range(3):
                Path(path).write_text(conflict(40, 3, 16, seed, 0, infeasible), encoding="utf-8")
                times.append(once([program, "stability", path], cwd)[1])
            yield f"symbolic stability, {name}", statistics.median(times), 60, "s"


def bimatrix(program):
    """All extreme equilibria of random games, payoffs 0..999: the whole run, certificates and output included."""
    for size, target in ((12, 1), (16, 10)):
        draw = random.Random(size)
        numbers = " ".join(str(draw.randrange(1000)) for _ in range(2 * size * size))
        with tempfile.TemporaryDirectory() as cwd:
            path = os.path.join(cwd, "random.nfg")
            with open(path, "w", encoding="utf-8") as out:
                out.write(f'NFG 1 R "random" {{ "1" "2" }} {{ {size} {size} }}\n{numbers}\n')
            seen = runs([program, "solve", path, "--format", "gambit"], 3)
            yield f"solve, random {size} x {size}, all", statistics.median(wall for wall, _, _ in seen), target, "s"


def batch(program):
    """Many small games in memory, one thread: CPU time a game, checked against the general method."""
    command = Path(program).parent / "bench_batch"
    if not command.exists():
        raise Failed(f"{command} is not built: make bench-batch builds it")
    targets = {"2x2": 30e6, "3x3": 15e6, "4x4": 1e6, "5x5": 200e3}
    done = subprocess.run([command, "--csv", *targets], capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stderr.strip())
    for line in done.stdout.splitlines():
        size, kernel, rate = line.split(",")[:3]
        yield f"batch {size}, a game ({kernel})", 1e9 / float(rate), 1e9 / targets[size], "ns"


def fresh_make(_program):
    """The committed tree, built from nothing on two cores, without a compiler cache."""
    with tempfile.TemporaryDirectory() as cwd:
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "x"], cwd=cwd, input=archive, check=True)
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("MAKEFLAGS", "MFLAGS", "CMAKE_C_COMPILER_LAUNCHER")}
        start = time.perf_counter()
        done = subprocess.run(["make", "JOBS=2"], cwd=cwd, env={**environment, "CCACHE_DISABLE": "1"},
                              capture_output=True, text=True)
        if done.returncode:
            raise Failed("make: " + done.stderr.strip().splitlines()[-1])
        yield "fresh make, 2 jobs", time.perf_counter() - start, 90, "s"


BENCHMARKS = [start_up, solve, assessments, report, stability, stability_large, symbolic, bimatrix, batch, fresh_make]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/release/detente")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    if not asked.program.exists():
        sys.exit(f"{asked.program} is not built: make builds it")
    rows, missed = [], False
    if not asked.json:
        print(f"{'':38}{'measured':>12}{'target':>12}{'of target':>11}")
    for benchmark in BENCHMARKS:
        if asked.names and not any(name in benchmark.__name__ for name in asked.names):
            continue
        try:
            for name, figure, target, unit in benchmark(str(asked.program.resolve())):
                rows.append({"name": name, "figure": figure, "target": target, "unit": unit})
                missed |= figure > target
                if not asked.json:
                    print(f"{name:38}{figure:>9.3g} {unit:<2}{target:>9.3g} {unit:<2}{figure / target:>9.0%}",
                          flush=True)
        except Failed as reason:
            missed = True
            rows.append({"name": benchmark.__name__, "failed": str(reason)})
            if not asked.json:
                print(f"{benchmark.__name__:38}no figure: {reason}", flush=True)
    if asked.json:
        print(json.dumps(rows, indent=1))
    return asked.check and missed


if __name__ == "__main__":
    sys.exit(main())
