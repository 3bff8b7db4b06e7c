"""Nobody changes somebody else's file without a mentor of the base branch."""

import pytest

from bot.enrolment.rights import Asking, Voice, find_trespasses
from bot.subscriptions.club import Club

ADA, BEN = "config/students/ada-example.yaml", "config/students/ben-example.yml"
CLUB_FILE = "config/club.yaml"
MENTORS = Club(
    name="Campus Club",
    mentors=[
        {"github": "grace-example", "students": ["ada-example"]},
        {"github": "linus-example", "students": ["ben-example"]},
    ],
)


def trespasses(*paths, author="ada-example", by=(), base=MENTORS, association="NONE"):
    asking = Asking(Voice(author, association) if author else None, tuple(by))
    return [one.path.as_posix() for one in find_trespasses(paths, asking, base, "config")]


@pytest.mark.parametrize("author", ["ada-example", "ADA-Example", "grace-example"])
def test_a_file_is_the_student_s_own_or_their_mentor_s(author):
    assert trespasses(ADA, author=author) == []


@pytest.mark.parametrize("author", ["ben-example", "linus-example", "github-actions[bot]", None])
def test_it_is_nobody_else_s(author):
    assert trespasses(ADA, author=author) == [ADA]


def test_a_mentor_s_approval_lets_somebody_else_s_change_pass():
    assert trespasses(ADA, author="ben-example", by=[Voice("Grace-Example")]) == []
    assert trespasses(ADA, author="ben-example", by=[Voice("linus-example", "OWNER")]) == [ADA]


def test_a_student_whom_nobody_looks_after_yet_is_any_mentor_s():
    new = "config/students/chiyo-example.yaml"
    assert trespasses(new, author="linus-example") == []
    assert trespasses(new, author="ben-example") == [new]


def test_a_renamed_file_counts_at_both_places():
    assert trespasses(ADA, BEN) == [BEN]


@pytest.mark.parametrize(
    "path",
    [
        *(CLUB_FILE, "config/events.yaml", "config/students/README.md", "config/students"),
        *("config", "config/students/x/ada-example.yaml", "config/students/ada-example.json"),
        "config/history/ada-example.yaml",
    ],
)
def test_all_else_of_the_configuration_is_a_mentor_s(path):
    assert trespasses(path) == [path]
    assert trespasses(path, author="linus-example") == []


@pytest.mark.parametrize("path", ["README.md", "configuration/club.yaml", "x/config/club.yaml"])
def test_what_is_no_configuration_is_not_judged(path):
    assert trespasses(path) == []


@pytest.mark.parametrize("base", [None, Club(name="Campus Club")])
def test_a_club_without_mentors_goes_by_who_belongs_to_the_repository(base):
    assert trespasses(ADA, CLUB_FILE, base=base) == [CLUB_FILE]
    assert trespasses(ADA, CLUB_FILE, author="x", association="OWNER", base=base) == []
    by = [Voice("x", "COLLABORATOR")]
    assert trespasses(ADA, CLUB_FILE, author="ben-example", by=by, base=base) == []


def test_with_mentors_belonging_is_not_enough():
    assert trespasses(ADA, author="x", association="OWNER") == [ADA]


def test_an_example_club_has_nobody_to_protect():
    base = Club(name="Example", example=True)
    assert trespasses(ADA, CLUB_FILE, author="x", base=base) == []


def test_every_file_is_told_at_once_with_the_way_out():
    asking = Asking(Voice("ada-example"))
    told = find_trespasses((BEN, CLUB_FILE), asking, MENTORS, "config")
    club, student = map(str, told)
    assert club == (
        "config/club.yaml:1: ada-example may not change this alone; a mentor approves it in a"
        " review"
    )
    assert student == (
        "config/students/ben-example.yml:1: this is the file of ben-example, and ada-example"
        " opened the pull request; ben-example opens one of their own, or a mentor approves this"
        " one in a review"
    )


def test_a_configuration_may_be_the_whole_repository():
    found = find_trespasses(["students/ben.yaml", "club.yaml"], Asking(Voice("ben")), MENTORS, "")
    assert [one.path.as_posix() for one in found] == ["club.yaml"]
