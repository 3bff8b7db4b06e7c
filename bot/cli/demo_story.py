"""The demo's story: what was searched, dropped and why, chosen and why, and what to open."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.progress import in_words
from bot.cli.story import student_line
from bot.rendering.neutral import plain_line
from bot.rendering.words import Words, load_words
from bot.screening.rules import RULES

if TYPE_CHECKING:
    from bot.app import Result
    from bot.digest import Pick
    from bot.session import Request


def tell_beginning(corpus: Path, *, err: bool) -> None:
    """Say what is going to happen, before the work that takes time."""
    click.echo(
        f"Foothold builds a GitHub on this machine from {corpus.name} and runs a week on it.",
        err=err,
    )


def tell_story(
    result: "Result", request: "Request", unknown: frozenset[str], *, as_json: bool
) -> None:
    """Tell the run in four steps; with `as_json` on stderr, and the report on stdout."""
    lines = [*_searched(result), *_dropped(result, unknown), *_chosen(result), *_delivered(result)]
    for line in lines:
        click.echo(line, err=as_json)
    first = next((one for one in result.dispatches if one.digest.offered), None)
    if first is not None and request.out is not None:
        place = request.out / first.digest.week / f"{first.digest.student}.html"
        click.echo(
            f"\nOpen {place} in a browser (or the .md, .txt and .json beside it).", err=as_json
        )
    for error in result.errors:
        click.echo(f"error: {error.message}\n  try: {error.advice}", err=True)
    if as_json:
        click.echo(json.dumps(result.report.to_payload(), indent=2, ensure_ascii=False))


def _searched(result: "Result") -> list[str]:
    lines = ["", f"1. Searched, for week {result.report.week}"]
    lines += (
        f"   {step}: {in_words(cost)}, {cost.seconds:.1f} s"
        for step, cost in result.report.by_step.items()
    )
    lines.append(f"   {result.report.issues:,} open beginner issues found, each once.")
    return lines + [f"   Note: {note}" for note in result.report.notes]


def _dropped(result: "Result", unknown: frozenset[str]) -> list[str]:
    if result.prepared is None:
        return []
    n_dropped = result.prepared.n_dropped
    lines = ["", f"2. Dropped {sum(n_dropped.values()):,} of them, by rule"]
    lines += (
        f"   {count:>7,}  {cause.code:<12} {cause.rule}" for cause, count in n_dropped.items()
    )
    blind = [rule.name for rule in RULES if rule.needs in unknown]
    if blind:
        lines.append(f"   Could not fire, for the listings do not tell: {', '.join(blind)}.")
    return lines


def _chosen(result: "Result") -> list[str]:
    words, lines = load_words(), ["", "3. Chosen"]
    for dispatch in result.dispatches:
        digest = dispatch.digest
        lines.append(f"   {digest.student}: {len(digest.offered)} of {digest.considered:,} issues")
        lines += (line for pick in digest.offered for line in _pick_lines(pick, words))
        lines += (f"      {words.say(note)}" for note in digest.notes)
    return lines


def _pick_lines(pick: "Pick", words: Words) -> list[str]:
    told = (words.say(reason.saying) for reason in pick.reasons if reason.shown)
    shown = "; ".join(map(plain_line, told))
    title = plain_line(pick.title)
    return [
        f"    - {title} ({pick.repository}#{pick.number}, score {pick.score:.2f})",
        f"      {shown}",
    ]


def _delivered(result: "Result") -> list[str]:
    told = (student_line(one) for one in result.report.students)
    return ["", "4. Delivered, on this machine only (the addresses open nothing)", *told]
