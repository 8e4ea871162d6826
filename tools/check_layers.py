#!/usr/bin/env python3
"""Fail when an #include under src/ points up the layers (docs/architecture.md has the picture).

A file of layer L may include files of the layers named in BELOW[L], its own folder, and system headers.
The programs see the library only through include/detente/.
"""
import re
import sys
from pathlib import Path

BELOW = {
    "base": set(),
    "num": {"base"},
    "model": {"base", "num"},
    "format": {"base", "num", "model"},
    "solve": {"base", "num", "model"},
    "stability": {"base", "num", "model"},
    "analyse": {"base", "num", "model", "format", "solve", "stability"},
    "report": {"base", "num", "model", "format", "solve", "stability", "analyse"},
    "cli": set(),
    "server": set(),
    "mpi": set(),
}
# A public header <detente/x.h> belongs to layer x unless PUBLIC says another; <detente.h> is the whole door, for
# programs only.
PUBLIC = {"conflict": "model"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def target_layer(name, own):
    """The layer that an include names: a layer, 'door' for <detente.h>, None for system headers."""
    parts = name.split("/")
    if name == "detente.h":
        return "door"
    if parts[0] == "detente":
        stem = parts[1].removesuffix(".h")
        return PUBLIC.get(stem, stem)
    if len(parts) == 1:
        return own
    return parts[0] if parts[0] in BELOW else None


def problems(root):
    for path in sorted((root / "src").rglob("*.[ch]")) + sorted((root / "src").rglob("*.def")):
        own = path.relative_to(root / "src").parts[0]
        if own not in BELOW:
            yield f"{path.relative_to(root)}: src/{own} is no layer"
            continue
        program = not BELOW[own] and own != "base"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            bracket, name = match.groups()
            layer = target_layer(name, own) if bracket == '"' or name.startswith("detente") else None
            public = name.startswith("detente")
            if layer is None or layer == own or (program and public) or layer in BELOW[own]:
                continue
            yield f"{path.relative_to(root)}:{number}: {own} may not include {name}"


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)))
    print("\n".join(found) or "layers: every include points down")
    sys.exit(bool(found))
