"""Track records over whole weeks: whose they are, how long they hold, and what they may cost."""

import json
from collections import Counter
from datetime import datetime, timedelta

from bot.adapters.database import SqlJournal
from bot.harvest.issue import RepositoryFacts
from bot.sandbox.fault_nulls import null_field
from bot.sandbox.faults import Match
from tests.stage import NOW, Stage

RECORDS = Match(operation="ReadRecords")


def _asked_for(stage: Stage) -> Counter[str]:
    """How often each project's record was asked for."""
    asked = [one for one in stage.sandbox.requests if one.kind == "graphql ReadRecords"]
    return Counter(str(one) for each in asked for one in each.variables["ids"])


def _facts(stage: Stage) -> dict[str, RepositoryFacts | None]:
    with SqlJournal.open(f"sqlite:///{stage.folder / 'state.db'}") as journal:
        kept = journal.issue_store().recall().issues
    return {issue.repository.id: issue.repository.facts for issue in kept}


def _read_at(stage: Stage) -> dict[str, datetime]:
    return {
        one: facts.record.read_at for one, facts in _facts(stage).items() if facts and facts.record
    }


def test_records_are_asked_for_projects_of_the_shortlist_only_and_kept(stage: Stage) -> None:
    assert stage.call("run") == 0
    asked, kept = _asked_for(stage), _facts(stage)
    assert set(asked.values()) == {1}
    assert 10 < len(asked) < len(kept)
    assert set(_read_at(stage)) == set(asked)
    homes = {home.node_id: home for home in stage.world.repositories.values()}
    for one in asked:
        facts = kept[one]
        assert facts is not None
        assert facts.record is not None
        assert facts.record.n_commits == homes[one].commits
        assert (facts.record.n_closed_pull_requests or 0) >= homes[one].closed_pull_requests
        assert (facts.record.n_merged_lately > 0) is bool(homes[one].merged_by)
        assert facts.language_shares is not None
        assert abs(sum(facts.language_shares) - 1) < 1e-9


def test_records_hold_for_four_weeks_whatever_else_is_read_meanwhile(stage: Stage) -> None:
    stage.call("run")
    first = _read_at(stage)
    stage.call("run", now=NOW + timedelta(days=27))
    assert {one: _read_at(stage)[one] for one in first} == first
    stage.call("run", now=NOW + timedelta(days=29))
    again = {one for one, read_at in _read_at(stage).items() if read_at > NOW + timedelta(days=28)}
    assert again
    assert again <= set(first)


def test_a_week_without_any_record_is_complete(stage: Stage, capsys) -> None:
    stage.sandbox.faults.add(null_field("merged"), RECORDS, times=None)
    assert stage.call("run", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert _asked_for(stage)
    assert (_read_at(stage), report["complete"]) == ({}, True)
