"""Headless Chromium: a page laid out in a frame of some width and scheme, and asked about itself.

Outside the default test paths: it needs Chromium (Debian: `chromium`).
"""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

SHOTS = Path("out/looks")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for found in map(shutil.which, BROWSERS) if found), None)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--allow-file-access-from-files",
)


def browse(folder: Path, *flags: str) -> str:
    """Start the browser with these flags; what it prints."""
    assert BROWSER, "no Chromium here: install it (Debian: apt-get install chromium)"
    command = [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def scheme_flag(name: str) -> str:
    return f"--blink-settings=preferredColorScheme={0 if name == 'dark' else 1}"


def ask(folder: Path, frame: Path, scheme: str, budget_ms: int = 3000) -> Any:
    """What the frame's script wrote into its title, as JSON."""
    budget = f"--virtual-time-budget={budget_ms}"
    dom = browse(folder, scheme_flag(scheme), "--dump-dom", budget, str(frame))
    title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert title
    return json.loads(unescape(title[1]))


def shoot(folder: Path, frame: Path, scheme: str, shot: Path, size: tuple[int, int]) -> None:
    """Leave a picture of the frame; a window is at least 500 pixels wide."""
    shot.parent.mkdir(parents=True, exist_ok=True)
    window = f"--window-size={max(size[0], 500)},{size[1]}"
    browse(folder, scheme_flag(scheme), f"--screenshot={shot.resolve()}", window, str(frame))


def brightness(colour: str) -> float:
    """From `rgb(…)`, 0 for black to 255 for white."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue
