"""A community: what is known of the people of a project, and of how they take newcomers.

Comes in: a profile and replies. Goes out: a `Community`, all of it from public facts. What cannot
be known is None or empty, and never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.community.ai_policy import read_ai_policy
from bot.community.claiming import read_claiming
from bot.community.places import Contact, find_places
from bot.community.replies import (
    Answerer,
    goes_back,
    measure_merged,
    measure_replies,
    newcomers_of,
)
from bot.community.source import Profile, Reply
from bot.terms import Claiming


@dataclass(frozen=True, slots=True)
class Community:
    """The people of a project, as far as they act in public there."""

    #: GitHub's id of the repository.
    id: str
    read_at: datetime
    #: Who gave newcomers the first reply, the most often first.
    answerers: tuple[Answerer, ...]
    #: Of so many pull requests of newcomers.
    n_newcomers: int
    #: Were the replies to newcomers read? Else nobody is known yet who answers.
    has_replies: bool
    #: Hours until half of these had a first reply; None where it is unknown, or never came.
    median_reply_hours: float | None
    #: The share of newcomers' pull requests that were merged, in [0, 1].
    newcomers_merged: float | None
    places: tuple[Contact, ...]
    has_discussions: bool
    claiming: Claiming
    #: What the project wants to be written, where its rule is a command.
    command: str
    ai_policy: str | None
    #: Addresses.
    guide: str | None
    conduct: str | None


def build_community(
    repository_id: str,
    profile: Profile,
    now: datetime,
    replies: Mapping[str, Sequence[Reply]],
    *,
    has_replies: bool,
) -> Community:
    """What a profile tells, with the replies to its newcomers' pull requests, by their ids."""
    pulls = profile.pulls or ()
    newcomers = newcomers_of(pulls, now)
    measured = measure_replies(newcomers, replies, now)
    rule = read_claiming((profile.guide_text, profile.readme))
    places = find_places(
        (profile.readme, profile.guide_text),
        profile.name,
        profile.has_discussions,
        profile.homepage,
    )
    return Community(
        id=repository_id,
        read_at=now,
        answerers=measured.answerers,
        n_newcomers=measured.n_looked_at,
        has_replies=has_replies,
        median_reply_hours=measured.median_hours,
        newcomers_merged=measure_merged(newcomers, now) if goes_back(pulls, now) else None,
        places=places,
        has_discussions=profile.has_discussions,
        claiming=rule.claiming,
        command=rule.command,
        ai_policy=read_ai_policy((profile.policy, profile.guide_text, profile.readme)),
        guide=profile.guide,
        conduct=profile.conduct,
    )
