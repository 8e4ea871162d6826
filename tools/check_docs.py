#!/usr/bin/env python3
"""Fail on a document that names what is not there: a link or a path that leads nowhere, a solver without a page, an
apt-get line in the README that is not what tools/deps would install."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
TREE = re.compile(r"`((?:src|tests|tools|docs|include|cmake|bench|examples)/[a-z0-9_./-]*)`")
LISTS = [("src/solve/solvers.def", "dtn_solver_", "docs/solvers")]
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def documents():
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if parts[0] not in ("build", ".git", ".cache") and "node_modules" not in parts:
            yield path


def dead_links():
    for path in documents():
        for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                yield f"{path.relative_to(ROOT)}: link to {target} leads nowhere"


def dead_paths():
    """Paths of the source tree in backquotes; the how-tos speak of files to come."""
    for path in documents():
        shown = path.relative_to(ROOT)
        if shown.parts[:2] == ("docs", "howto"):
            continue
        for target in TREE.findall(path.read_text(encoding="utf-8")):
            if not (ROOT / target).exists():
                yield f"{shown}: there is no {target}"


def pages():
    """Every line of a list has its page: X(dtn_solver_lemke_howson) has docs/solvers/lemke-howson.md."""
    for listing, prefix, folder in LISTS:
        for name in re.findall(r"^X\((\w+)\)", (ROOT / listing).read_text(encoding="utf-8"), re.MULTILINE):
            page = f"{folder}/{name.removeprefix(prefix).replace('_', '-')}.md"
            if not (ROOT / page).exists():
                yield f"{listing}: {name} has no page {page}"


def packages():
    """On Debian 12, for which it is written, the README's line names what `make test` would install."""
    release = Path("/etc/debian_version")
    if not release.exists() or not release.read_text().startswith("12"):
        return
    line = subprocess.run([ROOT / "tools/deps", "test"], env={**os.environ, "DEPS": "list"}, check=True,
                          capture_output=True, text=True).stdout.strip()
    if f"apt-get install {line}\n" not in (ROOT / "README.md").read_text(encoding="utf-8"):
        yield f"README.md: the apt-get line should name: {line}"


if __name__ == "__main__":
    found = [*dead_links(), *dead_paths(), *pages(), *packages()]
    print("\n".join(found) or "documents: what they name is there")
    sys.exit(bool(found))
