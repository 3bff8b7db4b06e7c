"""The doctor's screen: what is wrong first, each with the next step; what is right in a line.

Comes in: findings. Goes out: lines of at most eighty columns, Markdown for a run's summary, plain
values for `--json`.
"""

import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.doctor.finding import Finding, Severity
from bot.errors import unnamed
from bot.rendering.neutral import markdown, plain_line

#: The worst first, with what stands above.
HEADS = {
    Severity.FAULT: "To mend",
    Severity.WARNING: "To know",
    Severity.UNSEEN: "Not looked at",
    Severity.OK: "All right",
}
_COLUMNS = 79
_PART_COLUMNS = 15
#: Advice may be a command of some length.
_LONG = 1_000


def made_public(findings: Sequence[Finding], people: Collection[str]) -> tuple[Finding, ...]:
    """The same without a login, for a log that everybody may read."""
    return tuple(
        replace(
            one,
            what=unnamed(one.what, {*people, *one.names}),
            todo=unnamed(one.todo, {*people, *one.names}),
            names=(),
        )
        for one in findings
    )


def screen(club: str, findings: Sequence[Finding]) -> Iterator[str]:
    """All findings, line by line."""
    yield f"{plain_line(club)}: {_verdict(findings)}."
    for severity, head in HEADS.items():
        found = [one for one in findings if one.severity is severity]
        if found:
            yield ""
            yield head
            yield from _lines(found)


def summary(findings: Sequence[Finding]) -> str:
    """What is wrong, as a part of a run's summary; one line where nothing is."""
    lines = ["## Foothold's doctor", "", f"The club: {_verdict(findings)}.", ""]
    for severity in (Severity.FAULT, Severity.WARNING):
        for one in findings:
            if one.severity is severity:
                told = " ".join(filter(None, (one.what, one.why)))
                todo = f" **Do:** {markdown(one.todo, _LONG)}" if one.todo else ""
                lines.append(f"- **{HEADS[severity]}:** {markdown(told, _LONG)}{todo}")
    return "\n".join((*lines, ""))


def payload(findings: Sequence[Finding]) -> dict[str, object]:
    """For `--json`."""
    counts = {str(one): sum(it.severity is one for it in findings) for one in Severity}
    told = [
        {"part": one.part, "severity": one.severity, "what": one.what, "why": one.why}
        | {"todo": one.todo}
        for one in findings
    ]
    return {"counts": counts, "findings": told}


def _verdict(findings: Sequence[Finding]) -> str:
    """In a few words."""
    n = {one: sum(it.severity is one for it in findings) for one in Severity}
    told = [
        text
        for count, text in (
            (n[Severity.FAULT], f"{n[Severity.FAULT]} to mend"),
            (n[Severity.WARNING], f"{n[Severity.WARNING]} to know"),
            (n[Severity.UNSEEN], f"{n[Severity.UNSEEN]} not looked at"),
        )
        if count
    ]
    return ", ".join(told) or "all is well"


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    last = None
    for one in findings:
        part = "" if one.part is last else str(one.part)
        last = one.part
        yield from _wrapped(part, one.what)
        if one.why:
            yield from _wrapped("", one.why)
        if one.todo:
            yield from _wrapped("", f"-> {one.todo}", hang=3)


def _wrapped(part: str, text: str, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        plain_line(text, _LONG),
        _COLUMNS,
        initial_indent=f"  {part:<{_PART_COLUMNS}}",
        subsequent_indent=" " * (2 + _PART_COLUMNS + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
