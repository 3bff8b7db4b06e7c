"""A student's page: what it lists, how it counts, and that it says what it does not know."""

import json
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from bot.cohort.portfolio import WorkKind
from bot.rendering.portfolio import (
    render_portfolio_html,
    render_portfolio_json,
    render_portfolio_markdown,
)
from tests.rendering.cohorts import build_bare_portfolio, build_portfolio
from tests.rendering.page import BACK_LINK, Page, live_parts

ADA = build_portfolio()
FACTS = (
    *("Ada", "ada-example on GitHub, with Campus Open Source Club."),
    *("Since 7 September 2026: 3 merged pull requests, one open pull request, 2 reviews and",),
    *("one answer, in 5 projects.", "Merged pull requests", "Open pull requests", "Reviews"),
    *("Answers and conversations", "Name the quays", "tidepool/harbor, 12 October 2026"),
    "Made by Campus Open Source Club on 22 November 2026, from what is public on GitHub.",
)


def seen(portfolio):
    return {
        "html": Page(render_portfolio_html(portfolio)).visible,
        "md": Page.of_markdown(render_portfolio_markdown(portfolio)).visible,
    }


def test_page_and_post_tell_every_fact():
    for name, text in seen(ADA).items():
        assert [fact for fact in FACTS if fact not in text] == [], name


def test_every_work_is_linked():
    links = set(Page(render_portfolio_html(ADA)).links)
    assert {work.url for work in ADA.works} <= links
    n_linked = render_portfolio_markdown(ADA).count("](https://redirect.github.com/")
    assert n_linked == len(ADA.works)


def test_who_asked_nobody_says_so():
    note = "GitHub was not asked for reviews and other work."
    for text in seen(build_bare_portfolio()).values():
        assert note in text
        assert "Nothing to list yet: the first steps are under way." in text
    for text in seen(ADA).values():
        assert note not in text


def test_one_of_a_kind_is_worded_as_one():
    [work] = [one for one in ADA.works if one.kind is WorkKind.OPEN]
    for text in seen(replace(ADA, works=(work,), since=None)).values():
        assert "So far: one open pull request, in one project." in text


def test_the_page_needs_nothing_from_elsewhere():
    tree = LexborHTMLParser(render_portfolio_html(ADA))
    assert tree.css("script, link, img, iframe, object, embed, base, form") == []


def test_the_post_is_quiet():
    source = render_portfolio_markdown(ADA)
    assert live_parts(Page.of_markdown(source).outside) == []
    assert not BACK_LINK.search(source)


def test_json_has_the_keys_of_schema_1():
    made = json.loads(render_portfolio_json(ADA))
    assert list(made) == [
        *("schema", "login", "called", "club", "timezone", "made_at", "since", "works"),
        "is_complete",
    ]
    assert (made["schema"], made["since"]) == (1, "2026-09-07T05:23:00Z")
    assert list(made["works"][0]) == ["kind", "repository", "title", "url", "at"]
    assert made["works"][0]["kind"] == "merged"
