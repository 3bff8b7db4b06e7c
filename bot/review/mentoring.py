"""Who looks after whom, as club.yaml says it.

Comes in: the club, a login, students. Goes out: the students that are a mentor's, and who mentors
a student. GitHub takes logins in any case, so they are compared without it.
"""

from collections.abc import Iterable, Mapping

from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription


def students_of(
    mentor: str, club: Club, students: Mapping[str, Subscription]
) -> tuple[Subscription, ...]:
    """The mentor's students, by login; none for a login that is no mentor's.

    A student with several mentors is in each one's list.
    """
    wanted: set[str] = set()
    for one in club.mentors:
        if one.github.casefold() == mentor.casefold():
            if one.students == "all":
                return _by_login(students.values())
            wanted |= {login.casefold() for login in one.students}
    return _by_login(one for one in students.values() if one.login.casefold() in wanted)


def is_mentor(login: str, club: Club) -> bool:
    """Is this one of the club's mentors, whoever their students are?"""
    return login.casefold() in {one.github.casefold() for one in club.mentors}


def mentors_of(student: str, club: Club) -> tuple[str, ...]:
    """The logins of a student's mentors, in the club's order, each once."""
    folded = student.casefold()
    found: dict[str, str] = {}
    for one in club.mentors:
        theirs = () if one.students == "all" else [login.casefold() for login in one.students]
        if one.students == "all" or folded in theirs:
            found.setdefault(one.github.casefold(), one.github)
    return tuple(found.values())


def _by_login(students: Iterable[Subscription]) -> tuple[Subscription, ...]:
    return tuple(sorted(students, key=lambda one: one.login.casefold()))
