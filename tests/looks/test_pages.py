"""The mails in headless Chromium: nothing overflows, links are apart, and dark is dark.

Outside the default test paths: `uv run pytest tests/looks` needs Chromium (Debian: `chromium`).
Screenshots of every page are left in `out/looks`, to be looked at.
"""

import pytest

from tests.looks.browser import SHOTS, ask, brightness, shoot
from tests.looks.pages import pages

#: The pages that are laid out: one of the golden week's, for they are alike, and the letters made
#: to be looked at.
SHOWN = {"ada-example", "full", "quiet", "long", "confirm"}
PAGES = {name: html for name, html in pages() if name in SHOWN}
#: What the page's own document says of itself once it is laid out in a frame of a phone's width.
#: `near` names links that a thumb may confuse: WCAG 2.2, 2.5.8 asks for a circle of 24 pixels
#: around each one's middle that no other link reaches into.
MEASURE = """<!doctype html><title></title><style>body {{ margin: 0 }}</style>
<iframe id="page" src="{page}" width="{width}" height="{height}" style="border:0"></iframe>
<script>
page.onload = () => {{
  const view = page.contentWindow, root = view.document.documentElement;
  const all = query => [...view.document.querySelectorAll(query)];
  const look = part => view.getComputedStyle(part);
  const boxes = all("a").flatMap(link => [...link.getClientRects()].map(box => [link, box]));
  const away = (x, y, box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const near = boxes.filter(([one, box]) => boxes.some(([other, next]) => one !== other
    && away((box.left + box.right) / 2, (box.top + box.bottom) / 2, next) < 12));
  const texts = all("h1, h2, p, a, strong");
  document.title = JSON.stringify({{
    width: root.scrollWidth, height: all("table")[0].offsetHeight,
    ink: look(all("h1")[0]).color,
    grounds: all("body, .page").map(part => look(part).backgroundColor),
    letter: all(".letter")[0].getBoundingClientRect().width,
    smallest: Math.min(...texts.map(text => parseFloat(look(text).fontSize))),
    near: near.map(([link]) => link.textContent),
    headings: all("h1").length, lang: root.lang,
    images: view.document.images.length, scripts: view.document.scripts.length,
  }});
}};
</script>
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 800])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window_and_follows_the_scheme(tmp_path, name, width, scheme) -> None:
    page, frame = tmp_path / "page.html", tmp_path / "frame.html"
    page.write_text(PAGES[name], "utf-8")
    frame.write_text(MEASURE.format(page=page.as_uri(), width=width, height=2000), "utf-8")
    said = ask(tmp_path, frame, scheme)
    assert said["width"] <= width
    assert 300 < said["letter"] <= 600
    assert said["smallest"] >= 14
    assert said["near"] == []
    assert (said["headings"], said["images"], said["scripts"]) == (1, 0, 0)
    assert said["lang"] == "en"
    ground = next(one for one in said["grounds"] if one != "rgba(0, 0, 0, 0)")
    is_dark = brightness(ground) < brightness(said["ink"])
    assert is_dark is (scheme == "dark")
    shot = SHOTS / f"{name}-{width}-{scheme}.png"
    height = said["height"]
    frame.write_text(MEASURE.format(page=page.as_uri(), width=width, height=height), "utf-8")
    shoot(tmp_path, frame, scheme, shot, (width, height))
    assert shot.stat().st_size > 10_000
