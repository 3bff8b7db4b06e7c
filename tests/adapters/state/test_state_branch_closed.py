"""A branch that everybody can see, and only the club's key can read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.git_remote import GitRemote
from bot.adapters.sealing import KeyPair, make_key_pair
from bot.adapters.state_branch import BRANCH
from bot.adapters.state_seal import Seal
from bot.errors import ConfigurationError, JournalError
from tests.adapters.state.machines import OPEN, WEEK, Machine, files, log


@pytest.fixture
def keys() -> KeyPair:
    return make_key_pair()


def closed(keys: KeyPair) -> Seal:
    return Seal(True, keys.public_key, keys.identity)


def test_in_public_all_but_the_readme_is_closed_and_no_name_tells_a_login(
    machine: Callable[..., Machine], bare: Path, keys: KeyPair
) -> None:
    one, other = machine(seal=closed(keys)), machine(seal=closed(keys))
    one.prepare("ada-lovelace")
    one.branch.push("First")
    found = files(bare)
    assert "digests/2026-W47.jsonl.gz.age" in found
    assert [path for path in found if not path.endswith(".age")] == ["README.md"]
    assert all(found[path].startswith(b"age-encryption.org") for path in found if "age" in path)
    assert b"lovelace" not in b"".join(found.values()) + "".join(found).encode()
    other.branch.pull()
    assert other.journal.entries(WEEK) == one.journal.entries(WEEK)


def test_closed_files_whose_rows_are_the_same_keep_their_bytes(
    machine: Callable[..., Machine], bare: Path, keys: KeyPair
) -> None:
    one, other = machine(seal=closed(keys)), machine(seal=closed(keys))
    one.prepare("ada")
    one.branch.push("First")
    before = files(bare)
    other.branch.pull()
    other.stop("ada")
    other.branch.push("Second")
    after = files(bare)
    assert {path for path in after if after[path] != before.get(path)} == {"stops.jsonl.gz.age"}


def test_a_repository_that_becomes_public_closes_all_and_leaves_no_open_history(
    machine: Callable[..., Machine], bare: Path, keys: KeyPair
) -> None:
    one = machine()
    one.prepare("ada")
    one.branch.push("Open")
    one.seal = closed(keys)
    one.branch.push("Closed")
    assert log(bare) == ["Closed"]
    assert [path for path in files(bare) if not path.endswith(".age")] == ["README.md"]
    one.seal = OPEN
    one.branch.push("Open again")
    assert not [path for path in files(bare) if path.endswith(".age")]


def test_with_a_new_key_all_is_closed_again(
    machine: Callable[..., Machine], bare: Path, keys: KeyPair
) -> None:
    one, other, new = machine(seal=closed(keys)), machine(), make_key_pair()
    one.prepare("ada")
    one.branch.push("Old key")
    one.seal = closed(new)
    one.branch.push("New key")
    other.seal = closed(new)
    other.branch.pull()
    assert other.journal.entries(WEEK) == one.journal.entries(WEEK)
    other.seal = closed(keys)
    with pytest.raises(JournalError, match="cannot be opened"):
        other.branch.pull(force=True)


def test_in_public_without_a_public_key_nothing_is_pushed_and_no_run_begins(
    machine: Callable[..., Machine],
) -> None:
    one = machine(seal=Seal(is_needed=True))
    one.branch.pull()
    one.stop("ada")
    for action in (lambda: one.branch.push("First"), one.branch.begin):
        with pytest.raises(ConfigurationError, match="public_key") as caught:
            action()
        assert "foothold keygen" in caught.value.advice
    assert GitRemote(str(one.bare)).tip(BRANCH) is None


def test_a_closed_branch_is_not_pulled_without_the_key(
    machine: Callable[..., Machine], keys: KeyPair
) -> None:
    one, other = machine(seal=closed(keys)), machine(seal=Seal(True, keys.public_key))
    one.stop("ada")
    one.branch.push("First")
    with pytest.raises(ConfigurationError, match="FOOTHOLD_KEY"):
        other.branch.pull()
