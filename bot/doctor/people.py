"""People: can students and mentors see what is meant for them, and who could take over?

Comes in: who is subscribed, who mentors, and who has a role in a repository. Goes out: findings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.doctor.finding import Finding, Part, Seen, Severity, fine, listed, unseen


@dataclass(frozen=True, slots=True)
class Roles:
    """Who has a role in a repository, by folded login, and who was invited to one."""

    readers: frozenset[str]
    pushers: frozenset[str]
    admins: frozenset[str]
    invited: Seen[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A repository that people must see; `is_private` is None where it could not be seen."""

    repository: str
    is_private: bool | None
    roles: Seen[Roles]


@dataclass(frozen=True, slots=True)
class Reader:
    """A student whose digest is posted."""

    login: str
    #: Agreed to a digest that everybody can read.
    public: bool


def judge_readers(place: Place, readers: Sequence[Reader]) -> Iterator[Finding]:
    """Can each student see their digest, and may it stand there?"""
    if not readers or place.is_private is None:
        return
    if not place.is_private:
        shy = tuple(one.login for one in readers if not one.public)
        if not shy:
            yield fine(Part.PEOPLE, "All students agreed to digests that everybody can read.")
            return
        yield Finding(
            Part.PEOPLE,
            Severity.FAULT,
            f"{place.repository} is public, and {_whom(shy)} did not agree to that.",
            "No live run begins.",
            "Make it private; or they write `public: true` in their own files.",
            shy,
        )
        return
    yield from _judge_sight(place, "student", tuple(one.login for one in readers))


def judge_mentors(place: Place, mentors: Sequence[str], *, is_reviewed: bool) -> Iterator[Finding]:
    """Can each mentor see the review, and is there more than one?"""
    if is_reviewed and place.is_private is False:
        yield Finding(
            Part.PEOPLE,
            Severity.FAULT,
            f"{place.repository} is public, and mentors would be shown students' digests there.",
            "No live run begins.",
            "Name a private one, `private_repository` in club.yaml; or write `review: off`.",
        )
    if is_reviewed and place.is_private:
        yield from _judge_sight(place, "mentor", mentors)
    if len(mentors) == 1:
        yield Finding(
            Part.PEOPLE,
            Severity.WARNING,
            f"{_whom(mentors)} is the only mentor.",
            "Who is ill for a week stops the club, if digests wait for approval.",
            "Add a second to `mentors` in club.yaml.",
            tuple(mentors),
        )


def judge_officers(place: Place) -> Iterator[Finding]:
    """Could the club be handed over?"""
    if place.roles.value is None:
        yield unseen(Part.PEOPLE, f"who runs {place.repository}", place.roles.blind)
    elif len(place.roles.value.admins) == 1:
        [name] = place.roles.value.admins
        owner = place.repository.partition("/")[0].casefold()
        yield Finding(
            Part.PEOPLE,
            Severity.WARNING,
            f"Only {name} can administer {place.repository}.",
            "With that account settings, secrets and keys are out of reach.",
            # A person's repository has one admin, whatever roles it gives.
            "Settings, General, Danger Zone: transfer it to an organisation with two owners."
            if owner == name
            else "Settings, Collaborators: make a second officer an admin.",
            (name,),
        )


def _judge_sight(place: Place, what: str, logins: Sequence[str]) -> Iterator[Finding]:
    roles = place.roles.value
    if roles is None:
        yield unseen(
            Part.PEOPLE, f"whether every {what} sees {place.repository}", place.roles.blind
        )
        return
    away = [login for login in logins if login.casefold() not in roles.readers]
    invited = roles.invited.value or frozenset()
    waiting = tuple(login for login in away if login.casefold() in invited)
    blind = tuple(login for login in away if login.casefold() not in invited)
    if blind:
        hint = "" if roles.invited.value is not None else " (unless they are invited)"
        yield Finding(
            Part.PEOPLE,
            Severity.FAULT,
            f"{_whom(blind)} cannot see {place.repository}{hint}.",
            "It is private, and what is meant for them stands there.",
            "Settings, Collaborators: invite them, with the role Read.",
            blind,
        )
    if waiting:
        yield Finding(
            Part.PEOPLE,
            Severity.WARNING,
            f"{_whom(waiting)} did not answer the invitation to {place.repository}.",
            "Until then they see nothing of it.",
            "Remind them: GitHub keeps an invitation for seven days.",
            waiting,
        )
    if not away and logins:
        yield fine(Part.PEOPLE, f"Every {what} can see {place.repository}.")


def _whom(logins: Sequence[str]) -> str:
    return listed(logins)
