"""All mails that the project writes, as pages: what the browser lays out and the linters read.

`python -m tests.looks.pages FOLDER` writes them; a new kind of mail gets its line here.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.digest import Letter
from bot.rendering.confirmation import Invitation, render_confirmation
from bot.rendering.render import render_html
from bot.terms import ChannelName
from tests.rendering.letters import FULL, LONG, QUIET
from tests.week.golden import GOLDEN

INVITATION = Invitation(
    login="ada-example",
    greeting="Ada",
    club="Campus Open Source Club",
    code="K7QX2-9TBMN",
    repository="campus-club/digests",
)


def pages() -> Iterator[tuple[str, str]]:
    """Each page's name and HTML: the golden week's digests, then letters made to be looked at."""
    for path in sorted(GOLDEN.glob("*.html")):
        yield path.stem, path.read_text(encoding="utf-8")
    yield "full", render_html(_mailed(FULL))
    yield "quiet", render_html(_mailed(QUIET))
    yield "long", render_html(_mailed(LONG))
    yield "confirm", render_confirmation(INVITATION).html


def write_pages(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in pages():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


def _mailed(letter: Letter) -> Letter:
    return replace(letter, channel=ChannelName.EMAIL)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
