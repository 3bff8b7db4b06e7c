"""A review post: what a mentor reads, that its boxes read back, and that nothing in it is live."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings

from bot.digest import DigestReason, MentorNote
from bot.rendering.marker import parse_marker, parse_review_marker
from bot.rendering.neutral import neutral
from bot.rendering.render import MARKDOWN_LIMIT
from bot.rendering.review import render_review
from bot.rendering.words import load_words
from bot.review.compose_sheet import lines_of
from bot.review.sheet import Flag, Section, SheetLine
from bot.review.ticks import ticks_of
from bot.review.verdict import ReviewState
from bot.sayings import as_written
from bot.terms import ChannelName
from tests.builders import build_pick
from tests.rendering.golden import GOLDEN, compose_golden_review
from tests.rendering.page import BACK_LINK, FORMULA, FRAGMENTS, Page, hostile_text, live_parts
from tests.rendering.sheets import ADA, BEN, SHEET
from tests.review.steps import build_review

ANY = Flag("large")


def body_of(sheet=SHEET):
    (body,) = render_review(sheet).parts
    return body


def section(**changes):
    return body_of(replace(SHEET, sections=(replace(ADA, **changes),)))


def visible(body):
    return Page.of_markdown(body).visible


def test_a_review_post_reads_like_this():
    """To accept a change: `uv run python -m tests.rendering.golden`, and look at the diff."""
    assert compose_golden_review() == GOLDEN.read_text("utf-8")


def test_the_title_names_week_mentor_and_club():
    message = render_review(SHEET)
    assert message.title == "Review: week 47 of 2026, for grace-example (Campus Open Source Club)"
    assert (message.week, message.mentor) == (SHEET.week, SHEET.mentor)


def test_each_part_is_known_again_by_its_first_line():
    marker = parse_review_marker(body_of())
    assert (marker.week, marker.mentor, marker.part) == ("2026-W47", "grace-example", 1)
    assert parse_marker(body_of()) is None


def test_ticks_are_no_part_of_the_fingerprint_and_all_else_is():
    lines = tuple(replace(line, is_ticked=not line.is_ticked) for line in ADA.lines)
    sha = parse_review_marker(section()).sha
    assert parse_review_marker(section(lines=lines)).sha == sha
    assert parse_review_marker(section(state=ReviewState.HELD)).sha != sha


def test_boxes_read_back_as_they_were_written():
    review = build_review(lines=lines_of(SHEET))
    assert [line.n for line in ticks_of([body_of()], review)] == [3]


def test_only_picks_that_a_box_can_take_back_have_one():
    page = Page.of_markdown(body_of())
    assert page.tags.count("input") == 3
    assert page.tags.count("del") == 1
    out = tuple(replace(line, is_out=True) for line in ADA.lines)
    assert "input" not in Page.of_markdown(section(lines=out)).tags


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "until Monday 23 November at 01:15 (Puerto Rico time). What you have not answered by"),
        ({}, "is sent as it stands here"),
        ({"sends_on_silence": False}, "is not sent before a mentor approves"),
        ({"answer_by": None}, "without waiting for an answer; /hold keeps back"),
        ({"sections": (ADA,)}, "this is the digest of one of your students"),
    ],
)
def test_the_top_says_until_when_and_what_silence_means(changes, said):
    assert said in visible(body_of(replace(SHEET, **changes)))


def test_the_commands_are_shown_with_a_student_of_the_sheet_who_has_picks():
    body = body_of(replace(SHEET, sections=(BEN, replace(ADA, login="chiyo-example"))))
    for command in ("/approve", "/hold", "/drop", "/note"):
        assert f"`{command} chiyo-example" in body


@pytest.mark.parametrize(
    ("channel", "said"),
    [("issue", "as a post"), ("email", "by e-mail"), ("file", "as a file")],
)
def test_a_section_says_how_the_digest_travels(channel, said):
    assert f"First-timer, gets the digest {said}." in section(channel=ChannelName(channel))


@pytest.mark.parametrize(
    ("state", "said"),
    [("approved", "Approved."), ("held", "Held:"), ("waiting", None), ("silent", None)],
)
def test_a_section_says_what_was_decided(state, said):
    body = section(state=ReviewState(state))
    assert [word for word in ("Approved.", "Held:") if word in body] == ([said] if said else [])


def test_a_quiet_week_says_why_and_one_with_picks_does_not():
    assert "Nothing is offered this week. All 12 issues in Rust were taken." in body_of()
    assert "Nothing is offered" not in section()


def test_every_flag_has_words_in_each_number():
    for name in load_words().flags:
        for n in (0, 1, 31):
            body = section(flags=(Flag(name, n),))
            assert "{" not in body
            assert (str(n) in load_words().flag(name, n).format(n=n)) == (
                "{n}" in load_words().flag(name, n)
            )


def test_all_that_a_mentor_should_look_at_is_counted_in_the_table():
    rows = [line for line in body_of().splitlines() if line.startswith("| ")]
    assert [row.rsplit("|", 2)[1].strip() for row in rows] == ["To look at", "2", "3"]


def test_in_one_table_stand_all_students():
    assert Page.of_markdown(body_of()).tags.count("table") == 1


def many(n, **changes):
    sections = tuple(replace(ADA, login=f"student-{k}", called=f"Name {k}") for k in range(n))
    return replace(SHEET, sections=tuple(replace(one, **changes) for one in sections))


def test_many_students_make_parts_at_the_borders_of_sections():
    sheet = many(200)
    parts = render_review(sheet).parts
    assert len(parts) > 3
    assert all(len(part) <= MARKDOWN_LIMIT for part in parts)
    assert all(len(part) > MARKDOWN_LIMIT - 3_000 for part in parts[:-1])
    assert [parse_review_marker(part).part for part in parts] == [*range(1, len(parts) + 1)]
    headings = [line for part in parts for line in part.splitlines() if line.startswith("## Name")]
    assert len(headings) == 200
    assert [line.n for line in ticks_of(parts, build_review(lines=lines_of(sheet)))] == [3] * 200
    for n, part in enumerate(parts[1:], 2):
        assert f"part {n}, with the students that did not fit above" in part


def test_one_students_flags_and_names_stay_in_their_part_however_long_they_are():
    flood = "<@" * 400
    pick = build_pick(
        title=flood,
        repository="o" * 39 + "/" + "r" * 100,
        reasons=tuple(DigestReason("x", 1.0, as_written(flood), shown=True) for _ in range(20)),
    )
    lines = tuple(SheetLine(n, pick, flags=(ANY, ANY)) for n in range(1, 13))
    notes = tuple(MentorNote("m" * 39, flood) for _ in range(5))
    parts = render_review(many(4, lines=lines, words=notes, called=flood)).parts
    assert all(len(part) <= 65_536 for part in parts)


def hostile_sheet(text):
    """A sheet in which everything that a stranger or a student can write is `text`."""
    pick = build_pick(
        title=text,
        repository="o/r",
        reasons=(DigestReason("interest", 1.0, as_written(text), shown=True),),
    )
    first = Section(
        login="ada-example",
        called=text,
        level=ADA.level,
        channel=ADA.channel,
        lines=(
            SheetLine(1, pick, flags=(ANY,)),
            SheetLine(2, replace(pick, spare=True)),
            SheetLine(3, pick, is_out=True),
        ),
        flags=(ANY,),
        words=(MentorNote("grace-example", text),),
    )
    quiet = replace(first, login="ben-example", lines=(), notes=(as_written(text),))
    return replace(SHEET, sections=(first, quiet), club=text)


#: The same sheet without a trick in it.
@cache
def usual_page():
    """How a sheet without a trick in it looks."""
    return Page.of_markdown(body_of(hostile_sheet("Plain words")))


def assert_dead(text):
    sheet = hostile_sheet(text)
    source = body_of(sheet)
    page = Page.of_markdown(source)
    assert live_parts(page.outside) == []
    assert not FORMULA.search(source)
    assert not BACK_LINK.search(source)
    assert all(
        link.startswith(("https://redirect.github.com/", "https://github.com/"))
        for link in page.links
    )
    assert page.attributes <= {"href", "type", "checked", "disabled", "align"}
    # The marker, and one note for the one box.
    assert len(page.comments) == 2
    review = build_review(lines=lines_of(sheet))
    assert ticks_of([source], review) == ()
    assert page.visible.count(neutral(text)) >= 6
    if neutral(text):
        assert page.skeleton == usual_page().skeleton


@settings(max_examples=60, deadline=None)
@given(hostile_text.map(lambda text: text[:50]))
def test_nothing_that_strangers_write_comes_alive(text):
    assert_dead(text)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_known_trick_comes_alive(fragment):
    for text in (fragment, f"see {fragment} or 7{fragment}"):
        assert_dead(text)


@settings(max_examples=40, deadline=None)
@given(hostile_text)
def test_a_title_is_one_line_whatever_the_club_is_called(text):
    title = render_review(replace(SHEET, club=text)).title
    assert len(title) <= 200
    assert title == neutral(title, 200)
