"""Two journals that grew from one: what was sent wins, what was told last counts."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database_engine import open_engine, transaction
from bot.adapters.database_tables import consents, deliveries, digests, picks, stops
from bot.adapters.state_files import State, read_state, write_state
from bot.adapters.state_merging import Forgot, changes, marks_of, merge
from bot.adapters.state_rows import StateRow
from tests.adapters.state.filling import contents, fill

#: Moments of tables have no zone.
AT = datetime(2026, 11, 22, 5)  # noqa: DTZ001
ADA = {"week": "2026-W47", "login": "ada"}


def state(*rows: StateRow) -> State:
    return {one.key: one for one in rows}


def row(table: Any, **values: Any) -> StateRow:
    return StateRow(table, {column.name: values.get(column.name) for column in table.columns})


def digest(is_out: bool = False, **values: Any) -> StateRow:
    known = {"state": "delivered", "delivered_at": AT} if is_out else {"state": "prepared"}
    return row(digests, **{**ADA, "digest": "{}", "channel": "issue", **known, **values})


def delivery(**values: Any) -> StateRow:
    known = {**ADA, "channel": "issue", "intent_at": AT, "n_deferrals": 0, "target": ""}
    return row(deliveries, **{**known, **values})


def pick(number: int, **values: Any) -> StateRow:
    known = {**ADA, "position": number, "spare": False, "repository": "a/b"}
    return row(picks, **{**known, "repository_folded": "a/b", "number": number, **values})


def stop(login: str, hours: int = 0) -> StateRow:
    return row(stops, login=login, at=AT + timedelta(hours=hours))


def consent(**values: Any) -> StateRow:
    return row(
        consents, **{"login": "ada", "address": "f00d", "text": "", "asked_at": AT, **values}
    )


def merged(base: State, ours: State, theirs: State, forgot: Forgot | None = None) -> State:
    return merge(marks_of(base), ours, theirs, forgot)


def marks(rows: State) -> set[str]:
    return {one.mark for one in rows.values()}


def test_what_each_side_added_changed_and_took_out_counts() -> None:
    base = state(stop("changed"), stop("ours-lifted"), stop("their-lifted"), stop("kept"))
    ours = state(stop("changed"), stop("their-lifted"), stop("kept"), stop("ours-new"))
    theirs = state(stop("changed", 2), stop("ours-lifted"), stop("kept"), stop("their-new"))
    expected = state(stop("changed", 2), stop("kept"), stop("ours-new"), stop("their-new"))
    assert marks(merged(base, ours, theirs)) == marks(expected)
    assert marks(merged(base, theirs, ours)) == marks(expected)


@pytest.mark.parametrize(("hours", "theirs_later"), [(1, True), (-1, False)])
def test_of_what_was_told_to_both_the_last_counts(hours: int, theirs_later: bool) -> None:
    ours, theirs = state(stop("ada")), state(stop("ada", hours))
    assert merged(state(), ours, theirs) == (theirs if theirs_later else ours)


def test_what_one_side_took_out_stays_out_though_the_other_changed_it() -> None:
    asked, mailed = consent(), consent(mailed_at=AT)
    assert merged(state(asked), state(), state(mailed)) == {}
    assert merged(state(asked), state(mailed), state()) == {}


def test_a_stop_that_was_told_meanwhile_outweighs_that_an_older_one_was_taken_back() -> None:
    pause, stopped = stop("ada"), stop("ada", 1)
    for ours, theirs in ((state(), state(stopped)), (state(stopped), state())):
        assert merged(state(pause), ours, theirs) == state(stopped)
        assert merged(state(pause), ours, theirs, Forgot(not ours, not theirs)) == {}


def test_a_receipt_wins_over_the_intent_that_was_pushed() -> None:
    base = state(digest(), pick(1), pick(2, spare=True))
    pledged = state(*base.values(), delivery())
    sent = state(digest(True), pick(1), delivery(delivered_at=AT, place="here"))
    for one, other in ((sent, pledged), (pledged, sent)):
        assert marks(merged(base, one, other)) == marks(sent)


def test_a_doubt_wins_over_what_surely_is_not_out() -> None:
    refused = state(digest(), delivery(setback="unsent"))
    doubt = state(digest(), delivery())
    for one, other in ((refused, doubt), (doubt, refused)):
        assert marks(merged(state(digest()), one, other)) == marks(doubt)


def test_a_digest_that_is_out_is_not_lost_because_the_other_side_took_it_back() -> None:
    base = state(digest(), pick(1))
    sent = state(digest(True), pick(1), delivery(delivered_at=AT, place="here"))
    for one, other in ((sent, state()), (state(), sent)):
        assert marks(merged(base, one, other)) == marks(sent)


def test_who_was_forgotten_stays_so_though_the_other_side_just_sent_something() -> None:
    base = state(digest(), pick(1))
    sent = state(digest(True), pick(1), delivery(delivered_at=AT, place="here"))
    assert merged(base, sent, state(), Forgot(theirs=True)) == {}
    assert merged(base, state(), sent, Forgot(ours=True)) == {}


def test_what_is_new_is_kept_though_somebody_was_forgotten() -> None:
    one, other = state(digest(), pick(1)), state(stop("ben"))
    both = marks(one) | marks(other)
    assert marks(merged(state(), one, other, Forgot(ours=True, theirs=True))) == both


def test_an_issue_that_both_sides_offered_is_ours() -> None:
    ben = {"login": "ben", "position": 1}
    ours, theirs = state(digest(), pick(1)), state(digest(login="ben"), pick(1, **ben))
    assert marks(merged(state(), ours, theirs)) == marks(
        state(digest(), pick(1), digest(login="ben"))
    )


def test_only_what_the_other_side_has_not_counts_as_a_change() -> None:
    base = state(stop("a"), stop("b"), stop("c"))
    ours = state(stop("a", 1), stop("b"), stop("d"))
    theirs = state(stop("a", 2), stop("b", 2), stop("c"), stop("d"))
    assert changes(marks_of(base), ours, theirs) == len({"a changed", "c lifted"})


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_whatever_both_sides_hold_the_result_breaks_no_promise(seed: int) -> None:
    sides, random = [], Random(seed)
    engine = open_engine("sqlite://")
    for _ in range(3):
        with transaction(engine, writes=True) as connection:
            write_state(connection, {})
            fill(connection, random)
            sides.append(read_state(connection))
    base, ours, theirs = sides
    result = merged(base, ours, theirs)
    with transaction(engine, writes=True) as connection:
        write_state(connection, result)
    assert sum(map(len, contents(engine).values())) == len(result) + 1
    engine.dispose()
    assert marks(merged(base, ours, base)) == marks(ours)
    assert marks(merged(base, base, theirs)) == marks(theirs)
