"""What a digest says of what the stages before it found."""

from dataclasses import replace

import pytest

from bot.allocation.allotment import Allotment
from bot.community.replies import Answerer
from bot.composition import Edition, compose_digest, shown_reasons
from bot.digest import Person, Welcome
from bot.ranking.rank import score_issue
from bot.ranking.score import Reason
from bot.sayings import Saying
from bot.screening.reasons import Drop, DropCode
from bot.screening.screen import Screened
from bot.selection import Selection
from bot.terms import Claiming, Effort, Kind, Week
from tests.builders_core import (
    NOW,
    build_facts,
    build_issue,
    build_repository,
    build_student,
)
from tests.fakes_community import build_community_of
from tests.wording import worded

EDITION = Edition(Week(2026, 47), NOW, is_complete=True, points=41)


def composed(
    picks=(),
    spares=(),
    *,
    kept=(),
    drops=(),
    n_considered=9,
    edition=EDITION,
    communities=None,
    **keys,
):
    student = build_student(**keys)
    ranked = [tuple(score_issue(one, student, NOW) for one in some) for some in (picks, spares)]
    selection = Selection(
        student=student,
        n_considered=n_considered,
        screened=Screened(tuple(kept), tuple(drops)),
        allotment=Allotment(*ranked),
    )
    return compose_digest(selection, edition)


def reasons(**contributions):
    return tuple(Reason(name, share, Saying("base")) for name, share in contributions.items())


def drop(number, code):
    return Drop(build_issue(number), code, "rule", "because")


def test_a_digest_carries_the_edition():
    digest = composed([build_issue()])

    assert (digest.schema, digest.week, digest.student) == (1, "2026-W47", "ada-example")
    assert (digest.taken_at, digest.complete, digest.points) == (NOW, True, 41)


def test_an_incomplete_harvest_makes_an_incomplete_digest():
    cut = Edition(Week(2026, 47), NOW, is_complete=False, points=700)

    assert composed([build_issue()], edition=cut).complete is False


def test_spares_stand_behind_the_picks():
    digest = composed([build_issue(1), build_issue(2)], [build_issue(3)])

    assert [(pick.number, pick.spare) for pick in digest.picks] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_drops_are_counted_by_code_the_commonest_first():
    drops = [
        drop(1, DropCode.TAKEN),
        drop(2, DropCode.FARM),
        drop(3, DropCode.FARM),
        drop(4, DropCode.AVOIDED),
    ]

    dropped = composed([build_issue()], drops=drops).dropped

    assert list(dropped.items()) == [("farm", 2), ("avoided", 1), ("taken", 1)]


def test_a_pick_carries_what_is_known_of_issue_and_project():
    facts = build_facts(guide="https://example.org/guide", licence="Apache-2.0", stars=77)
    issue = build_issue(12, title="Fix a typo", repository=build_repository(facts=facts))

    (pick,) = composed([issue]).picks

    assert (pick.repository, pick.number, pick.title) == ("lumen-lab/starcharts", 12, "Fix a typo")
    assert pick.url == "https://github.com/lumen-lab/starcharts/issues/12"
    assert (pick.description, pick.language) == ("Star charts for small telescopes", "Python")
    assert (pick.stars, pick.licence, pick.labels) == (77, "Apache-2.0", ("good first issue",))
    assert (pick.kind, pick.effort, pick.guide) == (Kind.DOCS, Effort.EVENING, facts.guide)
    assert pick.node_id == issue.id


def test_a_pick_is_not_verified_yet():
    (pick,) = composed([build_issue()]).picks

    assert (pick.free, pick.verified_at) == (None, None)


def test_a_picks_reasons_are_its_score():
    student_keys = {"languages": ["Python"], "interests": ["charts"]}

    (pick,) = composed([build_issue()], **student_keys).picks

    assert sum(one.contribution for one in pick.reasons) == pytest.approx(pick.log_odds, abs=1e-9)
    assert pick.reasons[0].feature == "base"
    assert 2 <= sum(one.shown for one in pick.reasons) <= 4


def test_unknown_facts_make_a_pick_that_says_less():
    (pick,) = composed([build_issue(repository=build_repository(facts=None))]).picks

    assert (pick.description, pick.licence, pick.guide) == (None, None, None)


def test_a_pick_is_introduced_by_what_is_known_of_its_project():
    issue = build_issue(repository=build_repository(facts=build_facts(guide="https://g.example")))
    known = build_community_of(issue.repository.id, claiming=Claiming.JUST_OPEN)

    (pick,) = composed([issue], edition=replace(EDITION, communities={known.id: known})).picks
    (bare,) = composed([issue]).picks

    assert pick.people == (Person("mira-example", 4, 6),)
    assert pick.welcome == Welcome(5.0, 0.5)
    assert (pick.channels, pick.claiming) == (known.places, Claiming.JUST_OPEN)
    assert pick.guide == "https://g.example"
    assert (bare.people, bare.welcome, bare.claiming) == ((), None, Claiming.UNKNOWN)


def test_no_more_people_are_introduced_than_one_can_remember():
    issue = build_issue()
    crowd = tuple(Answerer(f"m{n}-example", 9 - n) for n in range(5))
    known = build_community_of(issue.repository.id, answerers=crowd)

    (pick,) = composed([issue], edition=replace(EDITION, communities={known.id: known})).picks

    assert [one.login for one in pick.people] == ["m0-example", "m1-example", "m2-example"]


def test_the_four_strongest_reasons_are_shown():
    shown = shown_reasons(reasons(base=-1.2, a=0.2, b=0.5, c=0.9, d=0.15, e=0.4))

    assert shown == {"c", "b", "e", "a"}


def test_weak_reasons_are_not_shown_beside_two_strong_ones():
    assert shown_reasons(reasons(base=-1.2, a=0.9, b=0.15, c=0.1, d=-0.5)) == {"a", "b"}


def test_two_reasons_are_shown_even_when_only_one_is_strong():
    assert shown_reasons(reasons(base=-1.2, a=0.9, b=0.1, c=0.0)) == {"a", "b"}


def test_the_base_is_never_shown():
    assert "base" not in shown_reasons(reasons(base=9.0, a=0.5, b=0.4))


def test_stars_are_not_shown_for_the_line_about_the_project_tells_them():
    assert shown_reasons(reasons(base=-1.2, stars=9.0, a=0.5, b=0.4)) == {"a", "b"}


def test_an_interest_is_shown_in_its_own_words():
    (pick,) = composed([build_issue()], languages=["Python"], interests=["charts"]).picks

    told = {one.feature: worded(one.saying) for one in pick.reasons if one.shown}
    assert told["interest"].startswith("charts is a topic of the project")


def test_a_digest_with_picks_needs_no_excuse():
    assert composed([build_issue()]).notes == ()


def test_a_quiet_week_without_findings_names_the_tastes():
    notes = composed(n_considered=0, languages=["Fortran"], interests=["tides"]).notes

    assert tuple(map(worded, notes)) == ("No open beginner issue was found for Fortran or tides.",)


def test_a_quiet_week_in_which_all_fell_away_says_how_many():
    (why,) = composed(n_considered=7, drops=[drop(1, DropCode.TAKEN)]).notes

    assert worded(why) == "All 7 issues that were looked at for Python fell away."


def test_a_quiet_week_of_weak_matches_says_so():
    notes = composed(n_considered=7, kept=[build_issue(1), build_issue(2)]).notes

    (why,) = notes
    assert worded(why).startswith("Of 2 free issues for Python")
