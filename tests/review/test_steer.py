"""A digest as its mentors want it: without what they dropped, with what they said on top."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digest import MentorNote, digest_from_record, digest_to_record
from bot.rendering.words import load_words
from bot.review.steer import NOTHING_LEFT, steer, steered
from bot.review.verdict import VerdictKind
from bot.sayings import as_written
from bot.terms import IssueRef, Locale
from tests.builders import build_digest, build_pick
from tests.review.steps import ref, verdict

DROP, NOTE = VerdictKind.DROP, VerdictKind.NOTE


def digest(n_picks=3, n_spares=2):
    picks = tuple(
        build_pick(repository="lumen-lab/starcharts", number=n, spare=n > n_picks)
        for n in range(1, n_picks + n_spares + 1)
    )
    return build_digest(picks=picks)


def drop(n, **changes):
    return verdict(DROP, ref=ref(n), position=n, **changes)


def numbers(picks):
    return [pick.number for pick in picks]


def test_what_nobody_spoke_of_stays_as_it_was_prepared():
    assert steer(digest(), ()) == digest()


def test_a_spare_steps_in_for_what_was_dropped():
    made = steer(digest(), [drop(2)])
    assert (numbers(made.offered), numbers(made.spares)) == ([1, 3, 4], [5])


def test_a_spare_that_was_dropped_steps_in_for_nobody():
    made = steer(digest(), [drop(1), drop(4)])
    assert (numbers(made.offered), numbers(made.spares)) == ([2, 3, 5], [])
    assert numbers(steer(digest(), [drop(5)]).picks) == [1, 2, 3, 4]


def test_with_too_few_spares_there_are_fewer_picks():
    assert numbers(steer(digest(n_spares=1), [drop(1), drop(2)]).picks) == [3, 4]


def test_a_digest_that_lost_all_says_why_it_is_quiet():
    made = steer(digest(1, 1), [drop(1), drop(2)])
    assert made.picks == ()
    assert made.notes == (NOTHING_LEFT,)
    quiet = build_digest(picks=(), notes=(as_written("All were taken"),))
    assert steer(quiet, [drop(1)]) == quiet


def test_what_an_earlier_version_wrote_down_of_it_is_the_same():
    words = load_words(Locale.EN).say(NOTHING_LEFT)
    record = digest_to_record(build_digest(picks=(), notes=(as_written(words),)))
    assert steer(digest_from_record(record), [drop(1)]).notes == (NOTHING_LEFT,)


def test_of_a_mentor_the_newest_note_goes_on_top_and_an_empty_one_takes_it_back():
    said = [
        verdict(NOTE, text="old", hours=1),
        verdict(NOTE, text="new", hours=2),
        verdict(NOTE, text="mine", mentor="Alan-Example"),
        verdict(NOTE, text="gone", mentor="zed-example", hours=1),
        verdict(NOTE, text="", mentor="Zed-Example", hours=2),
    ]
    notes = (MentorNote("Alan-Example", "mine"), MentorNote("grace-example", "new"))
    assert steer(digest(), reversed(said)).mentor_notes == notes


def test_a_note_that_was_taken_back_is_gone_from_a_digest_that_had_it():
    noted = steer(digest(), [verdict(NOTE, text="Hi")])
    assert steer(noted, ()).mentor_notes == ()


def test_verdicts_on_others_and_of_other_weeks_change_nothing():
    others = [drop(1, login="ben-example"), drop(2, week="2026-W46")]
    assert steer(digest(), others) == digest()
    assert numbers(steer(digest(), [replace(drop(1), login="ADA-Example")]).offered) == [2, 3, 4]


def test_what_was_steered_away_is_kept_folded():
    assert steered([drop(1), verdict(NOTE, text="x"), verdict(VerdictKind.HOLD)]) == {
        IssueRef("lumen-lab/starcharts", 1)
    }


@given(st.sets(st.integers(1, 8)), st.integers(0, 5), st.integers(0, 3))
def test_steering_twice_changes_nothing_and_never_offers_more(dropped, n_picks, n_spares):
    said = [drop(n) for n in dropped] + [verdict(NOTE, text="Hi")]
    before = digest(n_picks, n_spares)
    once = steer(before, said)
    assert steer(once, said) == once
    assert len(once.offered) <= len(before.offered)
    assert not {pick.number for pick in once.picks} & dropped


def test_a_note_is_kept():
    noted = steer(digest(), [verdict(NOTE, text="Hi")])
    assert digest_from_record(digest_to_record(noted)) == noted
