"""Claims in comments: has somebody said that they are on it, and does it still hold?

Comes in: the newest comments under an issue. Goes out: the login of whoever holds a live claim.
A first version; phrases are those of oss-autopilot's users and maintainers' bots (peers, claim
phrases), in English, Spanish and Portuguese.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.harvest.issue import Comment

#: Idle claims lapse: projects unassign after 7 to 14 days (kubestellar, gemini-cli, yamada-ui).
CLAIM_HOLDS = timedelta(days=14)

_CLAIM = re.compile(
    r"""
    ^\s*(?:(?:/assign|/take|/claim|\.take)\b|take\s*$)
    | \bi(?:['’]?ll|\s+will|['’]?d\s+(?:like|love)|\s+would\s+(?:like|love)|\s+want|\s+plan|
        ['’]?m\s+going)\s+(?:to\s+)?(?:take|work|pick|try|tackle|fix|do|implement|give|submit|open|
        contribute|help|handle)\b
    | \bi(?:['’]?m|\s+am)\s+(?:already\s+|currently\s+)?(?:working\s+on|on\s+it)\b
    | \bworking\s+on\s+(?:it|this|that|a\s+(?:fix|pr|patch))\b
    | \b(?:can|may|could)\s+i\s+(?:please\s+)?(?:take|work|pick|try|tackle|have|claim|be\s+assigned|
        get\s+assigned|do|solve|fix)\b
    | \b(?:please\s+)?assign\s+(?:it|this|me|the\s+issue)\b
    | \bassigned?\s+to\s+me\b
    | \bpuedo\s+(?:trabajar|tomar|hacer|encargarme|ocuparme)\b
    | \bme\s+(?:gustar[ií]a|encargo|encargar[ée]|asign\w+)\b
    | \b(?:estoy|estou)\s+(?:trabajando|trabalhando)\b
    | \b(?:voy|vou)\s+(?:a\s+)?(?:trabajar|trabalhar|hacer|fazer|tomar|pegar)\b
    | \bposso\s+(?:pegar|trabalhar|fazer|assumir|tentar|contribuir)\b
    | \bgostaria\s+de\s+(?:trabalhar|pegar|fazer|contribuir)\b
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_GRANT = re.compile(
    r"\bgo\s+(?:ahead|for\s+it)\b|\ball\s+yours\b|\bassigned\s+(?:to\s+)?you\b|"
    r"\b(?:adelante|pode\s+pegar|todo\s+tuyo)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:no\s+longer|not)\s+(?:working\s+on|able\s+to)\b|"
    r"\b(?:won['’]?t|can['’]?t|cannot|could\s*n['’]?t)\s+(?:find|make|get|finish|work|continue|do|"
    r"manage)\b|\bunassign|\bgiv(?:e|ing)\s+(?:it|this)\s+up\b|\bgave\s+up\b|"
    r"\bfree\s+(?:again|to\s+take|for\s+(?:anyone|someone|others))\b|\bup\s+for\s+grabs\b|"
    r"\b(?:someone|somebody|anyone)\s+else\s+(?:can|may|should|is\s+welcome)\b|"
    r"\b(?:drop|dropping|stepping\s+back|step\s+back)\b|\bya\s+no\s+puedo\b|\bn[ãa]o\s+consigo\b",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:please\s+)?(?:don['’]?t|do\s+not)\s+(?:claim|ask|assign|need\s+to\s+(?:ask|claim))\b|"
    r"\bwe\s+(?:don['’]?t|do\s+not)\s+(?:assign|reserve)\b|\bsorry\b.{0,60}\bnot\b|"
    r"\bkeep(?:ing)?\s+(?:this|it)\s+(?:for|open)\b|\bno\s+need\s+to\s+(?:ask|be\s+assigned)\b|"
    r"\bplease\s+(?:pick|choose|start\s+with)\s+(?:another|a\s+different)\b",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|^[ \t]*>.*$|<!--.*?-->", re.M | re.S
)

#: GitHub's words for people who may speak for the project.
_MAINTAINERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


def live_claim(comments: Sequence[Comment], now: datetime) -> str | None:
    """Who holds a live claim by the comments (oldest first), or None.

    A claim ends when its author lets go, a maintainer refuses it or frees the issue, or nothing is
    heard of it for `CLAIM_HOLDS`. Quoted text and code do not count.
    """
    holder: str | None = None
    heard_at = now
    for comment in comments:
        if comment.is_hidden or (comment.author or "").endswith("[bot]"):
            continue
        text, author = _QUOTED.sub(" ", comment.body), comment.author or "somebody"
        speaks_for_project = comment.association in _MAINTAINERS
        if holder is not None and _lets_go(text, author == holder, speaks_for_project):
            holder = None
        elif _CLAIM.search(text) and not (holder and not speaks_for_project):
            holder, heard_at = author, comment.created_at
        elif holder is not None and (author == holder or speaks_for_project):
            heard_at = comment.created_at
        elif holder is None and speaks_for_project and _GRANT.search(text):
            holder, heard_at = "somebody", comment.created_at
    return holder if holder is not None and now - heard_at < CLAIM_HOLDS else None


def _lets_go(text: str, is_holder: bool, speaks_for_project: bool) -> bool:
    if is_holder:
        return bool(_RELEASE.search(text))
    return speaks_for_project and bool(_RELEASE.search(text) or _REFUSAL.search(text))
