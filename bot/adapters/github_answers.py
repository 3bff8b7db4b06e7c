"""Students' comments and reactions in the club's repository: read, thumbed and replied to.

Comes in: a client and the repository. Goes out: what was `Heard`. Comments are listed for the whole
repository at once; reactions are asked for where GitHub counts any, of digests that are comments
or, with `post: weekly`, issues. What bears a marker of ours is ours only if its author is believed.
A command that somebody put into another's comment is a word of who edited it last.
https://docs.github.com/en/rest/issues/comments, https://docs.github.com/en/rest/reactions
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from github import Github
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from bot.adapters.github_client import FOREIGN_ERRORS, github_errors, translate
from bot.adapters.github_edits import read_edits
from bot.adapters.github_lists import read_list
from bot.adapters.github_post_listing import LABEL
from bot.adapters.github_post_trust import GHOST, Trust
from bot.adapters.github_post_writes import is_of_one_thread
from bot.adapters.graphql_wire import GraphQLWire
from bot.errors import GitHubError
from bot.feedback.desk import AnswerDesk, Heard, Reaction
from bot.register import Posters
from bot.remarks import Remark, read_commands
from bot.rendering.marker import Marker, parse_marker, parse_reply_marker

#: So many thumbs a run: GitHub minds more than 400 such writes in an hour; the next run goes on.
MAX_THUMBS = 200

T = TypeVar("T", bound=BaseModel)


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _User(_Read):
    login: str


class _Rollup(_Read):
    """How many reactions there are, and how many of them are thumbs up."""

    total_count: int
    n_thumbs: int = Field(0, alias="+1")


class _Post(_Read):
    """An issue, or a comment."""

    id: int
    node_id: str
    #: An issue's; a comment has its issue's address.
    number: int | None = None
    issue_url: Annotated[str, Field(pattern="/[0-9]+$")] = "/0"
    body: str | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    #: None for an account that is gone.
    user: _User | None = None
    #: None where it is not told, so that somebody looks.
    reactions: _Rollup | None = None

    @property
    def author(self) -> str:
        return self.user.login if self.user else GHOST

    @property
    def issue(self) -> int:
        return self.number or int(self.issue_url.rpartition("/")[2])

    @property
    def path(self) -> str:
        return f"issues/comments/{self.id}" if self.number is None else f"issues/{self.number}"

    @property
    def is_edited_command(self) -> bool:
        return self.updated_at > self.created_at and bool(read_commands(self.body or ""))

    @property
    def has_reactions(self) -> bool:
        return self.reactions is None or self.reactions.total_count > 0


class _Given(_Read):
    """A reaction."""

    id: int
    content: str
    created_at: AwareDatetime
    user: _User | None = None


_POSTS: TypeAdapter[list[_Post]] = TypeAdapter(list[_Post])
_GIVEN: TypeAdapter[list[_Given]] = TypeAdapter(list[_Given])


class ThreadClosed(GitHubError):
    """One issue or comment takes no more: it is locked, or gone."""


class GitHubAnswers(AnswerDesk):
    """The issues of one repository as a desk for answers; an instance serves one run."""

    def __init__(
        self, client: Github, repository: str, posters: Posters, further: Iterable[str] = ()
    ) -> None:
        self._client = client
        self._repository = repository
        self._trust = Trust(client, posters, further)
        #: Ids of the comments that bear a thumb, ours or another's.
        self._thumbed: set[int] = set()
        self._wire = GraphQLWire(client)

    @property
    def repository(self) -> str:
        """`owner/name`, folded."""
        return self._repository.casefold()

    def hear(self, since: datetime, reacted_since: datetime | None = None) -> Heard:
        """What was written since then, and how digests posted since then were reacted to."""
        posted_since = reacted_since or since
        asked = {"since": _stamp(since), "sort": "created", "direction": "asc"}
        comments = list(self._all("issues/comments", asked, _POSTS))
        labelled = self._all("issues", asked | {"labels": LABEL, "state": "all"}, _POSTS)
        self._thumbed = {one.id for one in comments if one.reactions and one.reactions.n_thumbs}
        with github_errors():
            ours = {one.id for one in comments if self._is_ours(one)}
            digests = [
                (one, marker)
                for one in (*(one for one in comments if one.id in ours), *labelled)
                if (marker := self._digest_of(one)) is not None and one.created_at >= posted_since
            ]
        reactions = [
            reaction for one, marker in digests for reaction in self._reactions(one, marker)
        ]
        answered = (parse_reply_marker(one.body or "") for one in comments if one.id in ours)
        said = [one for one in comments if one.id not in ours]
        return Heard(self._remarks(said), tuple(reactions), frozenset().union(*answered))

    def _remarks(self, said: Sequence[_Post]) -> tuple[Remark, ...]:
        """Each with who wrote what stands there now; nobody's where GitHub does not tell."""
        edited = [one.node_id for one in said if one.is_edited_command]
        with github_errors():
            edits = read_edits(self._wire, edited)
        authors = {one.node_id: one.author for one in said}
        authors |= dict.fromkeys(set(edited) - edits.keys(), GHOST)
        authors |= {key: one.login for key, one in edits.items() if one.last_edited_at is not None}
        return tuple(_remark(one, authors[one.node_id]) for one in said)

    def acknowledge(self, remarks: Sequence[Remark]) -> None:
        """A thumb up for each that bears none; one that is gone or locked by now needs none."""
        waiting = [one for one in remarks if one.id not in self._thumbed]
        for remark in waiting[:MAX_THUMBS]:
            try:
                self._write(f"issues/comments/{remark.id}/reactions", {"content": "+1"})
            except ThreadClosed:
                continue
            self._thumbed.add(remark.id)

    def reply(self, number: int, markdown: str) -> None:
        """Write a comment under an issue; where its fate is unknown, the next run looks for it."""
        self._write(f"issues/{number}/comments", {"body": markdown})

    def _is_ours(self, post: _Post) -> bool:
        """Does it bear a marker of ours, and may it?"""
        body = post.body or ""
        is_marked = parse_marker(body) is not None or bool(parse_reply_marker(body))
        return is_marked and self._trust.believes(post.author)

    def _digest_of(self, post: _Post) -> Marker | None:
        marker = parse_marker(post.body or "")
        return marker if marker is not None and self._is_ours(post) else None

    def _reactions(self, post: _Post, marker: Marker) -> Iterator[Reaction]:
        if not post.has_reactions:
            return
        for one in self._all(f"{post.path}/reactions", {}, _GIVEN):
            author = one.user.login if one.user else GHOST
            yield Reaction(one.id, marker.week, marker.login, author, one.content, one.created_at)

    def _all(
        self, path: str, asked: Mapping[str, object], kind: TypeAdapter[list[T]]
    ) -> Iterator[T]:
        """All pages of a list; Outage for one that cannot be read."""
        with github_errors():
            yield from read_list(
                self._client,
                f"{self._repository}/{path}",
                asked,
                kind,
                "list of what students wrote",
            )

    def _write(self, path: str, fields: Mapping[str, object]) -> None:
        """Write once; whose name it bears is kept, for that is how it is known again."""
        try:
            _, answer = self._client.requester.requestJsonAndCheck(
                "POST", f"/repos/{self._repository}/{path}", input=dict(fields)
            )
        except FOREIGN_ERRORS as error:
            problem = translate(error)
            if is_of_one_thread(error):
                raise ThreadClosed(problem.message, problem.advice) from error
            raise problem from error
        user = answer.get("user") if isinstance(answer, Mapping) else None
        if isinstance(user, Mapping) and isinstance(user.get("login"), str):
            self._trust.record(user["login"])


def _remark(post: _Post, author: str) -> Remark:
    return Remark(
        id=post.id,
        number=post.issue,
        author=author,
        said_at=post.created_at,
        edited_at=post.updated_at,
        body=post.body or "",
    )


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
