"""A project's own rule for who may work on an issue, as its guide or README states it.

Comes in: texts, the most telling first. Goes out: a `Rule`. A wrong rule costs a student more than
none, so what is scoped, denied, meant for others or contradicted is unknown; so is a guide that
only wants to be told who works on what, for that is what one does without a rule too.

Of 105 passages of real guides and READMEs, labelled by hand, half were held back while the phrases
were written. Of those, 31 of 34 rules read were right, and 31 of 32 rules were found (27 November
2026); the three too many were rules for some issues only, and "ask for clarification first".
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.community import claim_phrases as says
from bot.community.prose import Statement, read_statements
from bot.terms import Claiming


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may work on an issue; `command` is what to write, as the project writes it, else ""."""

    claiming: Claiming
    command: str = ""


#: So many sentences that may tell of it are looked at: a guide has some dozens (a judgement).
MAX_TELLING = 600
_UNKNOWN = Rule(Claiming.UNKNOWN)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_QUOTED = re.compile(r"\"([^\"`]{1,100})\"|“([^“”`]{1,100})”|«([^«»`]{1,100})»")
_BARE = re.compile(r"(?<![\w`/.])(/(?:self-)?(?:assign|take|claim)(?:-me)?)(?![\w`/-])")
_CODE = re.compile(r"`([^`]{1,200})`")
_A_COMMAND = re.compile(rf"(?:{says.COMMAND})(?: (?:@?\S{{1,40}}|\[[^\]]{{1,40}}\]))?\Z")
_NEGATION = re.compile(r"\b(ca|wo|do|does|did|is|are|was|were|have|has|should|need)n['’]?t\b")
_HAVE = re.compile(r"\b(you|we|they)['’](re|ve|ll|d)\b")
_HAVES = {"re": "are", "ve": "have", "ll": "will", "d": "would"}
_IDLE = re.compile(
    r"\b(?:please|pease|kindly|also|always|exactly|strictly|really|general(?:ly)?|therefore)\b,? ?"
)
_TELLING = re.compile(
    r"assign|asign|atribu|claim|take|permi|wait|espera|aguard|\bask|\bprs?\b|pull|com+ent"
)


def read_claiming(texts: Sequence[str]) -> Rule:
    """The rule of the first text that states one; texts after it say the same or less."""
    for text in texts:
        rule = _read(text)
        if rule is not None:
            return rule
    return _UNKNOWN


def _read(text: str) -> Rule | None:
    told = [
        (statement, _simply(statement.text) if _TELLING.search(statement.text.lower()) else "")
        for statement in read_statements(text)
        if not statement.is_quoted and not says.OTHERS_SECTION.search(statement.heading.lower())
    ]
    telling = [at for at, (_, words) in enumerate(told) if words][:MAX_TELLING]
    commands = [found for at in telling if (found := _command(told, at))]
    if commands:
        denied = {_denied(told[at][1]) for at in telling}
        return _UNKNOWN if commands[0].lower() in denied else _by_command(commands[0])
    asks = any(_asks(*told[at]) for at in telling)
    opens = any(_opens(*told[at]) or _offers(told, at) for at in telling)
    if asks and opens:
        return _UNKNOWN
    if not asks and not opens:
        return None
    return Rule(Claiming.ASK_FIRST if asks else Claiming.JUST_OPEN)


def _by_command(command: str) -> Rule:
    return Rule(Claiming.ASSIGN_COMMAND, command)


def _simply(text: str) -> str:
    """A sentence put plainly, so that phrases can be told in a few patterns."""
    folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))
    shown = _QUOTED.sub(lambda found: f"`{found[1] or found[2] or found[3]}`", folded)
    marked = _CODE.sub(_command_or_shown, _BARE.sub(r"`\1`", shown))
    whole = _NEGATION.sub(r"\1 not", marked).replace("wo not", "will not")
    whole = _HAVE.sub(lambda found: f"{found[1]} {_HAVES[found[2]]}", whole)
    return _IDLE.sub("", whole.replace("it's", "it is").replace("there's", "there is"))


def _command_or_shown(found: re.Match[str]) -> str:
    return found[0] if _A_COMMAND.match(found[1]) else "§"


def _command(told: Sequence[tuple[Statement, str]], at: int) -> str:
    """What this sentence wants written by who takes an issue, as it is written there; else ""."""
    statement, words = told[at]
    found = says.EXPLAINED.search(words) or says.COMMANDS.search(words) or _alone(*told[at])
    if not found or says.FORBIDDEN.search(words) or says.THEIRS.search(words):
        return ""
    before = words[: found.start("command")]
    own = f"{before} {words[found.end('command') :]}"
    if says.NOT_OURS.search(before):
        return ""
    behind = " ".join(text for _, text in told[at + 1 : at + 2])
    around = f"{statement.heading} {statement.lead} {behind}".lower()
    if not says.ABOUT.search(own) and not says.ABOUT.search(around):
        return ""
    if says.OFFERS.search(words) and "issue" not in own and "assign" not in own:
        return ""
    written = re.search(
        rf"[`\"“«/ ]({re.escape(found['command'])})\b", statement.text, re.IGNORECASE
    )
    return written[1] if written else found["command"]


def _alone(statement: Statement, words: str) -> re.Match[str] | None:
    """A command in a line of its own, which the sentence above it asks for."""
    lead = _simply(statement.lead)
    is_asked_for = says.WRITES.search(lead) and says.ABOUT.search(lead)
    return says.ALONE.search(words) if is_asked_for else None


def _denied(words: str) -> str | None:
    """A command that is not to be used at all; "if it is already assigned" denies nothing."""
    found = says.FORBIDDEN.search(words)
    if not found or re.search(r"\b(?:if|when|already|unless|until|more than)\b", words):
        return None
    return next(filter(None, found.groupdict().values()), None)


def _asks(statement: Statement, words: str) -> bool:
    if _is_elsewhere(statement, words) or says.ELSEWHERE.search(words):
        return False
    found = says.ASKS.search(words)
    is_asked = found is not None and not says.DENIED.search(words[: found.start()])
    return is_asked or says.AWAITS.search(words) is not None


def _opens(statement: Statement, words: str) -> bool:
    found = says.OPENS.search(words)
    if found:
        return not _is_elsewhere(statement, words) and not says.SMALL.search(words)
    found = says.JUST.search(words)
    if not found:
        return False
    before = words[: found.start()]
    around = f"{statement.lead.lower()} {before}"
    return bool(says.WORK.search(before)) and not (
        says.SMALL.search(around) or says.LARGE.search(around) or says.DENIED.search(before)
    )


def _offers(told: Sequence[tuple[Statement, str]], at: int) -> bool:
    """Issues are assigned to nobody, and in the same breath pull requests are asked for."""
    words = told[at][1]
    if not says.NOBODYS.search(words) or says.UNTIL.search(words):
        return False
    both = " ".join(text for _, text in told[at : at + 2])
    return bool(says.OFFERS.search(both)) and not says.COMMENTS.search(both)


def _is_elsewhere(statement: Statement, words: str) -> bool:
    """Is it said of large work only?"""
    return bool(says.LARGE.search(words) or says.LARGE.search(statement.lead.lower()))
