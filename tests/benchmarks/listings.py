"""Files of real listings: one JSON object a line, gzipped or not.

Comes in: a path. Goes out: the rows with their lines, and the newest row of every issue.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

#: What a row tells of an issue: repo, number, title, created_at, seen_at, labels, comments,
#: assignees, stars, description, languages.
Listing = dict[str, Any]
Line = tuple[int, Listing]


def read_listings(path: Path) -> Iterator[Line]:
    """The rows of a file, each with its line, from 1."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            yield number, json.loads(line)


def newest_listings(lines: Iterable[Line]) -> dict[tuple[str, int], Line]:
    """The newest row of every issue, by repository and number; repository names in lower case."""
    newest: dict[tuple[str, int], Line] = {}
    for number, row in lines:
        key = row["repo"].casefold(), row["number"]
        if key not in newest or row["seen_at"] >= newest[key][1]["seen_at"]:
            newest[key] = number, row
    return newest
