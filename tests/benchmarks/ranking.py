"""How well it ranks: the measured record, and the door for acceptance.

`uv run --group bench python -m tests.benchmarks.ranking` prints all tables from the data beside the
project (`--data DIR`, by default `../shared/data`); `--only beginner`, `survival`, `interest` or
`speed` one of them. `--score-beginner IN.csv --out OUT.csv` and `--score-survival IN.jsonl.gz --out
OUT.csv` score rows with the cards that ship, with nothing but the default install.
"""

import argparse
import sys
from pathlib import Path

#: Where the project's real data lie, beside a checkout.
DATA = Path(__file__).parents[3] / "shared" / "data"
PARTS = ("beginner", "survival", "interest", "speed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--score-beginner", type=Path, metavar="IN.csv")
    parser.add_argument("--with-history", action="store_true")
    parser.add_argument("--score-survival", type=Path, metavar="IN.jsonl.gz")
    parser.add_argument("--out", type=Path, metavar="OUT.csv")
    asked = parser.parse_args()
    if asked.score_beginner or asked.score_survival:
        _open_door(asked, parser)
        return
    if not asked.data.is_dir():
        sys.exit(f"There are no data in {asked.data}; name their folder with --data.")
    for part in (asked.only,) if asked.only else PARTS:
        _measure(part, asked.data)


def _open_door(asked: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    from tests.benchmarks.ranking_door import score_beginner, score_survival

    if asked.out is None:
        parser.error("say with --out where the scores go")
    if asked.score_beginner:
        n = score_beginner(asked.score_beginner, asked.out, with_history=asked.with_history)
    else:
        n = score_survival(asked.score_survival, asked.out)
    print(f"{n:,} rows scored")


def _measure(part: str, data: Path) -> None:
    if part == "beginner":
        from tests.benchmarks import ranking_beginner

        ranking_beginner.main(data / "gfi_train.csv")
    elif part == "survival":
        from tests.benchmarks import ranking_survival

        ranking_survival.main(data / "survival.jsonl.gz")
    elif part == "interest":
        from tests.benchmarks import ranking_interest

        ranking_interest.main(data)
    else:
        from tests.benchmarks import ranking_speed

        ranking_speed.main(data / "newcomer_issues.jsonl.gz")


if __name__ == "__main__":
    main()
