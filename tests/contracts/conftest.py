"""Each contract suite runs over the fake and the real one.

With FOOTHOLD_TEST_STATE, an SQLAlchemy address of an empty database, over that one as well: so
PostgreSQL is tested where it is at hand. Its tables are dropped before each test.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import metadata
from bot.journal import Journal
from tests.fakes import MemoryJournal

SERVER = os.environ.get("FOOTHOLD_TEST_STATE")


@pytest.fixture(params=["memory", "sqlite", *(["server"] if SERVER else [])])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "server":
        assert SERVER
        url = SERVER
        engine = create_engine(url)
        metadata.drop_all(engine)
        engine.dispose()
    with SqlJournal.open(url) as opened:
        yield opened
