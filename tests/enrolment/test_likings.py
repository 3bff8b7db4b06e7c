"""A profile's newest own work says most; what says nothing of a taste is left out."""

from datetime import timedelta

import pytest

from bot.enrolment.likings import Liking, Likings, Trace, weigh
from tests.stage import NOW


def trace(name="ada-example/atlas", own=True, days=30, languages=None, topics=()):
    languages = {"Python": 1.0} if languages is None else languages
    return Trace(name, own, NOW - timedelta(days=days), languages, tuple(topics))


def likings(*traces):
    return weigh("ada-example", traces, NOW)


def languages(*traces):
    return [one.name for one in likings(*traces).languages]


def topics(*traces):
    return [one.name for one in likings(*traces).topics]


def test_what_is_own_says_more_than_what_was_starred():
    own = trace(languages={"Rust": 1.0})
    starred = [trace(f"octo/{n}", own=False, languages={"Go": 1.0}) for n in range(5)]
    assert languages(own, *starred) == ["Rust", "Go"]


def test_what_is_new_says_more_than_what_is_old():
    old = trace("ada-example/a", days=3000, languages={"PHP": 1.0})
    assert languages(trace(languages={"Go": 1.0}), old) == ["Go"]
    assert languages(old) == []


def test_a_language_counts_by_its_share():
    assert languages(trace(languages={"Go": 0.3, "Rust": 0.65, "C": 0.05})) == ["Rust", "Go"]


def test_how_often_something_was_found_is_told():
    found = likings(
        trace(topics=["astronomy"]),
        trace("octo/sky", own=False, topics=["astronomy"], languages={}),
    )
    assert found == Likings((Liking("Python", 1, 0),), (Liking("astronomy", 1, 1),))


@pytest.mark.parametrize("name", ["HTML", "CSS"])
def test_the_language_of_pages_is_proposed_only_where_nothing_else_is(name):
    page = trace(languages={name: 1.0})
    assert languages(page) == [name]
    assert languages(page, trace("octo/tool", own=False, languages={"Go": 1.0})) == ["Go"]


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile", "TeX", "No Such Language"])
def test_what_no_issue_is_picked_for_is_no_language_of_anybody_s(name):
    assert languages(trace(languages={name: 1.0})) == []


@pytest.mark.parametrize(
    "noise",
    [
        *("hacktoberfest", "hacktoberfest2026", "awesome", "awesome-list", "dotfiles", "portfolio"),
        *("good-first-issue", "first-contributions", "open-source", "github-profile-readme"),
        *("python", "javascript", "readme", "tutorial", "leetcode-solutions"),
    ],
)
def test_a_topic_that_says_nothing_of_a_taste_is_left_out(noise):
    assert topics(trace(topics=[noise, "astronomy"])) == ["astronomy"]


@pytest.mark.parametrize(
    "name",
    [
        *("ada-example/dotfiles", "ada-example/Ada-Example", "octo/awesome-maps"),
        *("ada-example/ada-example.github.io", "octo/.github"),
    ],
)
def test_a_repository_that_says_nothing_of_a_taste_is_left_out(name):
    assert likings(trace(name, topics=["astronomy"])) == Likings()


def test_a_topic_is_called_as_github_calls_it():
    assert topics(trace(topics=["astronomy", "ml"])) == ["astronomy", "machine-learning"]


def test_a_few_are_proposed_and_no_more():
    many = trace(
        languages=dict.fromkeys(("C", "Go", "Rust", "Java", "Ruby", "PHP", "Dart"), 0.11),
        topics=[f"topic-{n}" for n in range(20)],
    )
    found = likings(many)
    assert (len(found.languages), len(found.topics)) == (5, 8)


def test_what_was_asked_for_already_is_not_proposed_again():
    found = Likings((Liking("Go", 1, 0), Liking("C", 1, 0)), (Liking("astronomy", 1, 0),))
    keys = {"languages": {"Go": "fluent"}, "interests": ["Astronomy"]}
    assert found.besides(keys) == Likings((Liking("C", 1, 0),))
    assert found.besides(keys | {"languages": ["Go", "C"]}) is None
    assert found.besides({}) == found
