"""The main job on a file of real listings: what it found, dropped, chose, and what that cost.

`uv run python -m tests.benchmarks.corpus LISTINGS.jsonl[.gz]` runs `foothold demo --corpus` in a
process of its own and prints Markdown tables; what it chose is checked against the file with plain
JSON, not with the project's own screening.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.sandbox.listings import guess_main_language
from tests.benchmarks.listings import newest_listings, read_listings

#: The example students' languages, as in `config/students`.
LANGUAGES = {
    "ada-example": {"Python", "Rust"},
    "ben-example": {"JavaScript", "TypeScript"},
    "diego-example": {"Go", "Java"},
}


def main_languages(rows: dict[tuple[str, int], dict]) -> dict[str, str | None]:
    """Each repository's main language, guessed from its newest row."""
    newest: dict[str, dict] = {}
    for (repository, _), row in rows.items():
        if repository not in newest or row["seen_at"] > newest[repository]["seen_at"]:
            newest[repository] = row
    return {name: guess_main_language(row["languages"]) for name, row in newest.items()}


def run_demo(corpus: Path, out: Path) -> tuple[dict, float, float]:
    """The demo's report, its wall time in seconds and its peak memory in MB."""
    command = [sys.executable, "-c", "from bot.cli.main import main; main()", "demo"]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--corpus", str(corpus), "--out", str(out), "--json"],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    wall_s = time.monotonic() - began
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    Path(out / "story.txt").write_bytes(done.stderr)
    return json.loads(done.stdout), wall_s, peak_mb


def main() -> None:
    corpus = Path(sys.argv[1])
    newest = newest_listings(read_listings(corpus))
    rows = {key: row for key, (_, row) in newest.items()}
    languages = main_languages(rows)
    with tempfile.TemporaryDirectory() as name:
        report, wall_s, peak_mb = run_demo(corpus, Path(name))
        digests = [
            json.loads(path.read_text("utf-8")) for path in sorted(Path(name).rglob("*.json"))
        ]
        story = Path(name, "story.txt").read_text("utf-8")
    steps = report["harvest"]["by_step"].values()
    print(
        f"{len(rows):,} issues in {len(languages):,} repositories; {wall_s:.1f} s, {peak_mb:.0f} MB"
    )
    n_requests, n_points = (sum(one[key] for one in steps) for key in ("requests", "points"))
    print(f"{n_requests} requests, {n_points} points")
    print(
        "\n| student | considered | free listings in the languages | picks | in a named language |"
        " assigned | same day and repository, most | same title in the repository, most |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for digest in digests:
        print(_student_row(digest, rows, languages))
    print("\n| dropped for | issues |\n|---|---|")
    for code, count in report["dropped"].items():
        print(f"| {code} | {count:,} |")
    print(
        "\n" + next((line.strip() for line in story.splitlines() if "Could not fire" in line), "")
    )


def _student_row(digest: dict, rows: dict, languages: dict) -> str:
    named = LANGUAGES.get(digest["student"])
    a_day = Counter((row["repo"].casefold(), row["created_at"][:10]) for row in rows.values())
    titles = Counter((row["repo"].casefold(), _shape(row)) for row in rows.values())
    picks = [one for one in digest["picks"] if not one["spare"]]
    keys = [(one["repository"].casefold(), one["number"]) for one in picks]
    chosen = [rows[key] for key in keys]
    cells = (
        digest["student"],
        f"{digest['considered']:,}",
        f"{_n_free(rows, languages, named):,}" if named else "names none",
        len(picks),
        sum(languages[name] in named for name, _ in keys) if named else "any",
        sum(row["assignees"] > 0 for row in chosen),
        max((a_day[row["repo"].casefold(), row["created_at"][:10]] for row in chosen), default=0),
        max((titles[row["repo"].casefold(), _shape(row)] for row in chosen), default=0),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _n_free(rows: dict, languages: dict, named: set[str]) -> int:
    """How many listings of these languages nobody is assigned to: what a search asks for."""
    return sum(languages[key[0]] in named and not row["assignees"] for key, row in rows.items())


def _shape(row: dict) -> str:
    return "".join(char for char in row["title"].casefold() if char.isalpha())


if __name__ == "__main__":
    main()
