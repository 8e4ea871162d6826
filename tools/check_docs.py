#!/usr/bin/env python3
"""Fail on a link between documents that leads nowhere, and on a README whose apt-get line is not tools/deps's."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
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
    found = [*dead_links(), *packages()]
    print("\n".join(found) or "documents: links and packages are right")
    sys.exit(bool(found))
