"""Each contract suite runs over the fake and the real one.

With FOOTHOLD_TEST_STATE, an SQLAlchemy address of an empty database, over that one as well: so
PostgreSQL is tested where it is at hand. Its tables are dropped before each test.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import create_engine

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import metadata
from tests.fakes import MemoryJournal, MemoryRegister
from tests.fakes_community import MemoryCommunityStore
from tests.fakes_learned import MemoryAnswerBook, MemoryProgressBook, MemoryReviewBook

T = TypeVar("T")

SERVER = os.environ.get("FOOTHOLD_TEST_STATE")
KINDS = ["memory", "sqlite", *(["server"] if SERVER else [])]


@contextmanager
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlJournal]:
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "server":
        assert SERVER
        url = SERVER
        engine = create_engine(url)
        metadata.drop_all(engine)
        engine.dispose()
    with SqlJournal.open(url) as journal:
        yield journal


def over(fake: Callable[[], T], real: Callable[[SqlJournal], T]) -> Callable[..., Iterator[T]]:
    """A fixture that is the fake first, and then the real one, of each database."""

    @pytest.fixture(params=KINDS)
    def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[T]:
        if request.param == "memory":
            yield fake()
            return
        with opened(request, tmp_path) as journal:
            yield real(journal)

    return either


journal = over(MemoryJournal, lambda journal: journal)
register = over(MemoryRegister, SqlJournal.register)
answer_book = over(MemoryAnswerBook, SqlJournal.answer_book)
progress_book = over(MemoryProgressBook, SqlJournal.progress_book)
community_store = over(MemoryCommunityStore, SqlJournal.community_store)
review_book = over(MemoryReviewBook, SqlJournal.review_book)
