import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rendering.neutral import markdown, neutral, plain_line
from tests.rendering.page import FRAGMENTS, Page, hostile_text, live_parts, one_line

FAMILY = "👩\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("foreign", "line"),
    [
        ("a\r\nb\u2028c\td", "a b c d"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("ze\u200bro \ufeffwid\u00adth", "zero width"),
        ("bell\x07 null\x00 \x1b[31mred", "bell null [31mred"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("e\u0301tude", "étude"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "à\u0301\u0302\u0303\u0304"),
    ],
)
def test_what_is_not_seen_is_dropped_and_white_space_is_one_blank(foreign, line):
    assert neutral(foreign) == line


@pytest.mark.parametrize("emoji", [FAMILY, "❤️\u200d🔥", "👍🏽", "🇵🇷", "🏳️\u200d🌈"])
def test_an_emoji_sequence_stays_whole_and_is_cut_whole(emoji):
    assert neutral(emoji) == emoji
    for limit in range(1, 12):
        assert neutral(emoji + emoji, limit) in {emoji + emoji, emoji + "…", "…"}


def test_a_joiner_between_letters_is_dropped():
    assert neutral("ad\u200dmin") == "admin"


def test_a_long_title_is_cut_at_a_word():
    assert neutral("Describe the harbour master's calendar", 20) == "Describe the…"


def test_nothing_visible_is_named():
    assert neutral("\u200b \u202e\n", empty="(no title)") == "(no title)"


@given(hostile_text, st.integers(1, 60))
def test_a_neutral_line_is_short_and_neutral_already(text, limit):
    line = neutral(text, limit)
    assert len(line) <= limit
    assert neutral(line, limit) == line
    assert line == " ".join(line.split())
    assert not [char for char in line if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(line) & set("\u200b\u200e\u200f\u061c\u202a\u202e\u2066\u2069\ufeff")


@given(st.text(st.characters(max_codepoint=0x7F)), st.integers(1, 60))
@example("Describe the harbour master's calendar", 20)
def test_plain_text_reads_as_it_does_beside_a_character_that_is_dropped(text, limit):
    assert neutral(text, limit) == neutral(text + "\u200b", limit)


@given(hostile_text)
@example("www.x.example https://github.com/o/r/issues/1")
@example("# h @me")
@example("1. @me")
def test_markdown_shows_the_neutral_text_and_nothing_is_live(text):
    for frame in ("", "- ", "## ", "> "):
        page = Page.of_markdown(frame + markdown(text))
        assert page.links == []
        assert set(page.tags) <= {"p", "ul", "li", "h2", "blockquote"}
        assert live_parts(page.outside) == []
        assert page.visible == neutral(text)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_each_hostile_fragment_survives_as_plain_text(fragment):
    page = Page.of_markdown("see " + markdown(f"{fragment} or 7{fragment}"))
    assert page.tags == ["p"]
    assert live_parts(page.outside) == []
    assert page.visible == neutral(f"see {fragment} or 7{fragment}")


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_hostile_line_of_its_own_is_a_paragraph(fragment):
    page = Page.of_markdown(f"before\n\n{markdown(fragment + ' x')}")
    assert page.tags == ["p", "p"]


@pytest.mark.parametrize(
    ("foreign", "source"),
    [
        ("a|b", "a\\|b"),
        ("$x$", "\\$x\\$"),
        (":tada:", ":\u200btada:"),
        # A colon of ours may follow.
        ("a :tada", "a :\u200btada"),
        ("see #12 GH-3", "see #\u200b12 GH-\u200b3"),
        ("1. a", "1\\. a"),
    ],
)
def test_what_only_github_reads_is_escaped_too(foreign, source):
    assert markdown(foreign) == source


def test_ordinary_words_are_not_escaped():
    line = "Explain the magnitude scale (in the tutorial): it's 5.5, isn't it?"
    assert markdown(line) == line


@given(hostile_text)
def test_a_plain_line_is_no_workflow_command(text):
    line = plain_line(text)
    assert "::" not in line
    assert "##[" not in line
    assert "\n" not in line
    assert "%0a" not in line.lower()
    assert one_line(line) == one_line(neutral(text, 500))


def test_a_command_in_a_title_is_defused():
    assert plain_line("::error ::x%0Ay ##[group]") == (
        ":\u200b:error :\u200b:x%\u200b0Ay ##\u200b[group]"
    )
