#!/usr/bin/env python3
"""The tools that guard the tree must be able to fail."""
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True


def load(path):
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class Layers(Tree):
    layers = load("tools/check_layers.py")

    def found(self, path, include):
        self.write(path, f"#include {include}\n")
        return list(self.layers.problems(self.root))

    def test_down_is_fine(self):
        self.assertEqual(self.found("src/solve/a.c", '"model/tree.h"'), [])
        self.assertEqual(self.found("src/model/b.c", "<flint/fmpq.h>"), [])
        self.assertEqual(self.found("src/cli/c.c", "<detente/job.h>"), [])

    def test_up_and_sideways_are_not(self):
        for number, (path, include) in enumerate([
                ("src/base/a.c", '"num/rational.h"'), ("src/solve/b.c", '"format/doc.h"'),
                ("src/solve/c.c", '"stability/concept.h"'), ("src/stability/d.c", "<detente/job.h>"),
                ("src/cli/e.c", '"model/tree.h"'), ("src/solve/f.h", '"cli/opt.h"'),
                ("include/detente/base.h", '"base/ctx.h"'), ("include/detente/conflict.h", "<detente/job.h>"),
                ("include/detente/mystery.h", "<stdint.h>"), ("src/utils/g.c", "<stdint.h>")], 1):
            self.assertEqual(len(self.found(path, include)), number, path)


class Documents(Tree):
    docs = load("tools/check_docs.py")

    def test_dead_link(self):
        self.addCleanup(setattr, self.docs, "ROOT", self.docs.ROOT)
        self.docs.ROOT = self.root
        self.write("a.md", "[b](b.md) [site](https://example.org) `[code](none.md)`")
        self.assertEqual(len(list(self.docs.dead_links())), 1)
        self.write("b.md", "[a](a.md#top)")
        self.assertEqual(list(self.docs.dead_links()), [])


class Golden(Tree):
    golden = load("tests/kit/golden.py")

    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, self.golden, "ROOT", self.golden.ROOT)
        self.golden.ROOT = self.root
        self.program = self.write("bin/detente", '#!/bin/sh\necho "read $1"; echo oops >&2; exit 2\n')
        self.program.chmod(0o755)
        self.case = self.write("tests/cli/v/case.sh", "detente $EXAMPLES/x.yaml")

    def test_bless_then_pass_then_fail(self):
        seen = self.golden.run(self.case, self.program)
        self.assertEqual(seen, {"out": "read $EXAMPLES/x.yaml\n", "err": "oops\n", "rc": "2\n"})
        self.assertIn("+oops", self.golden.difference(self.case, seen))
        self.golden.bless(self.case, seen)
        self.assertEqual(self.golden.difference(self.case, seen), "")
        for suffix in ("out", "err", "rc"):
            self.assertNotEqual(self.golden.difference(self.case, {**seen, suffix: seen[suffix][:-1]}), "")
        self.golden.bless(self.case, {**seen, "err": "", "rc": ""})
        self.assertFalse(self.case.with_suffix(".err").exists())


class Look(unittest.TestCase):
    look = load("tests/look/look.py")

    def faults(self, body):
        return self.look.static_faults(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><body>{body}</body></html>')

    def test_requests_are_seen(self):
        self.assertEqual(self.faults('<a href="https://example.org">x</a><svg><use href="#a"/></svg>'
                                     '<img src="data:image/png;base64,x"><style>a{fill:url(#g)}</style>'), [])
        for body in ('<img src="x.png">', '<script>1</script>', '<link rel="stylesheet" href="a.css">',
                     '<p onclick="x">', '<style>@import "a.css";</style>', '<style>b{background:url(c.png)}</style>',
                     '<a href="javascript:x">x</a>', '<svg><image xlink:href="https://example.org/a.png"/></svg>'):
            self.assertEqual(len(self.faults(body)), 1, body)


class HowTo(Tree):
    """What docs/howto/add-a-solver.md tells to type does what it says."""

    def test_new_solver(self):
        page = (ROOT / "docs/howto/add-a-solver.md").read_text(encoding="utf-8").replace("\\\n", " ")
        command = shlex.split(re.search(r"tools/new_solver\.py .*?\n\n", page, re.DOTALL)[0])
        self.write("src/solve/solvers.def", "X(dtn_solver_pure)\n")
        for name, model in (("lemke-howson", "strategic"), ("agent-logit", "tree")):
            told = [name if word == "lemke-howson" else model if word == "strategic" else word for word in command]
            run = [sys.executable, ROOT / told[0], *told[1:], "--root", self.root]
            subprocess.run(run, check=True, capture_output=True)
            stem = name.replace("-", "_")
            self.assertIn(f"X(dtn_solver_{stem})\n", (self.root / "src/solve/solvers.def").read_text())
            self.assertNotIn("@", (self.root / f"docs/solvers/{name}.md").read_text())
            for source in (f"src/solve/{stem}.c", f"tests/solve/test_{stem}.c"):
                subprocess.run([os.environ.get("CC", "cc"), "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra",
                                "-Werror", "-fsyntax-only", f"-I{ROOT}/src", f"-I{ROOT}/include", f"-I{ROOT}/tests",
                                self.root / source], check=True)
            again = subprocess.run(run, capture_output=True, text=True)
            self.assertEqual(again.returncode, 1)
            self.assertIn("there already", again.stderr)


if __name__ == "__main__":
    unittest.main()
