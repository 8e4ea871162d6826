#!/usr/bin/env python3
"""Look at an HTML report: it asks the network for nothing, needs no script, fits its window, and is not blank.

    look.py PROGRAM SCENARIO FOLDER

The report is written to FOLDER. The static checks need nothing; with Chromium on PATH the page is also opened and
its pictures stay in FOLDER (light, dark, narrow, printed) to be looked at by a person. Exit 77: no Chromium.
"""
import html.parser
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

LOADS = {"src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href", "ping"}


class Requests(html.parser.HTMLParser):
    """Everything in a page that would make a browser fetch something, or run something."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            value = value or ""
            fetched = name in LOADS or (name == "href" and tag not in ("a", "area"))
            if fetched and not value.startswith(("data:", "#")):
                self.found.append(f"<{tag} {name}={value}>")
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")


def static_faults(text):
    page = Requests()
    page.feed(text)
    faults = page.found + re.findall(r"@import[^;]*|url\(\s*['\"]?(?!data:|#)[^)]*\)", text)
    for needed in ("<!doctype html", "<title>", 'charset="utf-8"', "lang="):
        if needed not in text.lower():
            faults.append(f"no {needed}")
    return faults


def chromium(browser, profile, *flags):
    return subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
         "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}", *flags],
        capture_output=True, text=True, timeout=100).stdout


def colours(picture):
    """Number of different 4-byte pixels among some rows of a PNG, filters ignored: 1 for a blank page."""
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw = zlib.decompress(packed)
    return len({raw[i:i + 4] for i in range(0, len(raw) - 4, 97)})


def width(browser, profile, page, window):
    """How wide the document wants to be in a window of this width."""
    copy = page.with_name("measured.html")
    script = "<script>document.title = 'width ' + document.documentElement.scrollWidth</script>"
    copy.write_text(page.read_text(encoding="utf-8") + script, encoding="utf-8")
    seen = chromium(browser, profile, f"--window-size={window},900", "--dump-dom", copy.as_uri())
    copy.unlink()
    return int(re.search(r"<title>width (\d+)", seen)[1])


def look(browser, page, folder):
    faults = []
    with tempfile.TemporaryDirectory() as profile:
        log = Path(profile, "net.json")
        views = {
            "light": ["--window-size=1200,6000", f"--log-net-log={log}"],
            "dark": ["--window-size=1200,6000", "--blink-settings=preferredColorScheme=0"],
            "narrow": ["--window-size=500,6000"],
        }
        for name, flags in views.items():
            picture = folder / f"{name}.png"
            chromium(browser, profile, *flags, f"--screenshot={picture}", page.as_uri())
            if not picture.exists() or colours(picture) < 8:
                faults.append(f"{name}: the page is blank")
        asked = {event["params"]["url"] for event in json.loads(log.read_text())["events"]
                 if event.get("params", {}).get("network_isolation_key", "").startswith("file:")}
        faults += [f"the page asked for {url}" for url in sorted(asked)]
        chromium(browser, profile, f"--print-to-pdf={folder / 'printed.pdf'}", "--no-pdf-header-footer", page.as_uri())
        if not (folder / "printed.pdf").exists():
            faults.append("printed: nothing")
        for window in (1200, 500):
            wanted = width(browser, profile, page, window)
            if wanted > window:
                faults.append(f"in a window of {window} the page is {wanted} wide")
    return faults


def main():
    program, scenario, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.html"
    subprocess.run([program, "report", scenario, "-o", page], check=True, stdout=subprocess.DEVNULL)
    faults = static_faults(page.read_text(encoding="utf-8"))
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser:
        faults += look(browser, page, folder)
    print("\n".join(faults) or f"pictures are in {folder}")
    if not browser:
        print("no Chromium here: the page was read, not looked at")
    return 1 if faults else 0 if browser else 77


if __name__ == "__main__":
    sys.exit(main())
