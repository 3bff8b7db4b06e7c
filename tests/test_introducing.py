"""What is gathered around a week's picks, within its points, and noted where it is missing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.allocation.allotment import Allotment
from bot.errors import LimitReached, Outage
from bot.introducing import introduce, introduction_budget, pair_up, points_left
from bot.outcomes.progress import Outcome
from bot.ranking.rank import score_issue
from bot.register import Stop
from bot.schedule import Run
from bot.screening.screen import Screened
from bot.selection import Selection
from bot.terms import ChannelName, Week
from tests.builders import WEEK, build_digest
from tests.builders_cohort import NOW, build_progress
from tests.builders_core import (
    build_club,
    build_facts,
    build_issue,
    build_repository,
    build_student,
)
from tests.fakes_community import MemoryCommunities, build_profile, build_question
from tests.fakes_office import build_office

ADA = build_student("ada-example", peers=True)
BEN = build_student("ben-example", peers=True)


def issue_of(name, number=1, *, has_discussions=True):
    facts = build_facts(has_discussions=has_discussions)
    return build_issue(number, repository=build_repository(name, id=f"R_{name}", facts=facts))


def selection_of(student, picks=(), spares=(), kept=()):
    ranked = [tuple(score_issue(one, student, NOW) for one in some) for some in (picks, spares)]
    return Selection(student, 9, Screened(tuple(kept), ()), Allotment(*ranked))


def run_of(**club):
    return Run(build_club(**club), Week.parse(WEEK), NOW)


def source_of(*names):
    profiles = {f"R_{name}": build_profile(name=name, has_discussions=True) for name in names}
    return MemoryCommunities(profiles=profiles)


def test_a_small_club_gets_a_few_points_a_large_one_half_a_point_each_and_no_run_more_than_a_part():
    assert introduction_budget(700, 4, is_first=True) == 10
    assert introduction_budget(700, 150, is_first=True) == 75
    assert introduction_budget(700, 400, is_first=False) == 20
    assert introduction_budget(700, 5_000, is_first=True) == 100
    assert introduction_budget(40, 4, is_first=True) == 5


def test_a_week_s_runs_share_its_points_and_later_weeks_have_a_tenth():
    many, run = [build_student(f"s{n}-example") for n in range(400)], run_of()
    office = build_office(*many, community=source_of())
    assert points_left(run, office) == 100
    office.communities.record_points(WEEK, 30)
    assert points_left(run, office) == 70
    later = replace(run, week=run.week.before(-1))
    assert points_left(later, office) == 20


def test_projects_are_met_and_kept_and_their_cost_is_written_down():
    office = build_office(ADA, community=source_of("o/a", "o/b"))
    selections = [selection_of(ADA, [issue_of("o/a")], [issue_of("o/b")])]

    first = introduce(run_of(), selections, office)
    again = introduce(run_of(), selections, replace(office, community=source_of("o/a", "o/b")))

    assert first.communities.keys() == {"R_o/a", "R_o/b"}
    assert office.communities.points(WEEK) == first.points == 2
    assert again.communities == first.communities
    assert again.points == 0


def test_projects_of_most_students_come_first_and_spares_last():
    source = source_of("o/a", "o/b", "o/c")
    selections = [
        selection_of(ADA, [issue_of("o/a"), issue_of("o/b")], [issue_of("o/c")]),
        selection_of(BEN, [issue_of("o/b", 2)]),
    ]

    introduce(run_of(), selections, build_office(ADA, BEN, community=source))

    assert source.asked[0] == ("R_o/b", "R_o/a", "R_o/c")


def test_where_github_has_ended_or_there_is_no_token_what_is_known_is_told():
    office = build_office(ADA, community=source_of("o/a"))
    selections = [selection_of(ADA, [issue_of("o/a"), issue_of("o/b")])]
    introduce(run_of(), selections, office)
    silent = source_of("o/a", "o/b")

    ended = introduce(run_of(), selections, replace(office, community=silent), has_ended=True)
    alone = introduce(run_of(), selections, replace(office, community=None))

    assert silent.asked == []
    assert ended.communities.keys() == alone.communities.keys() == {"R_o/a"}


def test_what_could_not_be_looked_up_is_noted_without_names():
    source = source_of("o/a")
    source.failures.append(LimitReached("GitHub's limit is reached.", "Wait."))

    told = introduce(
        run_of(), [selection_of(ADA, [issue_of("o/a")])], build_office(ADA, community=source)
    )

    (note,) = told.notes
    assert note.startswith("Who works in one project of this week's picks was not looked up.")
    assert note.endswith("GitHub's limit is reached.")
    assert "o/a" not in told.notes[0]


def test_a_question_comes_from_the_projects_of_picks_and_then_from_what_else_matches():
    source = source_of("o/a")
    source.discussions = {"o/z": (build_question("o/z"),)}
    kept = [issue_of("o/z", 7), issue_of("o/y", 8, has_discussions=False)]
    selections = [selection_of(ADA, [issue_of("o/a")], kept=kept)]

    told = introduce(run_of(), selections, build_office(ADA, community=source))

    assert source.asked[-1] == ("o/a", "o/z")
    assert told.questions["ada-example"] == (build_question("o/z"),)


@pytest.mark.parametrize("is_told", [True, False])
def test_a_question_of_an_earlier_digest_is_not_asked_again(is_told):
    question = build_question("o/a")
    source = source_of("o/a")
    source.discussions = {"o/a": (question,)}
    office = build_office(ADA, community=source)
    if is_told:
        from bot.digest import Question

        told = Question("o/a", question.title, question.url)
        digest = build_digest(student="ada-example", week="2026-W46", questions=(told,), picks=())
        office.journal.record_week("2026-W46", [(digest, ChannelName.FILE)])
        from bot.delivery import Receipt

        office.journal.record_receipt(
            Receipt("2026-W46", "ada-example", ChannelName.FILE, "out/x", NOW)
        )

    found = introduce(run_of(), [selection_of(ADA, [issue_of("o/a")])], office).questions

    assert bool(found["ada-example"]) is not is_told


def test_digests_are_paired_up_by_what_clubmates_work_on():
    office = build_office(ADA, BEN)
    digest = build_digest(student="ada-example")
    work = build_progress(Outcome.PULL_REQUEST, login="ben-example")

    (paired,) = pair_up(run_of(), [digest], office, [work])

    assert [one.login for one in paired.peers] == ["ben-example"]


def test_only_what_is_left_of_the_week_is_kept_for_introductions():
    office = build_office(ADA, community=source_of("o/a"))
    before = points_left(run_of(), office)
    introduce(run_of(), [selection_of(ADA, [issue_of("o/a")])], office)

    assert (before, points_left(run_of(), office)) == (10, 8)
    assert points_left(run_of(), replace(office, community=None)) == 0


def test_an_outage_of_one_question_is_none_of_the_others():
    source = source_of("o/a")
    source.failures.append(Outage("GitHub did not answer.", "Wait."))
    source.discussions = {"o/a": (build_question("o/a"),)}

    told = introduce(
        run_of(), [selection_of(ADA, [issue_of("o/a")])], build_office(ADA, community=source)
    )

    assert told.questions["ada-example"] == (build_question("o/a"),)


class Silent(MemoryCommunities):
    """Tells of people, and of no discussions."""

    failure = None

    def search_questions(self, repositories, since):
        self._ask(repositories)
        raise self.failure


def silent(failure):
    source = Silent(profiles=source_of("o/a").profiles)
    source.failure = failure
    return build_office(ADA, community=source)


def test_questions_that_could_not_be_looked_for_are_noted():
    office = silent(Outage("GitHub did not answer.", "Wait."))
    told = introduce(run_of(), [selection_of(ADA, [issue_of("o/a")])], office)

    assert told.communities.keys() == {"R_o/a"}
    assert told.notes == (
        "Not all questions that wait for an answer were found. GitHub did not answer.",
    )


def test_a_run_that_is_killed_has_written_down_what_it_paid_until_then():
    office = silent(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        introduce(run_of(), [selection_of(ADA, [issue_of("o/a")])], office)

    assert office.communities.points(WEEK) == 1


@pytest.mark.parametrize("until", [None, date(2026, 12, 24)])
def test_a_clubmate_who_left_is_named_to_nobody_one_who_rests_is(until):
    office = build_office(ADA, BEN)
    office.register.record_stop(Stop("ben-example", NOW, until))
    work = build_progress(Outcome.PULL_REQUEST, login="ben-example")

    (paired,) = pair_up(run_of(), [build_digest(student="ada-example")], office, [work])

    assert bool(paired.peers) is (until is not None)


def test_where_the_weeks_points_are_spent_that_is_noted_and_nothing_is_asked():
    source = source_of("o/a")
    office = build_office(ADA, community=source)
    office.communities.record_points(WEEK, 10)

    told = introduce(run_of(), [selection_of(ADA, [issue_of("o/a")])], office)

    assert source.asked == []
    assert [one.endswith("The points for it are spent.") for one in told.notes] == [True, True]


def test_a_run_without_points_tells_the_questions_that_an_earlier_one_of_the_day_found():
    source = source_of("o/a")
    source.discussions = {"o/a": (build_question("o/a"),)}
    office = build_office(ADA, community=source)
    selections = [selection_of(ADA, [issue_of("o/a")])]
    first = introduce(run_of(), selections, office)
    office.communities.record_points(WEEK, 1_000)

    again = introduce(run_of(), selections, office)

    assert again.questions == first.questions != {}
    assert (again.points, again.notes) == (0, ())
