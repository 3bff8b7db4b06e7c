"""Nothing that strangers write comes alive in a report or a portfolio."""

from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from selectolax.lexbor import LexborHTMLParser

from bot.cohort.cohort import make_cohort
from bot.cohort.portfolio import Work, WorkKind
from bot.outcomes.progress import Outcome
from bot.rendering.cohort import render_cohort_html, render_cohort_markdown
from bot.rendering.neutral import neutral
from bot.rendering.portfolio import render_portfolio_html, render_portfolio_markdown
from bot.sayings import as_written
from bot.terms import IssueRef
from tests.builders_cohort import (
    NOW,
    build_enrolled,
    build_progress,
    build_records,
    build_sent,
    days_ago,
)
from tests.rendering.cohorts import build_portfolio
from tests.rendering.page import BACK_LINK, FORMULA, FRAGMENTS, Page, hostile_text, live_parts

OWN_TAGS = frozenset(
    {
        *("meta", "title", "style", "a", "div", "header", "nav", "main", "section", "footer"),
        *("h1", "h2", "h3", "p", "span", "ul", "li", "dl", "dt", "dd", "details", "summary", "br"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("svg", "defs", "pattern", "rect", "line", "text", "path", "circle", "desc"),
    }
)
HOSTS = {None, "github.com", "redirect.github.com", "x.example"}
short_text = hostile_text.map(lambda text: text[:60])


def hostile_cohort(text):
    """A club in which everything that a stranger can write is `text`."""
    about = {"title": text, "pull_url": text, "commented_at": days_ago(20)}
    picks = (
        build_progress(Outcome.REVIEWED, 1, reviewed_at=days_ago(9), **about),
        build_progress(Outcome.MERGED, 2, merged_at=days_ago(2), **about),
        build_progress(Outcome.ASSIGNED, 3, assigned_at=days_ago(1), **about),
    )
    picks = tuple(replace(one, ref=IssueRef(f"o/{text}", one.ref.number)) for one in picks)
    student = build_enrolled(mentors=(text, "hal-example"), halted=as_written(text))
    called = student.subscription.model_copy(update={"name": text or "Ada"})
    student = replace(student, subscription=called)
    records = build_records(club=text, students=(student,), progress=picks, sent=(build_sent(),))
    return replace(make_cohort(records), mentor=text)


def hostile_portfolio(text):
    works = tuple(Work(kind, text, text, text, NOW) for kind in WorkKind)
    linked = replace(works[0], url=f"https://github.com/o/r/pull/1#{text}")
    name = {"called": text, "club": text, "is_complete": False}
    return replace(build_portfolio(), works=(*works, linked), **name)


@cache
def usual_post(hostile, post):
    """How the post looks without a trick in it."""
    return Page.of_markdown(post(hostile("Plain words")))


@cache
def usual_page(hostile, page):
    """How the page looks without a trick in it, and its styles."""
    html = page(hostile("Plain words"))
    return Page(html), styles(html)


def assert_dead_in_a_post(source, usual, text):
    page = Page.of_markdown(source)
    assert live_parts(page.outside) == []
    assert not FORMULA.search(source)
    assert not BACK_LINK.search(source)
    assert {urlsplit(link).hostname for link in page.links} <= HOSTS
    assert page.attributes <= {"href", "align"}
    assert page.comments == []
    if neutral(text):
        assert page.skeleton == usual.skeleton
        assert page.visible.count(neutral(text)) >= 6


def assert_dead_on_a_page(html, usual, usual_styles, text):
    page = Page(html)
    assert set(page.tags) <= OWN_TAGS
    assert page.attributes == usual.attributes
    assert page.comments == []
    assert {urlsplit(link).hostname for link in page.links} <= HOSTS
    assert styles(html) == usual_styles
    if neutral(text):
        assert page.skeleton == usual.skeleton
        assert page.visible.count(neutral(text)) >= 6


def styles(html):
    return [node.text() for node in LexborHTMLParser(html).css("style")]


#: What is rendered, as a post and as a page.
SUBJECTS = (
    (hostile_cohort, render_cohort_markdown, render_cohort_html),
    (hostile_portfolio, render_portfolio_markdown, render_portfolio_html),
)


def assert_dead(text):
    for hostile, post, page in SUBJECTS:
        subject = hostile(text)
        assert_dead_in_a_post(post(subject), usual_post(hostile, post), text)
        assert_dead_on_a_page(page(subject), *usual_page(hostile, page), text)


@settings(max_examples=40, deadline=None)
@given(short_text)
@example("0")
@example("7)")
def test_nothing_that_strangers_write_comes_alive(text):
    assert_dead(text)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_no_known_trick_comes_alive(fragment):
    for text in (fragment, f"see {fragment} or 7{fragment}"):
        assert_dead(text)


@pytest.mark.parametrize("fragment", ["a|b", "a\\|b", "|", "a`|`b"])
def test_a_name_makes_no_cell_of_its_own(fragment):
    source = render_cohort_markdown(hostile_cohort(fragment))
    usual = usual_post(hostile_cohort, render_cohort_markdown)
    assert Page.of_markdown(source).skeleton == usual.skeleton
