"""The imprint: a hidden last line of a post, from which its picks can be read back.

Comes in: a digest's picks, or a post's body. Goes out: the line, or the picks. It holds what the
post says of them anyway, in JSON, and GitHub's ids; nothing in it is live or ends the comment.
Without one, as in old posts, the headings tell: they link to the issues (decision 0024).
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.digest import Pick
from bot.subscriptions.shapes import REPOSITORY_PATTERN
from bot.terms import Effort, IssueRef, Kind

#: No digest has more picks.
MOST_PICKS = 10
#: What a post of GitHub's own limit can hold; whatever is longer is no line of ours.
_MOST = 65_536
#: So many characters of a post the line may take: our judgement, twice what ten English picks do.
_ROOM = 20_000
_LINE = re.compile(r"<!-- foothold:v1 picks (\[.*\]) -->")
#: All but letters, digits and what JSON itself is made of, and the second of two dashes: what might
#: be live in a post, or end a comment. It stands in texts only, which may be written so.
_LIVE = re.compile(r"[^A-Za-z0-9 _,/:\"\[\]{}\\-]|(?<=-)-")
_HEADING = re.compile(
    r"##\x20[^\[\n]{0,20}\[(.{0,1000})\]"
    r"\(https://[\w.-]{1,200}/([\w.-]{1,100}/[\w.-]{1,100})/issues/([1-9]\d{0,8})\)[ \t]*",
    re.ASCII,
)
_ESCAPE = re.compile(r"\\([\\`*_\[\]~|$#+=-])")
_BREAK = "\u200b"

_Short = Annotated[str, Field(max_length=256)]


class _Imprinted(BaseModel):
    """A pick as the line carries it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    repository: Annotated[str, Field(pattern=REPOSITORY_PATTERN, max_length=200)]
    number: Annotated[int, Field(gt=0, lt=10**9)]
    title: _Short = ""
    node_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_+/=-]{0,200}$")] = ""
    effort: Effort
    kind: Kind
    language: _Short | None = None
    stars: Annotated[int, Field(ge=0, lt=10**9)] = 0
    licence: _Short | None = None
    topics: tuple[_Short, ...] = ()

    def pick(self) -> Pick:
        return _pick(
            IssueRef(self.repository, self.number),
            self.title,
            node_id=self.node_id,
            effort=self.effort,
            kind=self.kind,
            language=self.language,
            stars=self.stars,
            licence=self.licence,
            topics=self.topics,
        )


_LIST: TypeAdapter[list[_Imprinted]] = TypeAdapter(
    Annotated[list[_Imprinted], Field(max_length=MOST_PICKS)]
)


def make_imprint(picks: Iterable[Pick]) -> str:
    """The line for these picks; empty for none.

    Where strangers' words would take the post's own place, it goes without their topics, and then
    without their titles.
    """
    told = [_told(one) for one in picks]
    text = _line(told)
    for wordy in ("topics", "title"):
        if len(text) > _ROOM:
            told = [{key: one[key] for key in one if key != wordy} for one in told]
            text = _line(told)
    return text if told else ""


def _line(told: Iterable[dict[str, object]]) -> str:
    text = _LIVE.sub(_escaped, json.dumps(told, separators=(",", ":")))
    return f"<!-- foothold:v1 picks {text} -->"


def read_picks(body: str) -> tuple[Pick, ...]:
    """What a post offered, in its order; of a text that anybody may have written.

    Without an imprint that can be read the headings tell.
    An issue that is named twice counts once.
    """
    found: dict[IssueRef, Pick] = {}
    for pick in _imprinted(body) or _headed(body):
        found.setdefault(pick.ref.folded, pick)
    return tuple(found.values())[:MOST_PICKS]


def _escaped(live: re.Match[str]) -> str:
    return f"\\u{ord(live[0]):04x}"


def _told(pick: Pick) -> dict[str, object]:
    """What the line carries of a pick, without what is empty."""
    told = {
        "repository": pick.repository,
        "number": pick.number,
        "title": pick.title[:256],
        "node_id": pick.node_id,
        "effort": pick.effort.value,
        "kind": pick.kind.value,
        "language": pick.language,
        "stars": pick.stars,
        "licence": pick.licence,
        "topics": pick.topics,
    }
    return {key: value for key, value in told.items() if value}


def _imprinted(body: str) -> tuple[Pick, ...]:
    last = body[-_MOST:].rstrip().rpartition("\n")[2]
    match = _LINE.fullmatch(last)
    if match is None:
        return ()
    try:
        return tuple(one.pick() for one in _LIST.validate_json(match[1]))
    except ValidationError:
        return ()


def _headed(body: str) -> Iterator[Pick]:
    for line in body[:_MOST].splitlines():
        match = _HEADING.fullmatch(line)
        if match is not None:
            yield _pick(IssueRef(match[2], int(match[3])), _plain(match[1]))


def _plain(shown: str) -> str:
    """A title as it was, from how a post shows it."""
    return unescape(_ESCAPE.sub(r"\1", shown).replace(_BREAK, ""))[:256]


def _pick(ref: IssueRef, title: str, **known: object) -> Pick:
    """A pick of which only this is known; a score and reasons it has none."""
    facts: dict[str, object] = {
        "description": None,
        "language": None,
        "stars": 0,
        "licence": None,
        "effort": Effort.WEEKEND,
        "kind": Kind.CODE,
    }
    return Pick(
        repository=ref.repository,
        number=ref.number,
        title=title,
        url=ref.url,
        labels=(),
        spare=False,
        log_odds=0.0,
        score=0.5,
        reasons=(),
        verified_at=None,
        free=None,
        **(facts | known),  # type: ignore[arg-type]
    )
