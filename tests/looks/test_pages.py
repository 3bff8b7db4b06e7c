"""The golden week's pages in headless Chromium: nothing overflows, and dark is dark.

Outside the default test paths: `uv run pytest tests/looks` needs Chromium (Debian: `chromium`).
Screenshots of every page are left in `out/looks`, to be looked at.
"""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.week.golden import GOLDEN

SHOTS = Path("out/looks")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for found in map(shutil.which, BROWSERS) if found), None)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--allow-file-access-from-files",
)
#: What the page's own document says of itself once it is laid out in a frame of a phone's width.
MEASURE = """<!doctype html><title></title><style>body {{ margin: 0 }}</style>
<iframe id="page" src="{page}" width="{width}" height="2000" style="border:0"></iframe>
<script>
page.onload = () => {{
  const view = page.contentWindow, root = view.document.documentElement;
  const style = view.getComputedStyle(view.document.querySelector("h1"));
  const parts = [...view.document.querySelectorAll("body, .page")];
  const grounds = parts.map(part => view.getComputedStyle(part).backgroundColor);
  document.title = JSON.stringify({{
    width: root.scrollWidth, ink: style.color, grounds: grounds,
    headings: view.document.querySelectorAll("h1").length, lang: root.lang,
    images: view.document.images.length, scripts: view.document.scripts.length,
  }});
}};
</script>
"""


def _browse(tmp_path: Path, *flags: str) -> str:
    assert BROWSER, "no Chromium here: install it (Debian: apt-get install chromium)"
    command = [BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def _scheme(name: str) -> str:
    return f"--blink-settings=preferredColorScheme={0 if name == 'dark' else 1}"


def _brightness(colour: str) -> float:
    """From `rgb(…)`, 0 for black to 255 for white."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 800])
@pytest.mark.parametrize("page", sorted(GOLDEN.glob("*.html")), ids=lambda path: path.stem)
def test_a_page_fits_its_window_and_follows_the_scheme(tmp_path, page, width, scheme) -> None:
    frame = tmp_path / "frame.html"
    frame.write_text(MEASURE.format(page=page.resolve().as_uri(), width=width), "utf-8")
    dom = _browse(tmp_path, _scheme(scheme), "--dump-dom", "--virtual-time-budget=3000", str(frame))
    title = re.search(r"<title>(.*?)</title>", dom)
    assert title
    said = json.loads(unescape(title[1]))
    assert said["width"] <= width
    assert (said["headings"], said["images"], said["scripts"]) == (1, 0, 0)
    assert said["lang"] == "en"
    ground = next(one for one in said["grounds"] if one != "rgba(0, 0, 0, 0)")
    is_dark = _brightness(ground) < _brightness(said["ink"])
    assert is_dark is (scheme == "dark")
    SHOTS.mkdir(parents=True, exist_ok=True)
    shot = SHOTS.resolve() / f"{page.stem}-{width}-{scheme}.png"
    size = f"--window-size={max(width, 500)},2000"
    _browse(tmp_path, _scheme(scheme), f"--screenshot={shot}", size, str(frame))
    assert shot.stat().st_size > 10_000
