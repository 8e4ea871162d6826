#!/usr/bin/env python3
"""Golden tests of the command line.

tests/cli/<verb>/<case>.sh runs under sh in an empty folder, with `detente` on PATH, $EXAMPLES and $SOURCE set.
Its stdout, stderr and exit code must equal <case>.out, <case>.err and <case>.rc beside it; an absent file
stands for nothing printed, or for exit code 0. Paths of this machine are written $EXAMPLES, $SOURCE, $TMP.

    tests/kit/golden.py [--program build/dev/detente] [--bless] [case.sh or folder]...

--bless writes what was seen as the new expectation: read the diff before you commit it.
"""
import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(case, program):
    """What the case printed on stdout and stderr, and its exit code, as text by suffix."""
    with tempfile.TemporaryDirectory() as tmp:
        paths = {"$TMP": os.path.realpath(tmp), "$EXAMPLES": str(ROOT / "examples"), "$SOURCE": str(ROOT)}
        home, work = Path(tmp, "home"), Path(tmp, "work")
        home.mkdir(), work.mkdir()
        environment = {
            "PATH": f"{program.parent}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home),
            "EXAMPLES": paths["$EXAMPLES"], "SOURCE": paths["$SOURCE"],
            "LC_ALL": "C.UTF-8", "TERM": "dumb", "COLUMNS": "100",
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }
        done = subprocess.run(["sh", str(case)], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=110)
    seen = {"out": done.stdout, "err": done.stderr, "rc": b"" if done.returncode == 0 else b"%d\n" % done.returncode}
    for suffix, data in seen.items():
        text = data.decode("utf-8", "backslashreplace")
        for name, path in paths.items():
            text = text.replace(path, name)
        seen[suffix] = text
    return seen


def difference(case, seen):
    """Unified diff of expectation and observation; empty when the case passes."""
    lines = []
    for suffix, text in seen.items():
        wanted = case.with_suffix("." + suffix)
        expected = wanted.read_text(encoding="utf-8") if wanted.exists() else ""
        lines += difflib.unified_diff(expected.splitlines(), text.splitlines(),
                                      f"expected {wanted.relative_to(ROOT)}", f"seen {suffix}", lineterm="")
        if expected != text and expected.splitlines() == text.splitlines():
            lines.append(f"{wanted.relative_to(ROOT)}: the last line's newline differs")
    return "\n".join(lines)


def bless(case, seen):
    for suffix, text in seen.items():
        wanted = case.with_suffix("." + suffix)
        if text:
            wanted.write_text(text, encoding="utf-8")
        else:
            wanted.unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build/dev/detente")
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("cases", nargs="*", type=Path, default=[ROOT / "tests/cli"])
    asked = parser.parse_args()
    program = asked.program.resolve()
    if not program.exists():
        sys.exit(f"{program} is not built: make test builds it")
    cases = [case.resolve() for path in asked.cases
             for case in (sorted(path.rglob("*.sh")) if path.is_dir() else [path])]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, seen in zip(cases, pool.map(lambda case: run(case, program), cases)):
            diff = difference(case, seen)
            if diff and asked.bless:
                bless(case, seen)
                print(f"blessed {case.relative_to(ROOT)}")
            elif diff:
                failed += 1
                print(f"FAILED {case.relative_to(ROOT)}\n{diff}\n"
                      f"Right as seen? tests/kit/golden.py --bless {case.relative_to(ROOT)}\n")
    print(f"{len(cases)} golden cases, {failed} failed")
    return failed > 0 or not cases


if __name__ == "__main__":
    sys.exit(main())
