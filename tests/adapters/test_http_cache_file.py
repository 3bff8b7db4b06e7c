"""The file of answers: damaged, locked, full, foreign, poisoned: it costs points and no more."""

import os
import pickle
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests_cache

from bot.adapters.http_cache import AnswerCache
from bot.adapters.http_cache_file import BUSY_TIMEOUT_MS, MAX_BYTES
from tests.adapters.http_cache_steps import TOKEN, Asker, change_rows, execute, n_kept
from tests.stage import Stage

FRESH, KEPT = (["Draw the mast"], False), (["Draw the mast"], True)


@pytest.mark.parametrize("damage", ["garbage", "cut off", "other columns", "too large"])
def test_a_file_that_is_no_good_is_made_anew(stage: Stage, path: Path, damage: str) -> None:
    if damage == "garbage":
        path.write_bytes(b"no database at all " * 500)
    elif damage == "other columns":
        execute(path, "CREATE TABLE responses (question TEXT, answer TEXT)")
    else:
        first = Asker(stage, path)
        first.ask()
        first.cache.close()
        size = path.stat().st_size // 2 if damage == "cut off" else MAX_BYTES + 1
        os.truncate(path, size)
    run = Asker(stage, path)
    assert run.ask() == FRESH
    run.cache.close()
    assert path.stat().st_size < MAX_BYTES
    assert Asker(stage, path).ask() == KEPT


@pytest.mark.parametrize("obstacle", ["a folder in its place", "no folder"])
def test_where_there_can_be_no_file_none_is_kept(stage: Stage, path: Path, obstacle: str) -> None:
    if obstacle == "no folder":
        path.write_text("", "utf-8")
        path = path / "http.sqlite"
    else:
        path.mkdir()
    run = Asker(stage, path)
    assert run.ask() == FRESH
    assert run.ask() == FRESH
    run.cache.close()


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """Be a user to whom rights apply; root may write anywhere."""
    me = os.geteuid()
    os.seteuid(65534 if me == 0 else me)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written_is_done_without_at_once(
    stage: Stage, is_there: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "http.sqlite"
        Asker(stage, file).ask()
        if is_there:
            file.chmod(0o444)
        else:
            file.unlink()
        folder.chmod(0o555)
        began = time.monotonic()
        with nobody_in_particular():
            run = Asker(stage, file)
            assert run.ask() == FRESH
            run.cache.close()
        assert time.monotonic() - began < 5
        assert file.exists() is is_there
        folder.chmod(0o755)


def test_a_file_that_becomes_corrupt_during_a_run_costs_points_and_is_gone_after_it(
    stage: Stage, path: Path
) -> None:
    run = Asker(stage, path)
    run.ask()
    assert run.ask() == KEPT
    path.write_bytes(b"\x7f" * path.stat().st_size)
    assert run.ask() == FRESH
    assert run.ask("is:issue is:public language:Rust") == ([], False)
    run.cache.close()
    assert not path.exists()
    again = Asker(stage, path)
    assert [again.ask(), again.ask()] == [FRESH, KEPT]


def test_a_table_that_goes_away_during_a_run_costs_points(stage: Stage, path: Path) -> None:
    run = Asker(stage, path)
    run.ask()
    execute(path, "DROP TABLE responses")
    assert [run.ask(), run.ask()] == [FRESH, FRESH]
    run.cache.close()
    again = Asker(stage, path)
    assert [again.ask(), again.ask()] == [FRESH, KEPT]


def test_a_full_disk_keeps_what_is_kept(stage: Stage, path: Path) -> None:
    run = Asker(stage, path)
    run.ask()
    with run.cache._backend.responses.connection() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(200):
        query = f"is:issue is:public language:Go {number}"
        assert run.ask(query)[1] is False
        if n_kept(path) == number + 1:
            break
    assert run.ask() == KEPT
    assert run.ask(query)[1] is False
    run.cache.close()
    assert Asker(stage, path).ask() == KEPT


def test_the_file_never_grows_beyond_its_bound(stage: Stage, path: Path) -> None:
    run = Asker(stage, path)
    run.ask()
    with run.cache._backend.responses.connection() as connection:
        facts = [
            connection.execute(f"PRAGMA {one}").fetchone()[0]
            for one in ("max_page_count", "page_size", "busy_timeout", "journal_mode")
        ]
    assert 0 < facts[0] * facts[1] <= MAX_BYTES
    assert facts[2:] == [BUSY_TIMEOUT_MS, "delete"]


def test_another_run_s_lock_is_waited_for_once_and_its_file_left_alone(
    stage: Stage, path: Path
) -> None:
    Asker(stage, path).ask()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    run = Asker(stage, path)
    for _ in range(5):
        assert run.ask() == FRESH
    run.cache.close()
    assert time.monotonic() - began < 3 * BUSY_TIMEOUT_MS / 1000
    other.execute("COMMIT")
    other.close()
    assert Asker(stage, path).ask() == KEPT


def test_a_lock_that_comes_during_a_run_is_waited_for_once(stage: Stage, path: Path) -> None:
    run = Asker(stage, path)
    run.ask()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    for _ in range(5):
        assert run.ask() == FRESH
    run.cache.close()
    assert time.monotonic() - began < 3 * BUSY_TIMEOUT_MS / 1000
    other.close()
    assert Asker(stage, path).ask() == KEPT


def test_what_is_too_old_goes_and_the_file_does_not_grow_for_ever(stage: Stage, path: Path) -> None:
    for number in range(60):
        boats = stage.world.repository("tidepool/boats")
        stage.world.open_issue(boats, "marisol-example", f"{number} {'x' * 200}", "", ("easy",))
    sizes = []
    for number in range(10):
        run = Asker(stage, path)
        for part in range(3):
            run.ask(f"is:issue is:public language:Go created:>2020-01-{number * 3 + part + 1:02}")
        run.cache.close()
        assert n_kept(path) == 3
        sizes.append(path.stat().st_size)
        execute(path, "UPDATE responses SET expires = expires - 86400")
    assert max(sizes) <= sizes[0] * 1.1
    Asker(stage, path).ask("is:issue is:public language:Rust")
    assert n_kept(path) == 1
    assert path.stat().st_size < sizes[0] / 2


@pytest.mark.parametrize("expires", [None, "2200-01-01T00:00:00+00:00", "2020-01-01T00:00:00"])
def test_an_answer_that_says_to_be_good_for_longer_is_not_believed(
    stage: Stage, path: Path, expires: str | None
) -> None:
    Asker(stage, path).ask()
    run = Asker(stage, path)
    assert run.ask() == KEPT
    change_rows(path, lambda row: row.update(expires=expires))
    assert run.ask() == FRESH


def test_answers_of_another_serializer_are_not_read(
    stage: Stage, path: Path, tmp_path: Path
) -> None:
    class Command:
        def __reduce__(self) -> tuple:
            return os.mkdir, (str(tmp_path / "executed"),)

    run = Asker(stage, path)
    run.ask()
    execute(path, "UPDATE responses SET value = ?", pickle.dumps(Command()))
    assert run.ask() == FRESH
    assert not (tmp_path / "executed").exists()


def test_a_file_that_the_library_s_defaults_wrote_is_taken_over(stage: Stage, path: Path) -> None:
    session = requests_cache.CachedSession(str(path), allowable_methods=("GET", "POST"))
    headers = {"Authorization": f"bearer {TOKEN}"}
    session.get(stage.sandbox.url + "/rate_limit", headers=headers)
    session.close()
    assert n_kept(path) == 1
    run = Asker(stage, path)
    assert [run.ask(), run.ask()] == [FRESH, KEPT]
    run.cache.close()
    # It was to be kept for ever.
    assert n_kept(path) == 1


def test_a_session_that_outlives_its_file_asks_afresh(stage: Stage, path: Path) -> None:
    run = Asker(stage, path)
    run.ask()
    run.cache.close()
    assert run.ask() == FRESH
    assert AnswerCache(path).close() is None
    assert Asker(stage, path).ask() == KEPT
