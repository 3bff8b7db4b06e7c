"""The shipped world parses, is fictional throughout, and has enough for every student."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.sandbox.world_rows import (
    DISCUSSIONS,
    FREE,
    ISSUES,
    PULLS,
    REPOSITORIES,
    ROWS,
    free_in,
    logins,
    minutes,
    strings,
)


def test_the_world_is_of_the_size_a_demo_can_bear() -> None:
    assert ROWS[0] == {"type": "clock", "now": "2026-11-22T05:23:00Z"}
    assert 60 <= len(REPOSITORIES) <= 80
    assert 200 <= len(ISSUES) <= 300


def test_a_number_belongs_to_one_thing_of_its_repository() -> None:
    things = (*ISSUES, *PULLS, *DISCUSSIONS)
    numbers = Counter((row["repository"], row["number"]) for row in things)
    assert numbers.most_common(1)[0][1] == 1


def test_no_reply_came_before_what_it_answers() -> None:
    for row in (*PULLS, *DISCUSSIONS):
        said = [post["created_at"] for post in row.get("comments", ())]
        said += [review["submitted_at"] for review in row.get("reviews", ())]
        assert all(minutes(at) < minutes(row["created_at"]) for at in said), row["title"]


@pytest.mark.parametrize("name", sorted({row["repository"] for row in DISCUSSIONS}))
def test_numbers_rise_with_time_where_people_talk(name: str) -> None:
    things = [row for row in (*ISSUES, *PULLS, *DISCUSSIONS) if row["repository"] == name]
    ages = [minutes(row["created_at"]) for row in sorted(things, key=lambda row: row["number"])]
    assert [pair for pair in pairwise(ages) if pair[0] < pair[1]] == []


def test_every_reference_resolves() -> None:
    known = {(row["repository"], row["number"]) for row in ISSUES}
    assert {row["repository"] for row in (*ISSUES, *PULLS, *DISCUSSIONS)} <= set(REPOSITORIES)
    for pull in PULLS:
        for number in (*pull.get("closes", ()), *pull.get("mentions", ())):
            assert (pull["repository"], number) in known


def test_nobody_in_it_could_be_a_real_person() -> None:
    owners = {name.partition("/")[0] for name in REPOSITORIES}
    fictional = {name for name in logins() if name.endswith(("-example", "[bot]"))}
    assert logins() - fictional <= owners
    mentioned = {name for text in strings(ROWS) for name in re.findall(r"@([A-Za-z][\w-]*)", text)}
    assert all(name.endswith("-example") for name in mentioned)


def test_projects_that_merge_differ_in_whom_they_let_in() -> None:
    shares = []
    for row in REPOSITORIES.values():
        authors = [author for author, _ in row.get("merged_by", ()) if author]
        once = [one for one in authors if authors.count(one) == 1]
        shares += [len(once) / len(authors)] if len(authors) >= 20 else []
        merged = [pull for pull in PULLS if pull["repository"] == row["name"]]
        assert len(authors) <= row["commits"] >= len(merged)
    assert len(shares) >= 40
    assert min(shares) < 0.05
    assert max(shares) > 0.4


def test_every_address_is_reserved_for_examples_or_tests() -> None:
    hosts = {h for text in strings(ROWS) for h in re.findall(r"\w+://([^/\s\"'),]+)", text)}
    reserved = re.compile(r"([a-z]+\.)*example\.(org|net)\.?|evil\.example|[a-z.-]+\.test")
    assert hosts
    assert [host for host in hosts if not reserved.fullmatch(host)] == []


def test_an_issue_changed_last_no_earlier_than_its_last_comment() -> None:
    for row in ISSUES:
        ages = [minutes(post["created_at"]) for post in (row, *row.get("comments", ()))]
        assert minutes(row["updated_at"]) <= ages[-1] == min(ages)


def test_the_astronomy_of_perihelion_shows_in_its_topics_only() -> None:
    sky = re.compile(
        r"\b(astro\w*|planets?|stars?|moons?|comets?|telescopes?|sky)\b", re.IGNORECASE
    )
    rows = [row for row in ISSUES if row["repository"] == "orrery-guild/perihelion"]
    assert len([row for row in rows if row in FREE]) >= 3
    assert "astronomy" in REPOSITORIES["orrery-guild/perihelion"]["topics"]
    assert not any(sky.search(text) for row in rows for text in (row["title"], *row["labels"]))


@pytest.mark.parametrize(
    ("languages", "at_least"),
    [((), 95), (("Python",), 30), (("Rust",), 14), (("JavaScript", "TypeScript"), 16)],
)
def test_there_is_enough_that_is_free(languages: tuple[str, ...], at_least: int) -> None:
    assert len(free_in(languages)) >= at_least


@pytest.mark.parametrize(
    ("languages", "topics"),
    [
        (("Python", "Rust"), ("data-visualization", "astronomy")),
        (("JavaScript", "TypeScript"), ("accessibility", "games")),
        ((), ("bioinformatics", "public-health")),
        (("Go", "Java"), ("maps",)),
    ],
)
def test_each_student_finds_six_to_twenty_five(
    languages: tuple[str, ...], topics: tuple[str, ...]
) -> None:
    assert 6 <= len(free_in(languages, topics)) <= 25


def test_a_student_of_fortran_has_a_quiet_week() -> None:
    assert not [text for text in strings(ROWS) if "fortran" in text.casefold()]
    assert not any("Fortran" in row["languages"] for row in REPOSITORIES.values())
