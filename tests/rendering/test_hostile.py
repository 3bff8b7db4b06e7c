from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import (
    ClubEvent,
    Contact,
    DigestReason,
    EarlierPick,
    Peer,
    Person,
    Question,
)
from bot.rendering.marker import parse_marker
from bot.rendering.neutral import neutral
from bot.rendering.render import (
    render_html,
    render_markdown,
    render_text,
    render_title,
)
from tests.builders import build_digest, build_letter, build_pick
from tests.rendering.page import BACK_LINK, Page, hostile_text, live_parts

OWN_TAGS = frozenset(
    {"html", "head", "meta", "style", "title", "body", "table", "tbody", "tr", "td"}
    | {"h1", "h2", "p", "strong", "a"}
)


#: Short enough to stand in a title uncut.
short_text = hostile_text.map(lambda text: text[:60])


def hostile_letter(text):
    """A letter in which everything that a stranger can write is `text`."""
    pick = build_pick(
        title=text,
        description=text,
        language=text,
        licence=text,
        reasons=(DigestReason("interest", 1.0, text, shown=True),),
        people=(Person(text, text), Person("mira-example", text)),
        channels=(Contact(text, text), Contact(text, "https://x.example/" + text)),
        ai_policy=text,
        guide="https://x.example/" + text,
        first_step=text,
    )
    when = datetime(2026, 11, 27, 22, tzinfo=UTC)
    digest = build_digest(
        picks=(pick,),
        dropped={text: 3, "taken": 1},
        questions=(Question(text, text, "https://github.com/o/r/discussions/4"),),
        peers=(Peer(text, text),),
        events=(ClubEvent(text, when, text), ClubEvent(text, when, None)),
        earlier=(EarlierPick("o/r", 3, text),),
        notes=(text,),
    )
    return build_letter(digest=digest, greeting=text, club=text)


@settings(max_examples=60, deadline=None)
@given(short_text)
def test_nothing_that_strangers_write_comes_alive_in_a_post(text):
    letter = hostile_letter(text)
    source = render_markdown(letter)
    page = Page.of_markdown(source)
    (mention,) = live_parts(page.outside)
    assert mention[1].endswith("(@ada-example),")
    assert not {"script", "img", "input", "table", "pre", "blockquote"} & set(page.tags)
    assert page.tags.count("h2") == 5
    assert not BACK_LINK.search(source)
    assert {link.split("/")[2] for link in page.links} <= {
        *("redirect.github.com", "github.com", "x.example"),
    }
    assert page.visible.count(neutral(text)) >= 8
    assert parse_marker(source) is not None


@settings(max_examples=40, deadline=None)
@given(short_text)
def test_nothing_that_strangers_write_comes_alive_in_a_mail(text):
    letter = hostile_letter(text)
    page = Page(render_html(letter))
    assert set(page.tags) <= OWN_TAGS
    assert page.tags.count("h2") == 5
    assert all(link.startswith("https://") for link in page.links)
    assert page.visible.count(neutral(text)) >= 8
    assert [
        line for line in render_text(letter).splitlines() if len(line) > 78 and " " in line.strip()
    ] == []


def test_a_title_with_markup_is_text_in_a_mail():
    letter = build_letter(digest=build_digest(picks=(build_pick(title="Keep <b>bold</b>"),)))
    assert "Keep &lt;b&gt;bold&lt;/b&gt;" in render_html(letter)


@given(st.text(), st.text())
def test_a_title_is_one_short_line(greeting, club):
    title = render_title(build_letter(greeting=greeting, club=club))
    assert len(title) <= 200
    assert title == neutral(title, 200)
