"""What GitHub tells of a project's people, as types.

Comes in: nodes of answers. Goes out: `Profile`s, `Reply`s, `Discussion`s. What must be there and is
not makes a node hidden; the rest is unknown.
"""

import re

from pydantic import AwareDatetime

from bot.adapters.github_details import GHOST
from bot.adapters.payloads import Actor, Nodes, Payload, nodes_of, parse
from bot.community.source import N_WORDS, Discussion, Profile, Pull, Reply
from bot.harvest.issue import INSIDERS

#: Programs that use a person's account, which GitHub calls a User as anybody else's; many of them
#: are members and answer newcomers first (k8s-ci-robot, rustbot). Who is called Talbot is not named
#: either: that costs less than to introduce a program as a person (our judgement).
_PROGRAM = re.compile(
    r"bot$|(?:^|[-_])(?:ro)?bots?(?:[-_]|$)|[-_]ci$|[-_]ci[-_]|^cla-?assistant|^codecov|^coveralls|"
    r"^bors$|^homu$|^rust-highfive$|^miss-islington$",
    re.IGNORECASE,
)


def person(author: Actor | None) -> str | None:
    """Who it is; None of bots and ghosts."""
    login = author.name() if author else GHOST
    is_program = login.endswith("[bot]") or _PROGRAM.search(login)
    return None if login == GHOST or is_program else login


class _File(Payload):
    #: None of a folder, and of what is no text.
    text: str | None = None


class _Guide(Payload):
    url: str | None = None
    body: str | None = None


class _Conduct(Payload):
    url: str | None = None


class _Pull(Payload):
    id: str
    created_at: AwareDatetime
    state: str
    author_association: str = "NONE"
    author: Actor | None = None

    def value(self) -> Pull:
        return Pull(
            id=self.id,
            author=person(self.author),
            association=self.author_association,
            opened_at=self.created_at,
            is_open=self.state == "OPEN",
            is_merged=self.state == "MERGED",
        )


class ProfilePayload(Payload):
    """A project as it presents itself."""

    name_with_owner: str
    homepage_url: str | None = None
    has_discussions_enabled: bool = False
    contributing_guidelines: _Guide | None = None
    code_of_conduct: _Conduct | None = None
    readme: _File | None = None
    readme_rst: _File | None = None
    policy: _File | None = None
    policy_aside: _File | None = None
    pull_requests: dict[str, object] | None = None

    def value(self) -> Profile:
        guide, conduct = self.contributing_guidelines, self.code_of_conduct
        pulls = None
        if self.pull_requests is not None:
            found = (parse(_Pull, node) for node in nodes_of(self.pull_requests))
            pulls = tuple(one.value() for one in found if one is not None)
        return Profile(
            name=self.name_with_owner,
            homepage=self.homepage_url or None,
            has_discussions=self.has_discussions_enabled,
            guide=(guide and guide.url) or None,
            conduct=(conduct and conduct.url) or None,
            guide_text=(guide and guide.body) or "",
            readme=_text(self.readme, self.readme_rst),
            policy=_text(self.policy, self.policy_aside),
            pulls=pulls,
        )


class _Word(Payload):
    """A comment or a review."""

    author_association: str = "NONE"
    author: Actor | None = None
    created_at: AwareDatetime | None = None
    #: None of a review that is not handed in yet.
    submitted_at: AwareDatetime | None = None


class RepliesPayload(Payload):
    """What was said under a pull request, and of it."""

    timeline_items: dict[str, object]

    def values(self) -> tuple[Reply, ...] | None:
        """What was said, oldest first; None where nothing can be told of it.

        Of long talks only the beginning was asked for: who spoke behind it is not known.
        """
        words = _Words.model_validate({"nodes": self.timeline_items}).nodes
        told = [
            Reply(person(one.author), one.author_association, at)
            for one in words
            if (at := one.created_at or one.submitted_at) is not None
        ]
        is_cut = len(words) >= N_WORDS
        if is_cut and not any(one.author and one.association in INSIDERS for one in told):
            return None
        return tuple(sorted(told, key=lambda one: one.at))


class _Words(Payload):
    nodes: Nodes[_Word] = ()


class _Category(Payload):
    is_answerable: bool = False


class _Home(Payload):
    name_with_owner: str


class DiscussionPayload(Payload):
    """A discussion in a search."""

    title: str
    url: str
    updated_at: AwareDatetime
    locked: bool = False
    is_answered: bool | None = None
    author: Actor | None = None
    category: _Category
    repository: _Home

    @property
    def waits(self) -> bool:
        """Is it a question that somebody could still answer?"""
        return self.category.is_answerable and self.is_answered is not True and not self.locked

    def value(self) -> Discussion:
        return Discussion(
            self.repository.name_with_owner,
            self.title,
            self.url,
            person(self.author),
            self.updated_at,
        )


def _text(*files: _File | None) -> str:
    return next((one.text for one in files if one is not None and one.text), "")
