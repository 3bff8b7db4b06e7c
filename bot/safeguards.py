"""What must be true before anything is sent for real; each safeguard a pure question.

Comes in: the club, the students, and what is known of the place of posts. Goes out: nothing, or an
error that says the way out.
"""

from collections.abc import Iterable

from bot.errors import ConfigurationError, DeliveryError
from bot.subscriptions.club import Club, Review
from bot.subscriptions.student import Subscription
from bot.terms import Week

#: Digests that a run may send for each subscription; our judgement: one, and one of room.
MAX_A_STUDENT = 2


def require_real_club(club: Club, *, is_loopback: bool) -> None:
    """An example club posts nowhere but to a sandbox on this machine."""
    if club.example and not is_loopback:
        raise ConfigurationError(
            "This is still the example club: `example: true` stands in club.yaml.",
            "Put in your own club and students, remove that line, and run it again.",
        )


def require_place(club: Club, token: str | None) -> None:
    """Posting needs a repository and a token."""
    if club.repository is None:
        raise ConfigurationError(
            "Nobody said which repository the digests are posted in.",
            "Write `repository: owner/name` in club.yaml, or set GITHUB_REPOSITORY.",
        )
    if token is None:
        raise ConfigurationError(
            "There is no token to post with.",
            "Set GITHUB_TOKEN to a token that may write issues in the club's repository.",
        )


def require_consent(students: Iterable[Subscription], repository: str) -> None:
    """In a public repository stand only digests of students who agreed (README, promise 5)."""
    private = sorted(student.login for student in students if not student.public)
    if private:
        raise ConfigurationError(
            f"{repository} is public, and {', '.join(private)} did not agree to a public digest.",
            "Make the repository private, or let these students write `public: true` in their "
            "own files, or give them another channel.",
            names=tuple(private),
        )


def require_no_future(week: Week, current: Week) -> None:
    """Nothing is sent ahead of its week, which is a slip of the keyboard or of a clock."""
    if week > current:
        raise ConfigurationError(
            f"{week} has not begun: this is {current}.", "Leave out --week, or correct it."
        )


def require_named(again: Iterable[str], asked: Iterable[str]) -> None:
    """Whom to send to again must be among those whom the run is about."""
    among = {login.casefold() for login in asked}
    others = [login for login in again if among and login.casefold() not in among]
    if others:
        raise ConfigurationError(
            f"--resend names {', '.join(others)}, and --student somebody else.",
            "Name the same students in both, or leave out --student.",
            names=tuple(others),
        )


def require_this_week(week: Week, current: Week) -> None:
    """A live run prepares its own week; an older one that is prepared may still be delivered."""
    if week != current:
        raise ConfigurationError(
            f"{week} is not this week, which is {current}.",
            f"Leave out --week; for digests of {week} that are prepared: foothold deliver --live.",
        )


def require_mentors(club: Club) -> None:
    """A review needs somebody to ask, and a place."""
    if club.review is Review.OFF:
        return
    if not club.mentors:
        raise ConfigurationError(
            f"`review: {club.review}` wants mentors to be asked, and club.yaml names none.",
            "Add `mentors: [{github: LOGIN, students: all}]` to club.yaml, or write `review: off`.",
        )
    if club.review_repository is None:
        raise ConfigurationError(
            f"`review: {club.review}` needs a repository for the review posts.",
            "Write `private_repository: owner/name` in club.yaml, or `review: off`.",
        )


def require_private(repository: str, *, is_private: bool) -> None:
    """What mentors are shown of students stands in no public repository (README, promise 5)."""
    if not is_private:
        raise ConfigurationError(
            f"{repository} is public, and review posts tell how students fare.",
            "Name a private repository: `private_repository: owner/name` in club.yaml; or write"
            " `review: off`.",
        )


def require_volume(n_wanted: int, n_students: int) -> None:
    """A run that wants to send more than two digests a student is no run that anybody meant."""
    if n_wanted > MAX_A_STUDENT * n_students:
        raise DeliveryError(
            f"This run would send {n_wanted} digests to {n_students} students: nothing was sent.",
            "Look at `foothold deliver` without --live, and report it: this should not be.",
        )


def repositories_of(places: Iterable[str]) -> frozenset[str]:
    """The repositories that posts stand in, by their addresses (`https://HOST/owner/name/...`)."""
    parts = (place.split("/") for place in places if place.startswith("https://"))
    return frozenset("/".join(part[3:5]) for part in parts if len(part) > 4)


def numbers_of(places: Iterable[str], repository: str) -> frozenset[int]:
    """The issues of a repository (`owner/name`) that posts are, or stand under."""
    parts = (place.split("#")[0].split("/") for place in places if place.startswith("https://"))
    return frozenset(
        int(part[6])
        for part in parts
        if len(part) > 6
        and "/".join(part[3:5]).casefold() == repository.casefold()
        and part[6].isdecimal()
    )


def require_known_places(wanted: Iterable[str], known: Iterable[str]) -> None:
    """A run writes to one repository at most that nothing was ever posted in.

    A club's very first run may begin with both of its own.
    """
    before = {one.casefold() for one in known}
    new = sorted({one.casefold() for one in wanted} - before)
    if before and len(new) > 1:
        raise DeliveryError(
            f"This run would write to {len(new)} new repositories at once: {', '.join(new)}."
            " Nothing was sent.",
            "Check `repository` and `private_repository` in club.yaml; begin with one of them.",
        )
