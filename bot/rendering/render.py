"""Renders a letter: the same facts as a GitHub post, a mail and plain text.

Comes in: a `Letter`. Goes out: its title and bodies, and the `Message` that channels deliver.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.digest import Letter
from bot.rendering.environment import environment
from bot.rendering.imprint import make_imprint
from bot.rendering.inlining import inline_styles
from bot.rendering.marker import MARKER_LENGTH, make_marker
from bot.rendering.message import Message
from bot.rendering.neutral import heading, neutral
from bot.rendering.payload import render_json
from bot.rendering.words import load_words
from bot.sayings import Saying

#: GitHub takes 65,536 characters in a post (github.com/dead-claudia/github-limits).
MARKDOWN_LIMIT = 60_000
#: Gmail clips a mail at about 102 kB (hteumeuleu/email-bugs#41).
HTML_LIMIT_BYTES = 80_000
#: GitHub takes 256 characters in a title.
TITLE_LIMIT = 200


def render_title(letter: Letter) -> str:
    """The title of the post and the subject of the mail."""
    digest, words = letter.digest, load_words(letter.locale)
    title = words.pattern("subject", len(digest.offered)).format(
        name=neutral(letter.greeting, 60),
        club=neutral(letter.club, 60),
        week=words.week(digest.week, "week_short"),
        n=words.number(len(digest.offered)),
    )
    return heading(title, TITLE_LIMIT)


def render_markdown(letter: Letter) -> str:
    """The body of the GitHub post, of at most 60,000 characters.

    Its marker is the first line; the last one is the imprint of all picks, printed or not.
    """
    imprint = make_imprint(letter.digest.offered)
    content = _fitting(
        letter,
        lambda shorter: _fill("md", shorter),
        lambda body: len(body) + len(imprint) <= MARKDOWN_LIMIT - MARKER_LENGTH,
    )
    content += f"\n{imprint}\n" if imprint else ""
    return make_marker(letter.digest.week, letter.digest.student, content) + "\n" + content


def render_html(letter: Letter) -> str:
    """The mail with its styles inlined, of at most 80 kB."""
    return _fitting(letter, _fill_html, lambda body: len(body.encode()) <= HTML_LIMIT_BYTES)


def render_text(letter: Letter) -> str:
    """The letter as plain text; only addresses are longer than 78 columns."""
    return _fill("txt", letter)


def render_message(letter: Letter) -> Message:
    """All that any channel needs."""
    return Message(
        week=letter.digest.week,
        login=letter.digest.student,
        title=render_title(letter),
        markdown=render_markdown(letter),
        html=render_html(letter),
        text=render_text(letter),
        json=render_json(letter),
    )


def _fill(name: str, letter: Letter) -> str:
    template = environment(name, letter.locale).get_template(f"digest.{name}.j2")
    return template.render(letter=letter).rstrip("\n") + "\n"


def _fill_html(letter: Letter) -> str:
    return inline_styles(_fill("html", letter))


def _fitting(
    letter: Letter, render: Callable[[Letter], str], is_short: Callable[[str], bool]
) -> str:
    """The longest rendering that is short enough; the shortest of all if none is."""
    body = ""
    for shorter in _shorter(letter):
        body = render(shorter)
        if is_short(body):
            break
    return body


def _shorter(letter: Letter) -> Iterator[Letter]:
    """The letter, then with one pick less each time, then without what surrounds the picks."""
    yield letter
    digest, offered = letter.digest, letter.digest.offered
    for n_kept in range(len(offered) - 1, 0, -1):
        note = Saying("left_out", {"n": len(offered) - n_kept})
        short = replace(digest, picks=offered[:n_kept], notes=(*digest.notes[:9], note))
        yield replace(letter, digest=short)
    bare = replace(digest, questions=(), peers=(), events=(), earlier=(), notes=())
    yield replace(letter, digest=replace(bare, picks=offered[:1]))
