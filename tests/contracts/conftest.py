"""Each contract suite runs over the fake and the real one.

With FOOTHOLD_TEST_STATE, an SQLAlchemy address of an empty database, over that one as well: so
PostgreSQL is tested where it is at hand. Its tables are dropped before each test.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import metadata
from bot.feedback.answer import AnswerBook
from bot.journal import Journal
from bot.outcomes.progress import ProgressBook
from bot.register import Register
from bot.review.verdict import ReviewBook
from tests.fakes import MemoryJournal, MemoryRegister
from tests.fakes_learned import MemoryAnswerBook, MemoryProgressBook, MemoryReviewBook

SERVER = os.environ.get("FOOTHOLD_TEST_STATE")


KINDS = ["memory", "sqlite", *(["server"] if SERVER else [])]


@pytest.fixture(params=KINDS)
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return
    with opened(request, tmp_path) as journal:
        yield journal


@pytest.fixture(params=KINDS)
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    if request.param == "memory":
        yield MemoryRegister()
        return
    with opened(request, tmp_path) as journal:
        yield journal.register()


@pytest.fixture(params=KINDS)
def answer_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnswerBook]:
    if request.param == "memory":
        yield MemoryAnswerBook()
        return
    with opened(request, tmp_path) as journal:
        yield journal.answer_book()


@pytest.fixture(params=KINDS)
def progress_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ProgressBook]:
    if request.param == "memory":
        yield MemoryProgressBook()
        return
    with opened(request, tmp_path) as journal:
        yield journal.progress_book()


@pytest.fixture(params=KINDS)
def review_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReviewBook]:
    if request.param == "memory":
        yield MemoryReviewBook()
        return
    with opened(request, tmp_path) as journal:
        yield journal.review_book()


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
