"""That a page of a big world is found without looking at all of it."""

from pathlib import Path
from time import perf_counter

import pytest

from bot.sandbox.loading import load_world
from bot.sandbox.search.engine import Engine

SHARED = Path(__file__).parents[2].parent / "shared"
QUERY = (
    'is:issue is:open archived:false no:assignee -linked:pr label:"good first issue" '
    "language:Python sort:created-desc created:<={day}"
)


@pytest.mark.shared
def test_paging_by_date_through_the_listings_does_not_search_anew():
    path = SHARED / "data" / "newcomer_issues.jsonl.gz"
    if not path.exists():
        pytest.skip("the listings do not lie beside the project")
    engine = Engine(load_world(path))
    assert engine.issues(QUERY.format(day="2026-08-01")).total > 1000
    began = perf_counter()
    totals = [engine.issues(QUERY.format(day=f"2026-07-{day:02}")).total for day in range(1, 31)]
    assert totals == sorted(totals)
    assert perf_counter() - began < 0.5
