"""A student's thread: what it says, and whom it calls."""

from dataclasses import replace

import pytest
from hypothesis import given

from bot.rendering.marker import parse_thread_marker
from bot.rendering.thread import Opening, Thread, render_thread
from tests.rendering.page import BACK_LINK, Page, hostile_text, live_parts

OPENING = Opening("ada-example", "Ada", "Campus Open Source Club", "campus-club/digests")
GOLDEN = """\
<!-- foothold:v1 thread student=ada-example -->
Hello Ada (@ada-example),

This is the place for your digests from Campus Open Source Club. Each week a new one comes here as \
a comment: a few open-source issues where a newcomer's help looks welcome, and the people that you \
would meet there. Older digests are folded up, and open with a click.

Take what you like and leave the rest. What becomes of a pick is looked up on GitHub, where it is \
public anyway, so that the next ones fit better; your mentor sees it, too. If something is \
unclear, or you got stuck, tell it here.

**To answer.** Write a comment, one thing a line: `/more 2` or `/less 2` for more or less like the \
second pick (a topic or a project may stand there too), `/took 2`, `/done 2`, `/pause 4w` or \
`/stop`. A thumb up or down on a digest counts for all of its picks.

**To change, pause or stop this.** What you get is decided in [config/students/ada-example.yaml]\
(https://github.com/campus-club/digests/blob/HEAD/config/students/ada-example.yaml). Edit it to \
get something else, delete it to stop, or ask your mentor to do either for you. In one step each: \
[stop this digest](https://github.com/campus-club/digests/issues/new?template=stop.yml), \
[pause it for some weeks](https://github.com/campus-club/digests/issues/new?template=pause.yml), \
or [tell the club what you think]\
(https://github.com/campus-club/digests/issues/new?template=feedback.yml).
"""


def test_a_thread_reads_like_this():
    title = "Digests for Ada (Campus Open Source Club)"
    assert render_thread(OPENING) == Thread("ada-example", title, GOLDEN)


def test_a_thread_is_known_again_by_its_first_line():
    assert parse_thread_marker(render_thread(OPENING).markdown) == "ada-example"


def test_only_the_student_is_mentioned_and_once():
    page = Page.of_markdown(render_thread(OPENING).markdown)
    assert live_parts(page.outside) == [("mention", "Hello Ada (@ada-example),")]


def test_a_club_without_a_repository_names_the_file_without_a_link():
    markdown = render_thread(replace(OPENING, club_repository=None)).markdown
    assert "config/students/ada-example.yaml" in markdown
    assert "https://" not in markdown


def test_a_student_whose_name_is_invisible_is_called_by_their_login():
    assert render_thread(replace(OPENING, greeting="\u200b")).title.startswith(
        "Digests for ada-example ("
    )


def test_the_longest_names_fit_into_a_title():
    assert len(render_thread(replace(OPENING, greeting="x" * 500, club="y" * 500)).title) <= 256


@given(name=hostile_text, club=hostile_text)
def test_hostile_names_make_nothing_live(name: str, club: str):
    thread = render_thread(replace(OPENING, greeting=name, club=club))
    page = Page.of_markdown(thread.markdown)
    others = [text.replace("(@ada-example)", "()", 1) for text in page.outside]
    assert live_parts(others) == []
    assert not BACK_LINK.search(thread.markdown)
    assert "\n" not in thread.title


@pytest.mark.parametrize("login", ["a b", "a --> b", ""])
def test_a_login_that_no_marker_carries_is_refused(login: str):
    with pytest.raises(ValueError, match="no marker"):
        render_thread(replace(OPENING, login=login))
