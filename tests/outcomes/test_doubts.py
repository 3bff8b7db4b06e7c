"""What would settle a pick for good is doubted: a token may be blind, or the work in a copy."""

from datetime import timedelta

from bot.outcomes.follow import follow
from bot.outcomes.judge import Seen, judge
from bot.outcomes.progress import Outcome
from bot.terms import IssueRef
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.fakes_outcomes import MemoryAftermaths, build_aftermath, build_merged_pull


def picks(n):
    return [build_progress(number=k, login=f"student-{k}-example") for k in range(1, n + 1)]


class BlindAftermaths(MemoryAftermaths):
    """GitHub says of every id that there is nothing."""

    def read_aftermaths(self, ids):
        super().read_aftermaths(ids)
        return {one: self.aftermaths.get(one) for one in ids}


def test_a_token_that_sees_nothing_settles_nothing():
    done = follow(picks(20), BlindAftermaths(), {}, NOW, 60)

    assert all(one.outcome is not Outcome.GONE for one in done.progress)
    assert "token" in done.error.advice
    assert "20 picks" in done.notes[0]


def test_a_few_issues_that_are_missed_twice_are_gone():
    known = picks(9)
    seen = {one.node_id: build_aftermath(one.ref.number) for one in known[:5]}

    once = follow(known, BlindAftermaths(seen), {}, NOW, 60)
    twice = follow(once.progress, BlindAftermaths(seen), {}, NOW + timedelta(days=7), 60)

    assert {one.outcome for one in once.progress} == {Outcome.OPEN}
    gone = [one for one in twice.progress if one.outcome is Outcome.GONE]
    assert (len(gone), once.error, twice.error) == (4, None, None)


def test_what_was_missed_by_chance_is_looked_at_again_and_goes_on():
    resting = {"offered_at": days_ago(42), "read_at": days_ago(7), "updated_at": days_ago(40)}
    begun = build_progress(Outcome.ASSIGNED, **resting)
    source = BlindAftermaths()
    (missed,) = follow([begun], source, {}, NOW, 60).progress
    (heard,) = follow([missed], source, {}, NOW + timedelta(hours=3), 60).progress or [missed]
    source.aftermaths[begun.node_id] = build_aftermath(assigned=("ada-example",))

    (seen,) = follow([heard], source, {}, NOW + timedelta(days=1), 60).progress

    assert [one.outcome for one in (missed, heard, seen)] == [Outcome.ASSIGNED] * 3
    assert (missed.missed_at, seen.missed_at) == (NOW, None)
    again = judge(seen, Seen(None), NOW + timedelta(days=8))
    assert again.outcome is Outcome.ASSIGNED, "the misses are not in a row"


def test_what_is_merged_into_ones_own_copy_is_no_contribution_yet():
    pull = build_merged_pull(ref=IssueRef("ada-example/starcharts", 3), closes=True)

    after = judge(build_progress(), Seen(build_aftermath(pulls=(pull,)), {}, None), NOW)

    assert after.outcome is not Outcome.MERGED
