"""Writes what a club's own repository takes from ours: `uv run python -m tests.workflows.layout`.

Comes in: our workflows, forms and dependabot's file. Goes out: the same in `templates/club`, where
the action has an address instead of `./`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.commands.layout import UNFILLED
from tests.workflows.reading import ROOT

CLUB = ROOT / "templates/club"
#: Ours alone: the tests of Foothold itself, and what its own contributors and users tell it.
LEFT_OUT = {"tests.yml", "bug.yml", "idea.yml", "pick.yml"}
#: A club's action is pinned, so its code needs no second checkout to be trusted.
_TRUSTED = re.compile(r"      # The code that judges.*?(?=      - uses: \./trusted)", re.DOTALL)
_OURS = re.compile(r"uses: \./(?:trusted)?$", re.MULTILINE)


def as_a_clubs(text: str) -> str:
    """A workflow of ours as a club has it."""
    return _OURS.sub(f"uses: {UNFILLED} # foothold", _TRUSTED.sub("", text))


def layout() -> Iterator[tuple[Path, str]]:
    """The files that follow from ours, by their place in the club's repository."""
    for folder in ("workflows", "ISSUE_TEMPLATE"):
        for path in sorted((ROOT / ".github" / folder).glob("*.yml")):
            if path.name not in LEFT_OUT:
                yield path.relative_to(ROOT), as_a_clubs(path.read_text("utf-8"))
    dependabot = ROOT / ".github/dependabot.yml"
    yield dependabot.relative_to(ROOT), dependabot.read_text("utf-8")


def main() -> None:
    """Write them anew, and take away what is none of them any more."""
    wanted = dict(layout())
    for path in (CLUB / ".github").rglob("*.yml"):
        if path.relative_to(CLUB) not in wanted:
            path.unlink()
    for place, text in wanted.items():
        (CLUB / place).parent.mkdir(parents=True, exist_ok=True)
        (CLUB / place).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
