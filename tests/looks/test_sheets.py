"""Reports and portfolios in headless Chromium: axe-core's rules, and what it does not look at.

Outside the default test paths: `uv run pytest tests/looks` needs Chromium (Debian: `chromium`).
Screenshots of every page are left in `out/looks`, to be looked at.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from bot.rendering.cohort import render_cohort_html
from bot.rendering.portfolio import render_portfolio_html
from tests.looks.browser import SHOTS, ask, brightness, shoot
from tests.rendering.cohorts import (
    build_bare_portfolio,
    build_club,
    build_empty,
    build_long,
    build_portfolio,
)

PAGES = {
    "report": lambda: render_cohort_html(build_club()),
    "report-empty": lambda: render_cohort_html(build_empty()),
    "report-long": lambda: render_cohort_html(build_long()),
    "portfolio": lambda: render_portfolio_html(build_portfolio()),
    "portfolio-bare": lambda: render_portfolio_html(build_bare_portfolio()),
}
N_CHARTS = {"report": 4, "report-long": 4}
#: Each page at a phone's width and a desk's, light and dark; of those that are made to be trying
#: one of each will do.
SHOWN = [
    (name, width, scheme)
    for name in PAGES
    for width in (375, 1200)
    for scheme in ("light", "dark")
    if name not in ("report-long", "portfolio-bare") or (width == 375) is (scheme == "light")
]
MEASURE = (Path(__file__).parent / "measure_sheet.js").read_text("utf-8")
#: The page in a frame, and axe-core put into it from beside, for the page itself has no script.
FRAME = """<!doctype html><title></title><style>body {{ margin: 0 }}</style>
<iframe id="page" src="{page}" width="{width}" height="{height}" style="border:0;display:block">
</iframe><script>page.onload = () => {{ {script} }};</script>
"""
ASK = """
const rules = page.contentDocument.createElement("script");
rules.id = "axe"; rules.src = "axe.js";
rules.onload = () => {{ {measure} tell(); }};
page.contentDocument.head.append(rules);
"""


@cache
def html_of(name: str) -> str:
    return PAGES[name]()


def said_of(folder: Path, html: str, width: int, scheme: str):
    """What the page tells of itself, axe-core's verdict included."""
    page, frame = folder / "page.html", folder / "frame.html"
    page.write_text(html, "utf-8")
    (folder / "axe.js").write_bytes((files("axe_playwright_python") / "axe.min.js").read_bytes())
    script = ASK.format(measure=MEASURE)
    shown = FRAME.format(page=page.as_uri(), width=width, height=2000, script=script)
    frame.write_text(shown, "utf-8")
    return ask(folder, frame, scheme, budget_ms=30_000)


@pytest.mark.parametrize(("name", "width", "scheme"), SHOWN)
def test_a_page_is_for_everybody(tmp_path, name, width, scheme) -> None:
    said = said_of(tmp_path, html_of(name), width, scheme)
    assert said["violations"] == []
    assert said["rules"] > 90
    assert said["width"] <= width
    assert said["smallest"] >= 12
    assert (said["pale"], said["faint"]) == ([], [])
    assert (said["crowded"], said["outside"]) == ([], [])
    assert all(all(chart) for chart in said["charts"])
    assert len(said["charts"]) == N_CHARTS.get(name, 0)
    assert all(table == [True, 0, True] for table in said["tables"])
    assert all(region[:2] == [0, "region"] and region[2] for region in said["regions"])
    assert said["landmarks"] == [1, 1, 1]
    assert (said["levels"][0], said["levels"].count(1)) == (1, 1)
    assert (said["lang"], said["first"], said["dead"], said["elsewhere"]) == ("en", "#main", [], 0)
    is_dark = brightness(said["ground"]) < brightness(said["ink"])
    assert is_dark is (scheme == "dark")
    height = said["height"]
    frame, shot = tmp_path / "shot.html", SHOTS / f"{name}-{width}-{scheme}.png"
    page = (tmp_path / "page.html").as_uri()
    frame.write_text(FRAME.format(page=page, width=width, height=height, script=""), "utf-8")
    shoot(tmp_path, frame, scheme, shot, (width, height))
    assert shot.stat().st_size > 10_000


#: What is wrong with a page, made so on purpose.
FAULTS = (
    ('lang="en"', ""),
    ("--soft: #5a5f66", "--soft: #a5a9ae"),
    ("<h2", "<h4"),
    ("<main ", "<div "),
    (
        "nav a { display: inline-block; padding: 6px 0; font-size: 15px;",
        "nav a { display: inline-block; font: 8px/8px x;",
    ),
    ("nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px;", "nav ul { line-height: 1px;"),
    (".scroll { position: relative; overflow-x: auto;", ".x {"),
    ("--merged: #0b5d66", "--merged: #d8d4c8"),
    (".chart text { font-size: 14px;", ".chart text { font-size: 40px;"),
    ('x2="100%"', 'x2="100%"/><rect width="120%" height="1"'),
    ('<th scope="row"', "<th"),
    ("Each week in figures, by its Monday</caption>", "</caption>"),
    ('id="projects"', 'id="elsewhere"'),
    ("</main>", "<img src=x></main>"),
)


def test_what_is_wrong_with_a_page_is_found(tmp_path) -> None:
    html = html_of("report")
    for was, becomes in FAULTS:
        assert was in html
        html = html.replace(was, becomes)
    said = said_of(tmp_path, html, 375, "light")
    rules = {one.split(":")[0] for one in said["violations"]}
    assert rules >= {
        *("html-has-lang", "color-contrast", "heading-order", "landmark-one-main"),
        *("target-size", "image-alt"),
    }
    assert said["width"] > 375
    assert said["pale"]
    assert said["crowded"]
    assert said["outside"]
    assert said["elsewhere"] == 1
    assert said["dead"] == ["#projects"]
    assert any(n_unscoped for _, n_unscoped, _ in said["tables"])
    assert not all(has_caption for has_caption, _, _ in said["tables"])
