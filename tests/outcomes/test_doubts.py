"""What would settle a pick for good is doubted: a token may be blind, or the work in a copy."""

from bot.outcomes.follow import follow
from bot.outcomes.judge import Seen, judge
from bot.outcomes.progress import Outcome
from bot.terms import IssueRef
from tests.builders_cohort import NOW, build_progress
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


def test_a_few_issues_may_be_gone():
    known = picks(9)
    seen = {one.node_id: build_aftermath(one.ref.number) for one in known[:5]}

    done = follow(known, BlindAftermaths(seen), {}, NOW, 60)

    gone = [one for one in done.progress if one.outcome is Outcome.GONE]
    assert (len(gone), done.error) == (4, None)


def test_what_is_merged_into_ones_own_copy_is_no_contribution_yet():
    pull = build_merged_pull(ref=IssueRef("ada-example/starcharts", 3), closes=True)

    after = judge(build_progress(), Seen(build_aftermath(pulls=(pull,)), {}, None), NOW)

    assert after.outcome is not Outcome.MERGED
