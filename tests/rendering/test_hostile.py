import unicodedata
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from functools import cached_property
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.community.places import Contact
from bot.digest import (
    ClubEvent,
    DigestReason,
    EarlierPick,
    MentorNote,
    Peer,
    Person,
    Question,
)
from bot.rendering.imprint import read_picks
from bot.rendering.marker import parse_marker
from bot.rendering.neutral import neutral
from bot.rendering.render import (
    render_html,
    render_markdown,
    render_text,
    render_title,
)
from bot.sayings import as_written
from bot.terms import Claiming
from tests.builders import build_digest, build_letter, build_pick
from tests.rendering.page import BACK_LINK, FORMULA, FRAGMENTS, Page, hostile_text, live_parts

OWN_TAGS = frozenset(
    {"meta", "style", "title", "div", "table", "tbody", "tr", "td"}
    | {"h1", "h2", "p", "strong", "a"}
)
OWN_ATTRIBUTES = frozenset(
    {"charset", "name", "content", "class", "style", "role", "align", "width", "href"}
    | {"border", "cellpadding", "cellspacing"}
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
        reasons=(DigestReason("interest", 1.0, as_written(text), shown=True),),
        people=(Person(text, 2, 6), Person("mira-example", 1, 6)),
        channels=(Contact(text, text), Contact(text, "https://x.example/" + text)),
        ai_policy=text,
        guide="https://x.example/" + text,
        claiming=Claiming.ASSIGN_COMMAND,
        command=text,
        conduct="https://x.example/" + text,
    )
    when = datetime(2026, 11, 27, 22, tzinfo=UTC)
    digest = build_digest(
        picks=(pick,),
        dropped={text: 3, "taken": 1},
        questions=(Question(text, text, "https://github.com/o/r/discussions/4"),),
        peers=(Peer(text, text),),
        events=(ClubEvent(text, when, text), ClubEvent(text, when, None)),
        earlier=(EarlierPick("o/r", 3, text),),
        notes=(as_written(text),),
        mentor_notes=(MentorNote("grace-example", text),),
    )
    return build_letter(digest=digest, greeting=text, club=text)


class Usual:
    """How a letter without a trick in it looks, rendered once for all that are compared with it."""

    def __init__(self, letter):
        self.letter = letter

    @cached_property
    def post(self):
        return Page.of_markdown(render_markdown(self.letter))

    @cached_property
    def html(self):
        return render_html(self.letter)

    @cached_property
    def mail(self):
        return Page(self.html)

    @cached_property
    def styles(self):
        return styles(self.html)


USUAL = Usual(hostile_letter("Plain words"))


def assert_dead_in_a_post(letter, text, usual=USUAL):
    source = render_markdown(letter)
    page = Page.of_markdown(source)
    assert live_parts(page.outside) == []
    assert not FORMULA.search(source)
    assert not BACK_LINK.search(source)
    # An event's own address may lead wherever a stranger wrote that it does.
    theirs = urlsplit(text.strip()).hostname if text.isprintable() else None
    assert {urlsplit(link).hostname for link in page.links} <= {
        *("redirect.github.com", "github.com", "x.example", theirs),
    }
    assert all(link.startswith("https://") for link in page.links)
    # A post in another language says which one.
    assert page.attributes <= {"href", "lang"}
    assert len(page.comments) == 2
    assert parse_marker(source) is not None
    assert [one.ref for one in read_picks(source)] == [one.ref for one in letter.digest.offered]
    assert page.visible.count(neutral(text)) >= 9
    if neutral(text):
        assert page.skeleton == usual.post.skeleton


def assert_dead_in_a_mail(letter, text, usual=USUAL):
    html = render_html(letter)
    page = Page(html)
    assert set(page.tags) <= OWN_TAGS
    assert page.attributes <= OWN_ATTRIBUTES
    assert page.comments == usual.mail.comments
    assert all(link.startswith("https://") for link in page.links)
    assert page.visible.count(neutral(text)) >= 9
    assert styles(html) == usual.styles
    if neutral(text):
        assert page.skeleton == usual.mail.skeleton


def styles(html):
    """All that a mail says of its looks: its style part, and the set of its inlined styles."""
    tree = LexborHTMLParser(html)
    inlined = {node.attributes["style"] for node in tree.css("[style]") if node.tag != "a"}
    return [node.text() for node in tree.css("style")], inlined


@settings(max_examples=60, deadline=None)
@given(short_text)
def test_nothing_that_strangers_write_comes_alive_in_a_post(text):
    assert_dead_in_a_post(hostile_letter(text), text)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_known_trick_comes_alive_in_a_post(fragment):
    for text in (fragment, f"see {fragment} or 7{fragment}"):
        assert_dead_in_a_post(hostile_letter(text), text)


@settings(max_examples=40, deadline=None)
@given(short_text)
def test_nothing_that_strangers_write_comes_alive_in_a_mail(text):
    assert_dead_in_a_mail(hostile_letter(text), text)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_known_trick_comes_alive_in_a_mail(fragment):
    text = f"see {fragment} or 7{fragment}"
    assert_dead_in_a_mail(hostile_letter(text), text)


@settings(max_examples=40, deadline=None)
@given(short_text)
def test_the_text_keeps_its_lines_whatever_strangers_write(text):
    lines = render_text(hostile_letter(text)).splitlines()
    assert [line for line in lines if len(line) > 78 and " " in line.strip()] == []
    assert not [char for char in "".join(lines) if unicodedata.category(char) in {"Cc", "Zl"}]


def subject_of(name):
    """What was set as a mail's subject, and what comes back; no header that a name wrote."""
    title = render_title(build_letter(greeting=name, club=name))
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "digest@club.example"
    mail["Subject"] = title
    mail.set_content("text")
    read = message_from_bytes(mail.as_bytes(), policy=default)
    assert sorted(read.keys()) == sorted(
        ["From", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )
    # Where a long word folds, a blank more comes back than went in.
    return "".join(title.split()), "".join(str(read["Subject"]).split())


@settings(deadline=None)
@given(hostile_text, hostile_text)
@example("", "#12|a|\n|-|\n|b|00\xa1\r\U00010000 \xa1 \xa1@octo-example| - |@octo-example")
def test_no_name_writes_a_header_of_a_mail(name, tail):
    """The letters may suffer: of a few that stand alone, Python's folding loses the encoding."""
    _, read = subject_of(name + tail)
    assert "of2026" in read


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_known_trick_writes_a_header_of_a_mail(fragment):
    for name in (fragment, f"Ada {fragment} {fragment}"):
        title, read = subject_of(name)
        assert read == title


def test_a_title_with_markup_is_text_in_a_mail():
    letter = build_letter(digest=build_digest(picks=(build_pick(title="Keep <b>bold</b>"),)))
    assert "Keep &lt;b&gt;bold&lt;/b&gt;" in render_html(letter)


@given(st.text(), st.text())
def test_a_title_is_one_short_line(greeting, club):
    title = render_title(build_letter(greeting=greeting, club=club))
    assert len(title) <= 200
    assert title == neutral(title, 200)
