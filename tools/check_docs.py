#!/usr/bin/env python3
"""Fail on a Markdown link inside the project that leads nowhere."""
import re
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


if __name__ == "__main__":
    found = list(dead_links())
    print("\n".join(found) or "documents: every link leads somewhere")
    sys.exit(bool(found))
