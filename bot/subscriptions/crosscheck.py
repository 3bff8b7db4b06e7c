"""What can be wrong between files that are each right: mentors' students, and the way of mail.

Comes in: the parsed club and students. Goes out: problems, each at the line to mend.
"""

from collections.abc import Iterator, Sequence

from bot.subscriptions.club import Club
from bot.subscriptions.parsing import Parsed, Problem
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName

#: What a club needs as soon as one digest goes by e-mail.
_NEEDED = {
    "sender": 'add `sender: "Our Club <digest@example.org>"`',
    "reply_to": "add the person who reads answers, `reply_to: officer@example.org`",
    "public_key": "add the line that `foothold keygen` prints, `public_key: age1...`",
}


def cross_problems(
    club: Parsed[Club], students: Sequence[Parsed[Subscription]]
) -> Iterator[Problem]:
    """Every contradiction; a file with problems of its own is asked for its name only."""
    if club.value is not None:
        yield from _strangers(
            club, club.value, {student.path.stem.casefold() for student in students}
        )
        yield from _mail(club, club.value, students)


def _strangers(club: Parsed[Club], rules: Club, logins: set[str]) -> Iterator[Problem]:
    """Students of a mentor that have no file."""
    for i, mentor in enumerate(rules.mentors):
        for j, login in enumerate(mentor.students if mentor.students != "all" else ()):
            if login.casefold() not in logins:
                line = club.line_of("mentors", i, "students", j)
                wrong = f"{login} has no file; write students/{login}.yaml, or take the login out"
                yield Problem(club.path, line, wrong)


def _mail(
    club: Parsed[Club], rules: Club, students: Sequence[Parsed[Subscription]]
) -> Iterator[Problem]:
    """Students whose digest goes by e-mail without an address, and mail without a sender."""
    is_mailing = rules.channel is ChannelName.EMAIL
    for student in students:
        wishes = student.value
        if wishes is None or (wishes.channel or rules.channel) is not ChannelName.EMAIL:
            continue
        is_mailing = True
        if wishes.email is None:
            who = "the digest" if wishes.channel else "the club's digest"
            wrong = f"{who} goes by e-mail, but `email` is missing; add it, or `channel: issue`"
            yield Problem(student.path, student.line_of("channel"), wrong)
    for key, mending in _NEEDED.items() if is_mailing else ():
        if getattr(rules, key) is None:
            wrong = f"digests go by e-mail; {mending}"
            yield Problem(club.path, club.line_of("channel"), wrong)
