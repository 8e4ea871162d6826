#!/usr/bin/env python3
"""The tutorial shows parts of a file that is tested: every YAML block of docs/howto/write-a-scenario.md must be a
contiguous part of examples/bridge.yaml."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def strangers(page, example):
    """Blocks of the page that the example does not hold, each as its first line and number."""
    return [block.splitlines()[0] for block in BLOCK.findall(page) if block not in example]


if __name__ == "__main__":
    assert strangers("```yaml\na: 1\n```\n", "a: 1\n") == [] and strangers("```yaml\na: 2\n```\n", "a: 1\n")
    page = (ROOT / "docs/howto/write-a-scenario.md").read_text(encoding="utf-8")
    found = strangers(page, (ROOT / "examples/bridge.yaml").read_text(encoding="utf-8"))
    print("\n".join(f"not in examples/bridge.yaml: the block that begins {line!r}" for line in found)
          or f"the tutorial's {len(BLOCK.findall(page))} blocks are parts of examples/bridge.yaml")
    sys.exit(bool(found))
