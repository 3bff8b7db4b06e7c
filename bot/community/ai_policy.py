"""A project's own sentence on what is made with AI tools.

Comes in: texts, those named after the policy first. Goes out: a sentence or two of them as plain
text, or None. Only what is said of contributions counts: a project about language models speaks
of them all the time, and how its authors work themselves is no rule for others.

Of 47 passages of real texts, 16 of them without a policy, half were held back: all 12 sentences
quoted from those were the policy, and 12 of 14 policies were found (27 November 2026). In 387
READMEs and guides of common packages nothing was quoted that is none.
"""

import re
from collections.abc import Sequence

from bot.community.prose import Statement, read_statements

#: What is quoted in a digest is no longer than this, and ends where a sentence ends.
MAX_POLICY = 240

_TOOL = (
    r"(?:ai|a\.i\.|llms?|large[- ]language[- ]models?|gen(?:erative)?[- ]?ai|chatgpt|copilot|"
    r"claude(?: code)?|agentic|(?:coding|ai|autonomous) agents?|ai/llms?)"
)
_AI = re.compile(rf"\b{_TOOL}\b|\binteligencia artificial\b", re.IGNORECASE)
_SPANISH_AI = re.compile(
    r"\b(?:contribuciones|código|pull requests?|prs?|cambios)\b[^.;]{0,40}\b(?:ia|inteligencia "
    r"artificial)\b",
    re.IGNORECASE,
)
#: Something made with the tools, or their use.
_MADE = re.compile(
    rf"\b{_TOOL}[- /](?:llm[- ])?(?:generated|assisted|written|authored|produced|made|driven|"
    rf"created|code|art|assistance|use|usage|tools?|tooling|slop|prs?|pull)\b|"
    rf"\b(?:us(?:e|es|ed|ing|age)|help|assistance|assisted|generated|written|authored|produced|"
    rf"made|created|collaboration|employ)\b[^.;]{{0,40}}\b{_TOOL}\b"
    r"(?= ?(?:[^\w\s]|\Z|tools?|tooling|assist|for|to|in|when|while|as|or|and|is|are|must|"
    rf"will|may|can|should|code|models?))|\bno\b[^.;]{{0,25}}\b{_TOOL}\b|"
    rf"\b{_TOOL}\b[^.;]{{0,20}}\b(?:are|is) (?:not )?(?:welcome|allowed)|"
    rf"\b{_TOOL} tools? (?:that )?(?:you|they) (?:have )?used?\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:contribut\w*|pull[- ]?requests?|prs?|patch(?:es)?|commits?|submi\w+|merge requests?|"
    r"codebase|changes|in your pr)\b|\bcontribuc\w+",
    re.IGNORECASE,
)
#: A word that rules, the clearest first.
_VERDICT = re.compile(
    r"\b(?:not? (?:be )?(?:accept\w*|allow\w*|permit\w*|welcome|submit|use)|accept(?:ed|s)?|"
    r"reject(?:ed)?|prohibit\w*|forbid\w*|forbidden|ban(?:ned)?|declin\w+|allowed|permitted|"
    r"welcomes?|encouraged?|discouraged?|fine|closed|cannot accept|unacceptable)\b|"
    r"^(?:absolutely )?no\b|"
    r"\b(?:acept\w+|rechaz\w+|prohib\w+|permit\w+)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\bmust (?:not|be (?:able|disclos\w+|labell?ed|marked|reviewed|understood|declared)|review|"
    r"follow|comply|adhere|own|take|clearly)\b|\b(?:disclos\w+|mention|required?|responsib\w+|"
    r"accountable|understand|review every|backed by|label(?:l?ed)?|indicate|declare|state)\b|"
    r"\b(?:say|tell us|name|note)\b[^.;]{0,40}\b(?:which|whether|if|what)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    rf"\b{_TOOL}\b.{{0,40}}\b(?:polic\w+|usage|use|contribut\w*|assist\w*|disclosure|guidelines?|"
    rf"tools?|rules)\b|\b(?:polic\w+|use|usage|rules)\b.{{0,30}}\b{_TOOL}\b|^\W*{_TOOL}\W*$",
    re.IGNORECASE,
)
#: Sentences on other things: security reports, interviews, how the authors themselves work, what
#: tools are for, where the policy is found.
_OTHER = re.compile(
    r"\b(?:security reports?|vulnerabilit\w+|interview|challenge|assignment|api keys?|providers?|"
    r"inundated|organi[sz]ations|we (?:make|made|acknowledge)|i (?:make|use)|was developed|"
    r"is developed|are developed|flag these|this (?:document|section) )\b|"
    r"\b(?:read|see|refer to|understood)\b[^.;]{0,40}\b(?:the|our|full)\b[^.;]{0,20}polic",
    re.IGNORECASE,
)
_TURNS = re.compile(r"(?:but|however|though|please note)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;:]\s|\s[–—-]\s|,\s")


def read_ai_policy(texts: Sequence[str]) -> str | None:
    """The clearest sentence of the first text that has one, and what turns it, if there is room."""
    for text in texts:
        told = [one for one in read_statements(text) if not one.is_row]
        is_policy = bool(told) and bool(_SECTION.search(told[0].heading))
        ranked = [(-_clarity(one, is_policy), at) for at, one in enumerate(told)]
        best, at = min(ranked, default=(0, 0))
        if best < 0:
            return _quote(told, at)
    return None


def _clarity(statement: Statement, is_policy: bool) -> int:
    """How clearly it rules what is made with AI; 0 if it does not. `is_policy`: the whole text."""
    text = statement.text
    if text.endswith(("?", ":")) or not (_AI.search(text) or _SPANISH_AI.search(text)):
        return 0
    if _OTHER.search(text) or not (_MADE.search(text) or _SPANISH_AI.search(text)):
        return 0
    verdict, duty = bool(_VERDICT.search(text)), bool(_DUTY.search(text))
    in_section = is_policy or bool(_SECTION.search(statement.heading))
    if not (verdict or duty) or not (_GIVEN.search(text) or in_section):
        return 0
    fits = len(text) <= MAX_POLICY
    return 2 * verdict + duty + in_section + 2 * fits + bool(_GIVEN.search(text))


def _quote(told: Sequence[Statement], at: int) -> str:
    """The sentence without marks, with the one behind it where that takes something back."""
    first = _unmarked(told[at].text)
    if len(first) > MAX_POLICY:
        return _cut(first)
    following = told[at + 1] if at + 1 < len(told) else None
    if following and following.heading == told[at].heading:
        second = _unmarked(following.text)
        is_more = _TURNS.match(second) or _clarity(following, False)
        if is_more and len(first) + 1 + len(second) <= MAX_POLICY and first.endswith("."):
            return f"{first} {second}"
    return first


def _cut(sentence: str) -> str:
    """What fits of a sentence that is too long, to the end of a clause."""
    ends = [found.start() for found in _CLAUSE_END.finditer(sentence[: MAX_POLICY - 1])]
    at = ends[-1] if ends and ends[-1] > MAX_POLICY // 2 else sentence.rfind(" ", 0, MAX_POLICY - 1)
    return f"{sentence[: at if at > 0 else MAX_POLICY - 1].rstrip(' ,;:')}…"


def _unmarked(text: str) -> str:
    return text.replace("`", "").strip(" -–—|")
