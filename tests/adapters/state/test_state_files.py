"""The journal as files: all of it, the same again, in plain lines; and what is no such file."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert

from bot.adapters.database_engine import HARVEST_TABLES, open_engine, transaction
from bot.adapters.database_tables import SCHEMA_VERSION, digests, metadata, stops
from bot.adapters.state_files import (
    LAYOUT,
    by_path,
    file_of,
    fixed_files,
    read_state,
    state_of,
    write_state,
)
from bot.errors import JournalError
from tests.adapters.state.filling import contents, fill


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_engine("sqlite://")
    yield engine
    engine.dispose()


def exported(engine: Engine) -> dict[str, bytes]:
    with transaction(engine, writes=False) as connection:
        rows = by_path(read_state(connection))
    return {**fixed_files(), **{path: file_of(some) for path, some in rows.items()}}


def imported(engine: Engine, files: dict[str, bytes]) -> None:
    state = state_of(files)
    with transaction(engine, writes=True) as connection:
        write_state(connection, state)


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_what_was_exported_is_imported_the_same(seed: int) -> None:
    one, other = open_engine("sqlite://"), open_engine("sqlite://")
    with transaction(one, writes=True) as connection:
        fill(connection, Random(seed))
    files = exported(one)
    imported(other, files)
    assert contents(other) == contents(one)
    assert exported(other) == files
    one.dispose()
    other.dispose()


def test_every_table_but_the_harvest_s_has_a_file(engine: Engine) -> None:
    with transaction(engine, writes=True) as connection:
        fill(connection, Random(1))
    names = {path.split("/")[0].removesuffix(".jsonl") for path in exported(engine)}
    harvest = {one.name for one in HARVEST_TABLES}
    assert names - {"README.md", LAYOUT} == set(metadata.tables) - harvest - {"schema_version"}


def test_an_import_takes_the_place_of_what_was_there(engine: Engine) -> None:
    with transaction(engine, writes=True) as connection:
        fill(connection, Random(2))
    imported(engine, fixed_files())
    assert exported(engine) == fixed_files()


def test_a_line_is_sorted_plain_json_without_nulls_and_moments_are_utc(engine: Engine) -> None:
    imported(
        engine,
        {
            **fixed_files(),
            "stops.jsonl": b'{"login":"ben","at":"2026-11-22T06:00:00+01:00",'
            b'"until":"2026-12-01"}\n{"login":"ada","at":"2026-11-22T05:00:00Z"}\n',
        },
    )
    assert exported(engine)["stops.jsonl"].decode().splitlines() == [
        '{"at":"2026-11-22T05:00:00Z","login":"ada"}',
        '{"at":"2026-11-22T05:00:00Z","login":"ben","until":"2026-12-01"}',
    ]


def test_digests_stand_by_week_and_as_json(engine: Engine) -> None:
    row = {"login": "ada", "digest": '{"b":[1,2.5],"a":null}', "channel": "issue"}
    with transaction(engine, writes=True) as connection:
        for week in ("2026-W46", "2026-W47"):
            connection.execute(insert(digests).values(row | {"week": week, "state": "prepared"}))
    files = exported(engine)
    assert {path for path in files if path.startswith("digests")} == {
        "digests/2026-W46.jsonl",
        "digests/2026-W47.jsonl",
    }
    assert json.loads(files["digests/2026-W46.jsonl"])["digest"] == {"b": [1, 2.5], "a": None}


def test_a_week_s_file_stays_as_it_is_when_another_week_changes(engine: Engine) -> None:
    with transaction(engine, writes=True) as connection:
        fill(connection, Random(3))
    before = exported(engine)
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(stops))
    after = exported(engine)
    assert {path for path in before if before[path] != after.get(path)} == {"stops.jsonl"}


def test_a_layout_newer_than_ours_is_refused() -> None:
    with pytest.raises(JournalError, match=f"layout {SCHEMA_VERSION + 1}"):
        state_of({LAYOUT: json.dumps({"layout": SCHEMA_VERSION + 1}).encode()})


def test_a_row_of_an_older_layout_gets_what_newer_columns_begin_with(engine: Engine) -> None:
    imported(
        engine,
        {
            LAYOUT: b'{"layout":2}',
            "digests.jsonl": b'{"channel":"issue","digest":{},"login":"ada","state":"prepared",'
            b'"week":"2026-W47"}',
            "deliveries.jsonl": b'{"channel":"issue","intent_at":"2026-11-22T05:00:00Z",'
            b'"login":"ada","week":"2026-W47"}',
        },
    )
    assert b'"n_deferrals":0,"target":""' in exported(engine)["deliveries/2026-W47.jsonl"]


FINE = b'{"at":"2026-11-22T05:00:00Z","login":"ada"}\n'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "state.json"),
        ({LAYOUT: b"{}"}, "state.json"),
        ({LAYOUT: b"["}, "state.json"),
        ({"stops.jsonl": FINE + b"{"}, "stops.jsonl, line 2"),
        ({"stops.jsonl": FINE + b"[]"}, "stops.jsonl, line 2"),
        ({"stops.jsonl": FINE + FINE}, "stops.jsonl, line 2"),
        ({"stops.jsonl": FINE.replace(b"ada", b'ada","more":"x')}, "stops.jsonl, line 1"),
        ({"stops.jsonl": FINE.replace(b"Z", b"")}, "stops.jsonl, line 1"),
        ({"stops.jsonl": FINE.replace(b'"ada"', b"7")}, "stops.jsonl, line 1"),
        ({"stops.jsonl": b'{"login":"ada"}\n'}, "stops.jsonl, line 1"),
        ({"stops.jsonl": b'{"at":"2026-11-22T05:00:00Z"}\n'}, "stops.jsonl, line 1"),
        ({"stops.jsonl": b"\xff\xfe"}, "stops.jsonl, line 1"),
        ({"picks/2026-W47.jsonl": b'{"login":"ada","number":1}'}, "picks/2026-W47.jsonl, line 1"),
        ({"harvested_issues.jsonl": FINE}, "harvested_issues.jsonl"),
        ({"schema_version.jsonl": b'{"version":9}'}, "schema_version.jsonl"),
        ({"stops/../stops.jsonl": FINE}, "stops/../stops.jsonl"),
        ({"notes.txt": b"hello"}, "notes.txt"),
        (
            {"progress_costs.jsonl": b'{"points":9223372036854775808,"week":"2026-W47"}'},
            "progress_costs.jsonl, line 1",
        ),
    ],
)
def test_what_no_foothold_wrote_is_told_by_file_and_line(
    engine: Engine, files: dict[str, bytes], said: str
) -> None:
    given_ = files if LAYOUT in said else {**fixed_files(), **files}
    with pytest.raises(JournalError) as caught:
        imported(engine, given_)
    assert said in caught.value.message
    assert "ada" not in caught.value.message


def test_a_damaged_branch_leaves_the_journal_as_it_was(engine: Engine) -> None:
    with transaction(engine, writes=True) as connection:
        fill(connection, Random(4))
    before = contents(engine)
    orphan = b'{"channel":"issue","intent_at":"2026-11-22T05:00:00Z","login":"ada","week":"w"}\n'
    with pytest.raises(JournalError, match=r"deliveries\.jsonl, line 1 breaks a promise"):
        imported(engine, {**fixed_files(), "deliveries.jsonl": orphan})
    assert contents(engine) == before


def test_no_file_beside_the_checkout_is_written(engine: Engine, tmp_path: Path) -> None:
    """A week of a row makes the name of a file, so only what is a week may."""
    with transaction(engine, writes=True) as connection:
        row = {"week": "../../x", "login": "ada", "digest": "{}", "channel": "issue"}
        connection.execute(insert(digests).values(row | {"state": "prepared"}))
    assert "digests.jsonl" in exported(engine)
