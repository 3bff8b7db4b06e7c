"""Contradictions between files that are each right."""

import pytest

from tests.subscriptions.folder import WISH, Folder

SEALED = "email: age:c2VhbGVk\n"
SENDER = 'sender: "Our Club <digest@example.org>"\n'
READER, KEY = "reply_to: officer@example.org\n", "public_key: age1qqq\n"
MAIL = SENDER + READER + KEY
MISSING = [
    'add `sender: "Our Club <digest@example.org>"`',
    "add the person who reads answers, `reply_to: officer@example.org`",
    "add the line that `foothold keygen` prints, `public_key: age1...`",
]


def test_a_mentors_student_without_a_file_is_told_on_its_line(folder: Folder) -> None:
    folder.student(WISH).club("name: C\nmentors:\n- github: g\n  students:\n  - ada\n  - bob\n")
    assert folder.problems() == [
        "club.yaml:6: bob has no file; write students/bob.yaml, or take the login out"
    ]


def test_a_mentors_student_is_found_in_any_case_and_in_a_broken_file(folder: Folder) -> None:
    folder.student("nonsense\n").club("name: C\nmentors: [{github: g, students: [ADA]}]\n")
    (problem,) = folder.problems()
    assert problem.startswith("students/ada.yaml:1: the file holds")


def test_a_mentor_of_all_needs_no_list(folder: Folder) -> None:
    club = folder.student(WISH).club("name: C\nmentors: [{github: g, students: all}]\n").read().club
    assert club.mentors[0].students == "all"


def test_mail_to_a_student_without_an_address_is_told_at_the_channel(folder: Folder) -> None:
    folder.club(f"name: C\n{MAIL}").student(f"{WISH}channel: email\n")
    assert folder.problems() == [
        (
            "students/ada.yaml:2: the digest goes by e-mail, but `email` is missing; "
            "add it, or `channel: issue`"
        )
    ]


def test_a_club_that_mails_tells_each_student_without_an_address(folder: Folder) -> None:
    folder.club(f"name: C\nchannel: email\n{MAIL}")
    folder.student(WISH).student(WISH + SEALED, "ben.yaml")
    folder.student(f"{WISH}channel: file\n", "cy.yaml")
    assert folder.problems() == [
        (
            "students/ada.yaml:1: the club's digest goes by e-mail, but `email` is missing; "
            "add it, or `channel: issue`"
        )
    ]


def test_what_a_club_needs_to_mail_is_told_once_in_the_club(folder: Folder) -> None:
    for name in ("ada.yaml", "ben.yaml"):
        folder.student(f"{WISH}channel: email\n{SEALED}", name)
    told = [f"club.yaml:1: digests go by e-mail; {missing}" for missing in MISSING]
    assert sorted(folder.problems()) == sorted(told)


@pytest.mark.parametrize("n", range(3))
def test_each_key_that_mail_needs_is_told_alone(folder: Folder, n: int) -> None:
    lines = [SENDER, READER, KEY]
    folder.club("name: C\n" + "".join(lines[:n] + lines[n + 1 :]))
    folder.student(f"{WISH}channel: email\n{SEALED}")
    assert folder.problems() == [f"club.yaml:1: digests go by e-mail; {MISSING[n]}"]


def test_a_club_that_mails_by_its_own_channel_is_told_there(folder: Folder) -> None:
    problems = folder.club("name: C\nchannel: email\n").problems()
    assert len(problems) == len(MISSING)
    assert all(one.startswith("club.yaml:2: digests go by e-mail; add ") for one in problems)


def test_mail_with_all_of_that_and_an_address_is_fine(folder: Folder) -> None:
    folder.club(f"name: C\nchannel: email\n{MAIL}").student(WISH + SEALED)
    assert folder.read().students[0].email == "age:c2VhbGVk"
