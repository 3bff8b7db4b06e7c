"""The golden week: the shipped world, the example club, a fixed clock; its digests in all formats.

`python -m tests.week.golden` writes the files anew; the diff in review shows what changed.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.stage import EXAMPLE_CONFIG, WEEK, open_stage

GOLDEN = Path(__file__).parent / "golden"


def compose_golden_week(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run the week in `folder` and return the folder of its digests."""
    shutil.copytree(EXAMPLE_CONFIG, folder / "config")
    with open_stage(folder, monkeypatch) as stage:
        code = stage.call("run", "--live", "--out", str(folder / "out"))
    if code != os.EX_OK:
        raise RuntimeError(f"the golden week ended with {code}")
    return folder / "out" / WEEK


def main() -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as monkeypatch:
        made = compose_golden_week(Path(name), monkeypatch)
        shutil.rmtree(GOLDEN, ignore_errors=True)
        shutil.copytree(made, GOLDEN)
    print(f"{len(list(GOLDEN.iterdir()))} files written", file=sys.stderr)


if __name__ == "__main__":
    main()
