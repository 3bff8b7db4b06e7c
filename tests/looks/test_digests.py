"""A full digest in headless Chromium: each language, as a mail and as GitHub shows a post.

Outside the default test paths: `uv run pytest tests/looks` needs Chromium (Debian: `chromium`).
One start of the browser measures all pages of a scheme. Pictures are left in `out/looks`.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.looks.browser import SHOTS, ask, brightness, shoot
from tests.looks.digests import digest_pages

SCHEMES = ("light", "dark")
#: How high a screen is, by its width: a phone's and a desk's.
SCREENS = {375: 812, 1200: 800}
#: Where a Linux has no font of a phone's, text would be 14% wider than in Helvetica; this one is 2%
#: wider (both measured over 280 letters of prose, Helvetica's widths being those of its metrics).
FONT = """<style>
@font-face { font-family: Roboto; src: local("DejaVu Sans Condensed"); }
@font-face { font-family: Roboto; font-weight: 700; src: local("DejaVu Sans Condensed Bold"); }
</style>"""
PAGES = {name: html.replace("<style>", f"{FONT}<style>", 1) for name, html in digest_pages()}
MEASURE = (Path(__file__).parent / "measure_digest.js").read_text("utf-8")
FRAME = '<iframe id="{name} {width}" src="{name}.html" width="{width}" height="{height}"></iframe>'
AROUND = """<!doctype html><title></title><style>
body { margin: 0 } iframe { border: 0; float: left }
</style>"""


def lay_out(folder: Path, frames: str, script: str = "") -> Path:
    for name, html in PAGES.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    frame = folder / "frame.html"
    frame.write_text(f"{AROUND}{frames}<script>{script}</script>", "utf-8")
    return frame


@cache
def said_in(scheme: str) -> dict[str, Any]:
    """What all pages tell of themselves, by name and width."""
    frames = "".join(
        FRAME.format(name=name, width=width, height=height)
        for name in PAGES
        for width, height in SCREENS.items()
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        axe = files("axe_playwright_python") / "axe.min.js"
        (folder / "axe.js").write_bytes(axe.read_bytes())
        return ask(folder, lay_out(folder, frames, MEASURE), scheme, budget_ms=60_000)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_full_digest_can_be_looked_at(tmp_path, name, scheme) -> None:
    heights = [(width, said_in(scheme)[f"{name} {width}"]["height"]) for width in SCREENS]
    frames = "".join(FRAME.format(name=name, width=width, height=high) for width, high in heights)
    shot = SHOTS / f"digest-{name}-{scheme}.png"
    size = (sum(SCREENS), max(high for _, high in heights))
    shoot(tmp_path, lay_out(tmp_path, frames), scheme, shot, size)
    assert shot.stat().st_size > 50_000


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_a_full_digest_is_for_everybody(name, width, scheme) -> None:
    said = said_in(scheme)[f"{name} {width}"]
    assert said["violations"] == []
    assert said["width"] <= width
    assert said["langs"] == [name.partition("-")[2]]
    assert (said["levels"][0], set(said["levels"][1:])) == (1, {2})
    assert said["nameless"] == []
    assert said["near"] == []
    is_dark = brightness(said["ground"]) < brightness(said["ink"])
    assert is_dark is (scheme == "dark")
    assert len(said["picks"]) == 5
    assert max(said["picks"]) <= 1.5 * SCREENS[width]
