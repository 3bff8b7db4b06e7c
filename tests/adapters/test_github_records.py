"""Track records: counts that are not told are unknown, and nobody new is no guess of ours."""

from collections.abc import Iterator

import pytest

from bot.adapters.github_records import RecordPayload
from bot.adapters.payloads import parse
from bot.harvest.issue import TrackRecord
from bot.harvest.source import Step
from bot.sandbox import faults
from bot.sandbox.fault_nulls import null_nodes, partial_data
from bot.sandbox.faults import Match
from tests.adapters.asking import NOW, Asked, asking, repository_ids

RECORDS = Match(operation="ReadRecords")


def by(login: str | None, association: str = "CONTRIBUTOR", kind: str = "User") -> dict:
    author = None if login is None else {"__typename": kind, "login": login}
    return {"authorAssociation": association, "author": author}


def branch(n_commits: int) -> dict:
    return {"target": {"__typename": "Commit", "history": {"totalCount": n_commits}}}


def read(*merged: dict | None, **changes: object) -> TrackRecord | None:
    node = {
        "id": "R_1",
        "closed": {"totalCount": 310},
        "merged": {"nodes": list(merged)},
        "defaultBranchRef": branch(1_200),
        **changes,
    }
    payload = parse(RecordPayload, node)
    return payload.value(NOW) if payload else None


def newcomers(*merged: dict | None) -> tuple[int, int]:
    """How many pull requests count, and how many of them are by newcomers."""
    record = read(*merged)
    assert record is not None
    return record.n_merged_lately, record.n_from_newcomers


@pytest.fixture
def asked() -> Iterator[Asked]:
    with asking() as asked:
        yield asked


def test_a_record_tells_how_much_was_done_and_by_whom() -> None:
    assert read(by("new-example"), by("mira-example", "MEMBER")) == TrackRecord(
        n_commits=1_200,
        n_closed_pull_requests=310,
        n_merged_lately=2,
        n_from_newcomers=1,
        read_at=NOW,
    )


def test_who_has_two_among_the_newest_is_no_newcomer() -> None:
    assert newcomers(by("old-example"), by("new-example"), by("old-example")) == (3, 1)


@pytest.mark.parametrize(
    ("association", "n"),
    [
        ("OWNER", 0),
        ("MEMBER", 0),
        ("COLLABORATOR", 0),
        ("CONTRIBUTOR", 1),
        ("FIRST_TIME_CONTRIBUTOR", 1),
        ("NONE", 1),
    ],
)
def test_those_who_work_on_the_project_are_no_newcomers(association: str, n: int) -> None:
    assert newcomers(by("once-example", association)) == (1, n)


@pytest.mark.parametrize(
    "nobody",
    [
        by(None),
        by("ghost"),
        by("mender-example", kind="Bot"),
        by("mender-example[bot]"),
    ],
    ids=["gone", "ghost", "bot", "bot's name"],
)
def test_ghosts_and_bots_do_not_count(nobody: dict) -> None:
    assert newcomers(nobody, by("new-example"), nobody) == (1, 1)


def test_a_project_that_merged_nothing_has_a_record() -> None:
    assert newcomers() == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"defaultBranchRef": None},
        {"defaultBranchRef": {"target": None}},
        {"defaultBranchRef": {"target": {"__typename": "Tag"}}},
        {"defaultBranchRef": {"target": {"__typename": "Commit", "history": None}}},
    ],
    ids=["empty repository", "null target", "no commit", "not counted"],
)
def test_commits_that_are_not_told_are_unknown(changes: dict) -> None:
    record = read(by("new-example"), **changes)
    assert record is not None
    assert (record.n_commits, record.n_closed_pull_requests, record.n_merged_lately) == (
        None,
        310,
        1,
    )


def test_closed_pull_requests_that_are_not_told_are_unknown() -> None:
    record = read(closed=None)
    assert record is not None
    assert (record.n_commits, record.n_closed_pull_requests) == (1_200, None)


@pytest.mark.parametrize(
    "merged",
    [
        None,
        {"nodes": None},
        {"nodes": [None]},
        {"nodes": [by("new-example"), None]},
        {"nodes": [{"author": {"login": "new-example"}}]},
        {"nodes": [{**by("new-example"), "authorAssociation": None}]},
    ],
)
def test_a_project_whose_merged_pull_requests_are_hidden_has_no_record(merged: object) -> None:
    assert read(merged=merged) is None


def test_a_count_below_nothing_is_not_believed() -> None:
    assert read(closed={"totalCount": -1}) is None


def test_records_come_over_the_wire_as_the_world_has_them(asked: Asked) -> None:
    ids = repository_ids(asked.world)
    home = asked.world.repositories["tidepool/boat-0"]
    for login in ("pip-example", "helper-example[bot]"):
        asked.world.merge(asked.world.open_pull_request(home, login, "Oar"), "tidepool")
    refused = asked.world.open_pull_request(home, "zoe-example", "Cannon")
    asked.world.close_pull_request(refused, "tidepool")
    asked.world.open_pull_request(home, "ada-example", "Sail")
    found = asked.source.read_records([*ids, "R_sunk"])
    assert set(found) == set(ids)
    assert found[ids[0]] == TrackRecord(1_202, 10, 3, 2, NOW)
    assert found[ids[1]] == TrackRecord(1_200, 7, 2, 1, NOW)
    cost = asked.source.spent()[Step.REPOSITORIES]
    assert (cost.requests, cost.points) == (1, 1)


def test_only_the_newest_fifty_are_looked_at(asked: Asked) -> None:
    home = asked.world.repositories["tidepool/boat-0"]
    logins = ["old-example", *(f"new-{n}-example" for n in range(49)), "old-example"]
    home.merged_by = tuple((login, "CONTRIBUTOR") for login in logins)
    home.closed_pull_requests = 300
    record = asked.source.read_records([home.node_id])[home.node_id]
    assert (record.n_closed_pull_requests, record.n_merged_lately) == (300, 50)
    assert record.n_from_newcomers == 50


def test_an_empty_repository_has_a_record_without_commits(asked: Asked) -> None:
    home = asked.world.repositories["tidepool/boat-0"]
    home.pushed_at, home.merged_by, home.closed_pull_requests = None, (), 0
    assert asked.source.read_records([home.node_id]) == {
        home.node_id: TrackRecord(None, 0, 0, 0, NOW)
    }


def test_a_world_that_does_not_know_its_past_tells_no_record(asked: Asked) -> None:
    home = asked.world.repositories["tidepool/boat-0"]
    home.pushed_at, home.merged_by = None, None
    assert asked.source.read_records([home.node_id]) == {}


def test_records_are_asked_in_halves(asked: Asked) -> None:
    ids = repository_ids(asked.world)
    asked.sandbox.faults.add(faults.bad_gateway(), RECORDS)
    assert set(asked.source.read_records(ids)) == set(ids)
    assert asked.sizes() == [13, 12, 1]
    assert asked.repeated() == []


def test_what_was_cut_off_is_asked_again_alone(asked: Asked) -> None:
    ids = repository_ids(asked.world)
    asked.sandbox.faults.add(partial_data(("nodes", 1, "defaultBranchRef")), RECORDS)
    found = asked.source.read_records(ids)
    assert asked.sizes() == [13, 1]
    assert {record.n_commits for record in found.values()} == {1_200}


def test_commits_that_are_never_counted_in_time_are_unknown_and_the_rest_told(
    asked: Asked,
) -> None:
    ids = repository_ids(asked.world)[:3]
    path = ("nodes", 1, "defaultBranchRef", "target", "history")
    asked.sandbox.faults.add(partial_data(path), RECORDS, times=None)
    found = asked.source.read_records(ids)
    assert [found[one].n_commits for one in ids] == [1_200, None, 1_200]
    assert found[ids[1]].n_merged_lately == 2


@pytest.mark.parametrize("way", [(), ("merged",), ("merged", "nodes"), ("merged", "nodes", 0)])
def test_a_record_whose_merged_pull_requests_stay_cut_off_is_missing(
    asked: Asked, way: tuple[str | int, ...]
) -> None:
    ids = repository_ids(asked.world)[:3]
    asked.sandbox.faults.add(partial_data(("nodes", 1, *way)), RECORDS, times=None)
    assert set(asked.source.read_records(ids)) == {ids[0], ids[2]}


@pytest.mark.parametrize("kind", [None, "FORBIDDEN", "NOT_FOUND"])
def test_a_project_that_is_hidden_has_no_record(asked: Asked, kind: str | None) -> None:
    ids = repository_ids(asked.world)[:3]
    path = ("nodes", 1)
    fault = partial_data(path, kind=kind) if kind else null_nodes(path)
    asked.sandbox.faults.add(fault, RECORDS)
    assert set(asked.source.read_records(ids)) == {ids[0], ids[2]}
    assert asked.sizes() == [3]
