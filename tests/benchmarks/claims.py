"""How well claims are heard: precision and recall by language, over the comments of the tests.

`uv run python -m tests.benchmarks.claims` prints a Markdown table a set, and with `--misses` every
comment and thread that is judged wrongly. Comes in: tests/screening/said_*.toml, whose comments
are made up in the shapes of real ones.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.harvest.issue import Comment
from bot.screening.claims import live_claim
from tests.builders_core import NOW, build_comment, days_ago

FOLDER = Path(__file__).parent.parent / "screening"
LINE = re.compile(r"(?P<who>[\w\[\]]+)(?P<marks>[*~]*) (?P<days>[\d.]+):(?P<body>.*)")


@dataclass(frozen=True)
class Case:
    """Comments under an issue, and who holds it now; None where somebody without a name does."""

    language: str
    comments: tuple[Comment, ...]
    is_held: bool
    holder: str | None

    def heard(self) -> str | None:
        return live_claim(self.comments, NOW)

    def is_right(self) -> bool:
        heard = self.heard()
        return (heard is not None) == self.is_held and self.holder in (None, heard)

    def __str__(self) -> str:
        return " // ".join(f"{comment.author}: {comment.body}" for comment in self.comments)


def read_cases(name: str) -> list[Case]:
    """The cases of said_NAME.toml."""
    languages = tomllib.loads((FOLDER / f"said_{name}.toml").read_text("utf-8"))
    read = _threads if name.startswith("threads") else _singles
    return [case for language, said in languages.items() for case in read(language, said)]


def _singles(language: str, said: dict[str, dict[str, str]]) -> Iterator[Case]:
    for speaker, answers in said.items():
        for answer, lines in answers.items():
            for line in lines.strip().splitlines():
                comment = _comment("mira" if speaker == "project" else "bea", 1.0, line, speaker)
                yield Case(language, (comment,), answer == "claims", None)


def _threads(language: str, said: str) -> Iterator[Case]:
    for block in said.strip().split("\n\n"):
        holder, *lines = block.splitlines()
        comments = tuple(_heard(line) for line in lines)
        is_held = holder != "-"
        yield Case(language, comments, is_held, f"{holder}-example" if is_held else None)


def _heard(line: str) -> Comment:
    found = LINE.fullmatch(line)
    assert found, line
    speaker = "project" if "*" in found["marks"] else "outside"
    body, days = found["body"].strip(), float(found["days"])
    return _comment(found["who"], days, body, speaker, is_hidden="~" in found["marks"])


def _comment(who: str, days: float, body: str, speaker: str, is_hidden: bool = False) -> Comment:
    return build_comment(
        body.replace("¶", "\n"),
        author=who if who.endswith(("bot", "bot]")) else f"{who}-example",
        association="MEMBER" if speaker == "project" else "NONE",
        created_at=days_ago(days),
        is_hidden=is_hidden,
    )


def table(cases: Sequence[Case]) -> str:
    """Precision and recall of "somebody holds it", by language; the wrong holder is both wrong."""
    rows = ["| language | cases | held | precision | recall |", "| --- | --- | --- | --- | --- |"]
    for language in (*dict.fromkeys(case.language for case in cases), "all"):
        chosen = [case for case in cases if language in (case.language, "all")]
        tally = Counter(_outcome(case) for case in chosen)
        n_held, n_heard = tally["hit"] + tally["miss"], tally["hit"] + tally["false"]
        n_held, n_heard = n_held + tally["other"], n_heard + tally["other"]
        precision, recall = tally["hit"] / max(n_heard, 1), tally["hit"] / max(n_held, 1)
        rows.append(f"| {language} | {len(chosen)} | {n_held} | {precision:.3f} | {recall:.3f} |")
    return "\n".join(rows)


def _outcome(case: Case) -> str:
    heard = case.heard()
    if case.is_held and heard:
        return "hit" if case.is_right() else "other"
    return "miss" if case.is_held else "false" if heard else "right"


def main() -> None:
    for path in sorted(FOLDER.glob("said_*.toml")):
        name = path.stem.removeprefix("said_")
        cases = read_cases(name)
        print(f"\n### {name}\n\n{table(cases)}")
        for case in cases:
            if "--misses" in sys.argv and not case.is_right():
                print(f"- {_outcome(case)} {case.heard() or ''} [{case.language}] {case}")


if __name__ == "__main__":
    main()
