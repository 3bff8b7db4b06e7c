"""Tokens: are they there and known, and when do they end?

Comes in: what GitHub said to a token. Goes out: findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, Part, Seen, Severity, fine, n_days, unseen

#: A month has time for a new token, a week has not, where officers meet weekly; our judgement.
WARN_BEFORE = timedelta(days=21)
FAULT_BEFORE = timedelta(days=7)

_RENEW = "Make a new one with the same rights, and put it into {place}."
#: Where a workflow takes a token from.
_PLACES = {
    "GITHUB_TOKEN": "the secret FOOTHOLD_TOKEN (or your shell)",
    "HARVEST_TOKEN": "the secret HARVEST_TOKEN (or your shell)",
}
_MATTERS = {
    "GITHUB_TOKEN": "Without it nothing is posted, and nobody's answer is read.",
    "HARVEST_TOKEN": "Without it no issue is found.",
}


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """A token by the name of its variable, and what GitHub says to it."""

    name: str
    is_set: bool
    is_known: Seen[bool]
    #: None where it has no end, or GitHub tells none.
    ends_at: datetime | None = None
    #: How many issues its search finds; None where it is not asked.
    n_found: Seen[int] | None = None


def judge_token(token: TokenSeen, now: datetime) -> Iterator[Finding]:
    """The findings on one token."""
    if not token.is_set:
        todo = f"Make one, and put it into {_PLACES[token.name]}."
        yield _fault(f"{token.name} is not set.", token.name, todo)
    elif token.is_known.value is None:
        yield unseen(Part.TOKENS, f"at {token.name}", token.is_known.blind)
    elif not token.is_known.value:
        what = f"GitHub does not know {token.name}: it is wrong, expired or revoked."
        yield _fault(what, token.name, _renew(token.name))
    else:
        yield judge_end(token.name, token.ends_at, now)
        yield from _judge_search(token)


def judge_end(name: str, ends_at: datetime | None, now: datetime) -> Finding:
    """How long a token still holds."""
    if ends_at is None:
        return fine(Part.TOKENS, f"{name} is known; GitHub names no end of it.")
    left = max(ends_at - now, timedelta())
    told = f"{name} ends in {n_days(left.days)}, on {ends_at:%Y-%m-%d}."
    if left > WARN_BEFORE:
        return fine(Part.TOKENS, told)
    severity = Severity.FAULT if left <= FAULT_BEFORE else Severity.WARNING
    return Finding(Part.TOKENS, severity, told, _MATTERS[name], _renew(name))


def _judge_search(token: TokenSeen) -> Iterator[Finding]:
    if token.n_found is None:
        return
    if token.n_found.value is None:
        yield unseen(Part.TOKENS, f"whether {token.name} can search", token.n_found.blind)
    elif token.n_found.value:
        found = f"{token.n_found.value:,} open issues"
        yield fine(Part.TOKENS, f"The search works: it finds {found} for newcomers.")
    else:
        yield _fault(
            f"{token.name} searches, and finds nothing at all.",
            "HARVEST_TOKEN",
            "Set HARVEST_TOKEN to a personal access token that may read public repositories.",
        )


def _fault(what: str, name: str, todo: str) -> Finding:
    return Finding(Part.TOKENS, Severity.FAULT, what, _MATTERS[name], todo)


def _renew(name: str) -> str:
    return _RENEW.format(place=_PLACES[name])
