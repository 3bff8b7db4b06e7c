"""What was learned of students, as the next digests use it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digest import EarlierPick
from bot.feedback.answer import AnswerKind
from bot.ladder import StatedLevel
from bot.lessons import NO_LESSONS, Lessons
from bot.outcomes.progress import Outcome
from bot.ranking.past import NO_PAST
from bot.review.verdict import VerdictKind
from bot.terms import IssueRef, Level
from tests.builders_core import build_student
from tests.builders_learned import (
    REF,
    SENT_AT,
    build_answer,
    build_progress,
    build_verdict,
)
from tests.wording import worded

ADA = build_student("ada-example", level="first-timer")
NEXT_WEEK = SENT_AT + timedelta(weeks=1)
HEARD_AT = SENT_AT + timedelta(days=5)


def merged(number=12, at=HEARD_AT, **changes):
    return build_progress(
        ref=IssueRef("lumen-lab/starcharts", number),
        outcome=Outcome.MERGED,
        merged_at=at,
        changed_at=at,
        **changes,
    )


def stated(level=Level.FIRST_TIMER, since=SENT_AT):
    return {"ada-example": StatedLevel("ada-example", level, since)}


def test_nothing_is_learned_of_who_was_never_heard():
    leaning = NO_LESSONS.leaning(ADA, NEXT_WEEK)

    assert (leaning.past, leaning.level) == (NO_PAST, None)
    assert NO_LESSONS.last_sign_at("ada-example") is None


def test_a_leaning_is_made_of_the_students_own_answers_outcomes_and_verdicts():
    lessons = Lessons(
        answers=(
            build_answer(),
            build_answer(login="ben-example", source="comment 13", topics=("boats",)),
            build_answer(
                kind=AnswerKind.LESS, ref=None, name="tide-pool/shells", source="comment 14"
            ),
        ),
        progress=(merged(1), merged(2), merged(3, login="ben-example")),
        verdicts=(build_verdict(kind=VerdictKind.DROP, ref=IssueRef("Lumen-Lab/Atlas", 7)),),
        stated=stated(),
    )

    leaning = lessons.leaning(ADA, NEXT_WEEK)

    assert leaning.past.answers.topics["astronomy"] > 0
    assert "boats" not in leaning.past.answers.topics
    assert leaning.less.repositories == ("tide-pool/shells",)
    assert leaning.steered == {IssueRef("lumen-lab/atlas", 7)}
    assert leaning.past.homes == {"lumen-lab/starcharts"}
    assert leaning.level is Level.BEGINNER


def test_a_file_that_states_another_level_is_taken_at_its_word():
    lessons = Lessons(progress=(merged(),), stated=stated())
    changed = build_student("ada-example", level="intermediate")

    assert lessons.level(ADA) is Level.BEGINNER
    assert lessons.level(changed) is Level.INTERMEDIATE
    assert Lessons(progress=(merged(),)).level(ADA) is Level.FIRST_TIMER


def test_a_level_is_told_once_when_it_moved():
    lessons = Lessons(progress=(merged(),), stated=stated())

    assert "“beginner”" in worded(lessons.level_note(ADA, SENT_AT))
    assert lessons.level_note(ADA, NEXT_WEEK) is None
    assert lessons.level_note(ADA, None) is None


@pytest.mark.parametrize(
    ("outcome", "has_begun", "is_told"),
    [
        (Outcome.MERGED, False, True),
        (Outcome.REVIEWED, False, True),
        (Outcome.NOT_MERGED, False, True),
        (Outcome.FREE_AGAIN, False, True),
        (Outcome.TAKEN, False, False),
        (Outcome.TAKEN, True, True),
        (Outcome.CLOSED, True, True),
        (Outcome.COMMENTED, True, False),
        (Outcome.OPEN, False, False),
    ],
)
def test_a_digest_tells_what_is_news_to_the_student(outcome, has_begun, is_told):
    begun_at = HEARD_AT if has_begun else None
    one = build_progress(outcome=outcome, changed_at=HEARD_AT, commented_at=begun_at)

    told = Lessons(progress=(one,)).earlier("ada-example", SENT_AT)

    assert told == ((EarlierPick(REF.repository, REF.number, outcome),) if is_told else ())


def test_what_was_told_in_the_last_digest_is_told_no_more():
    lessons = Lessons(progress=(merged(),))

    assert lessons.earlier("ada-example", SENT_AT)
    assert lessons.earlier("ada-example", NEXT_WEEK) == ()
    assert lessons.earlier("ben-example", SENT_AT) == ()


def test_a_merge_is_told_first():
    free = build_progress(outcome=Outcome.FREE_AGAIN, changed_at=HEARD_AT)

    told = Lessons(progress=(free, merged(99))).earlier("ada-example", SENT_AT)

    assert [one.outcome for one in told] == ["merged", "free-again"]


def test_the_last_sign_is_the_newest_of_answers_and_deeds():
    lessons = Lessons(
        answers=(build_answer(at=HEARD_AT),),
        progress=(build_progress(commented_at=HEARD_AT - timedelta(days=1)), merged(2, NEXT_WEEK)),
    )

    assert lessons.last_sign_at("Ada-Example") == NEXT_WEEK
    assert Lessons(answers=lessons.answers).last_sign_at("ada-example") == HEARD_AT
    wrote = replace(lessons, signs={"ada-example": NEXT_WEEK + timedelta(days=1)})
    assert wrote.last_sign_at("Ada-Example") == NEXT_WEEK + timedelta(days=1)
    assert wrote.last_sign_at("ben-example") == lessons.last_sign_at("ben-example")


def test_what_one_student_said_is_never_anothers():
    hers, his = build_answer(login="Ada-Example"), build_answer(login="ben-example")
    lessons = Lessons(answers=(hers, his))
    assert lessons.answers_by("ADA-example") == (hers,)
    assert lessons.answers_by("Ben-Example") == (his,)
    assert lessons.answers_by("ben") == ()
