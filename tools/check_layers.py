#!/usr/bin/env python3
"""Fail when an #include points up the layers (docs/architecture.md has the picture).

A file of layer L may include files of its own folder, of the layers in BELOW[L], and system headers. A public
header include/detente/x.h belongs to a layer as well. Programs see the library only through public headers.
"""
import re
import sys
from pathlib import Path

BELOW = {
    "base": [],
    "num": ["base"],
    "model": ["base", "num"],
    "format": ["base", "num", "model"],
    "solve": ["base", "num", "model"],
    "stability": ["base", "num", "model"],
    "analyse": ["base", "num", "model", "format", "solve", "stability"],
    "report": ["base", "num", "model", "format", "solve", "stability", "analyse"],
}
PROGRAMS = ["cli", "server", "mpi"]
# Public headers whose name is not that of their layer.
PUBLIC = {"batch": "solve", "conflict": "model", "game": "model", "job": "analyse"}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def public_layer(name):
    stem = name.removeprefix("detente/").removesuffix(".h")
    return PUBLIC.get(stem, stem)


def allowed(own, name):
    """Whether a file of layer (or program) `own` may include `name`."""
    folder = name.split("/")[0]
    public = name == "detente.h" or folder == "detente"
    if own in PROGRAMS:
        return public or folder == own or folder not in [*BELOW, *PROGRAMS]
    layer = public_layer(name) if public else folder
    return layer == own or layer in BELOW[own] or (not public and layer not in [*BELOW, *PROGRAMS])


def problems(root):
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("src/**/*.def"), *root.glob("include/detente/*.h")]):
        shown = path.relative_to(root)
        public = shown.parts[0] == "include"
        own = public_layer(shown.name) if public else shown.parts[1]
        if own not in BELOW and own not in PROGRAMS:
            yield f"{shown}: of which layer? tools/check_layers.py knows none called {own}"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match and not allowed(own, match[1]):
                yield f"{shown}:{number}: {own} may not include {match[1]}"
            elif match and public and match[1].split("/")[0] in BELOW:
                yield f"{shown}:{number}: a public header may not include the private {match[1]}"


if __name__ == "__main__":
    found = list(problems(Path(__file__).resolve().parent.parent))
    print("\n".join(found) or "layers: every include points down")
    sys.exit(bool(found))
