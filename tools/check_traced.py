#!/usr/bin/env python3
"""Fail when a source that is compiled over traced numbers (docs/decisions/0012-sign-traces.md) calls a function of FLINT on
rationals that has no traced form and does not work on both."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What moves numbers about, makes constants, or is used on constants only, under the guard that the comment names.
BOTH = {"fmpq_t", "fmpq_init", "fmpq_clear", "fmpq_set", "fmpq_swap", "fmpq_zero", "fmpq_one", "fmpq_set_si",
        "fmpq_set_ui", "fmpq_set_fmpz", "fmpq_mat", "fmpq_mat_t", "fmpq_mat_init", "fmpq_mat_clear", "fmpq_mat_entry"}
# Who may look into numerators and denominators: orders of trembles are numbers of the solver's own, rounded weights are
# irrational (then the run is lost), exponents must be integers, sizes of results are limited.
INSIDE = {"sequential_orders.c", "sequential_path.c", "expr_eval.c"}
CALL = re.compile(r"\bfmpq_[a-z0-9_]+")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def sources():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    listed = re.search(r"list\(APPEND traced ([^)]*)\)", text)[1].split()
    found = [p for p in sorted((ROOT / "src/solve").glob("sequential*.c")) if p.name != "sequential_describe.c"]
    return found + [ROOT / name for name in listed]


def problems():
    template = (ROOT / "src/num/traced_template.h").read_text(encoding="utf-8")
    traced = set(re.findall(r"#define (fmpq_\w+)", template))
    for path in sources():
        allowed = traced | BOTH | ({"fmpq_numref", "fmpq_denref"} if path.name in INSIDE else set())
        text = COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text(encoding="utf-8"))
        for number, line in enumerate(text.splitlines(), 1):
            for name in CALL.findall(line):
                if name not in allowed:
                    yield f"{path.relative_to(ROOT)}:{number}: {name} has no traced form (src/num/traced_template.h)"


def main():
    found = list(problems())
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
