"""What a post offered can be read back from it, whatever became of its text."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import Pick
from bot.rendering.imprint import MOST_PICKS, make_imprint, read_picks
from bot.rendering.marker import is_as_written
from bot.rendering.render import render_markdown
from bot.terms import Effort, IssueRef, Kind
from tests.builders import build_digest, build_letter, build_pick
from tests.rendering.page import hostile_text

PICKS = (
    build_pick(node_id="I_kwDOAbc=", topics=("astronomy", "charts"), kind=Kind.TESTS),
    build_pick(
        number=13,
        url="https://github.com/lumen-lab/starcharts/issues/13",
        title="Say `<what>` --> @octo, #12 & why*",
        language=None,
        licence=None,
    ),
)


def post_of(*picks: Pick) -> str:
    return render_markdown(build_letter(digest=build_digest(picks=picks)))


def kept(pick: Pick) -> tuple[object, ...]:
    return (
        *(pick.ref, pick.title, pick.url, pick.node_id, pick.topics),
        *(pick.effort, pick.kind, pick.language, pick.stars, pick.licence),
    )


def without_imprint(body: str) -> str:
    return body[: body.rindex("<!-- foothold:v1 picks")]


def test_picks_are_read_back_as_they_were_offered() -> None:
    assert [kept(one) for one in read_picks(post_of(*PICKS))] == [kept(one) for one in PICKS]


def test_spares_are_not_in_it() -> None:
    body = post_of(PICKS[0], replace(PICKS[1], spare=True))
    assert [one.ref for one in read_picks(body)] == [PICKS[0].ref]


def test_a_quiet_week_has_none() -> None:
    assert "picks" not in post_of().rpartition("\n")[2]
    assert read_picks(post_of()) == ()


def test_an_old_post_tells_its_issues_by_its_headings() -> None:
    found = read_picks(without_imprint(post_of(*PICKS)))
    assert [(one.ref, one.title) for one in found] == [(one.ref, one.title) for one in PICKS]
    assert (found[0].node_id, found[0].effort) == ("", Effort.WEEKEND)


def test_an_issue_that_is_named_twice_counts_once() -> None:
    assert len(read_picks(post_of(PICKS[0], PICKS[0]))) == 1


@pytest.mark.parametrize(
    "line",
    [
        '[{"repository":"a/b","number":-1,"title":"t","effort":"evening","kind":"code"}]',
        '[{"repository":"a","number":1,"title":"t","effort":"evening","kind":"code"}]',
        '[{"repository":"a/b","number":1,"title":"t","effort":"never","kind":"code"}]',
        '[{"repository":"a/b","number":1,"effort":"evening","kind":"code","node_id":"x y"}]',
        "[" * 5_000 + "]" * 5_000,
        "[1]",
        "[NaN]",
    ],
)
def test_a_line_that_no_version_wrote_says_nothing(line: str) -> None:
    assert read_picks(f"Hello\n\n<!-- foothold:v1 picks {line} -->\n") == ()


@settings(max_examples=80, deadline=None)
@given(hostile_text, st.lists(hostile_text, max_size=3))
def test_no_text_ends_the_line_early_and_what_is_read_is_what_was_written(
    title: str, topics: list[str]
) -> None:
    pick = build_pick(title=title[:200], topics=tuple(one[:50] for one in topics))
    line = make_imprint((pick,))
    assert line.count("-->") == line.count("<") == 1
    assert line.count("--") == 2
    (read,) = read_picks(f"words\n{line}")
    assert (read.title, read.topics) == (pick.title, pick.topics)


@settings(max_examples=80, deadline=None)
@given(hostile_text, hostile_text)
def test_what_anybody_may_have_written_is_read_without_an_error(before: str, inside: str) -> None:
    body = f"{before}\n## 1.\u00a0[{inside}](https://x.example/o/r/issues/7)\n" + before
    found = read_picks(f"{body}\n<!-- foothold:v1 picks [{inside}] -->")
    assert len(found) <= MOST_PICKS
    assert {one.ref for one in found} <= {IssueRef("o/r", 7)}


def test_a_post_is_as_written_until_somebody_edits_it() -> None:
    body = post_of(*PICKS)
    assert is_as_written(body)
    assert is_as_written(body.rstrip())
    assert is_as_written(body.replace("\n", "\r\n"))
    assert not is_as_written(body.replace("Explain", "Burn"))
    assert not is_as_written("Hello")


@pytest.mark.parametrize("title", ["Sail on", "\N{SAILBOAT}" * 256])
def test_strangers_words_do_not_crowd_out_the_post_nor_its_issues(title: str) -> None:
    topics = tuple(f"a{n}{'-' * 48}" for n in range(20))
    picks = tuple(
        build_pick(number=n, node_id=f"I_{n}", title=title, topics=topics) for n in range(1, 11)
    )
    body = post_of(*picks)
    assert len(body) <= 60_000
    assert len(make_imprint(picks)) <= 20_000
    read = read_picks(body)
    assert [(one.ref, one.node_id) for one in read] == [(one.ref, one.node_id) for one in picks]
