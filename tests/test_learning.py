"""What students said and what became of their picks is learned, once, and only kept live."""

from dataclasses import replace
from datetime import timedelta

from bot.delivery import Receipt
from bot.errors import Outage
from bot.feedback.answer import AnswerKind
from bot.learning import follow_picks, hear_students, recall
from bot.office import Desks
from bot.outcomes.progress import Outcome
from bot.remarks import Remark
from bot.schedule import Run
from bot.terms import ChannelName, Level, Week
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_core import build_club, build_student
from tests.builders_learned import SENT_AT
from tests.fakes_answers import MemoryAnswerDesk
from tests.fakes_office import build_office
from tests.fakes_outcomes import (
    MemoryAftermaths,
    build_aftermath,
    build_merged_pull,
    build_own_pull,
)

ISSUE = ChannelName.ISSUE
THREAD = "https://github.com/campus-club/digests/issues/7#issuecomment-70"
NOW = SENT_AT + timedelta(days=5)
ADA = build_student("ada-example", level="first-timer")
MERGED = build_aftermath(
    is_open=False,
    pulls=(
        build_merged_pull(
            opened_at=SENT_AT + timedelta(days=1),
            merged_at=SENT_AT + timedelta(days=2),
            closed_at=SENT_AT + timedelta(days=2),
        ),
    ),
)


class Scene:
    """Ada was sent a digest, whose pick she got merged."""

    def __init__(self, **changes):
        self.desk = MemoryAnswerDesk()
        self.source = MemoryAftermaths({"I_12": MERGED})
        self.office = build_office(
            ADA, desks=Desks(answers=self.desk), **{"aftermath": self.source} | changes
        )
        journal = self.office.journal
        digest = build_digest(student="ada-example", picks=(build_pick(node_id="I_12"),))
        journal.record_week(WEEK, [(digest, ISSUE)])
        journal.record_receipt(Receipt(WEEK, "ada-example", ISSUE, THREAD, SENT_AT))
        self.run = Run(build_club(), Week.parse("2026-W48"), NOW)

    def say(self, body, author="ada-example", number=7):
        at = NOW - timedelta(days=1)
        self.desk.say(Remark(len(self.desk.remarks) + 1, number, author, at, at, body))

    def hear(self, *, live=True):
        return hear_students(self.run, self.office, recall(self.office), live=live)

    def follow(self, *, live=True):
        return follow_picks(self.run, self.office, recall(self.office), live=live)

    def source_points(self):
        return self.office.aftermath.spent().points


def kinds(learned):
    return [one.kind for one in learned.lessons.answers]


def test_what_a_student_says_in_their_own_thread_is_learned_and_kept():
    scene = Scene()
    scene.say("/more 1")

    assert kinds(scene.hear()) == [AnswerKind.MORE]
    assert kinds(scene.hear()) == [AnswerKind.MORE]
    assert [one.kind for one in recall(scene.office).answers] == [AnswerKind.MORE]


def test_plain_words_are_a_sign_of_life():
    scene = Scene()
    scene.say("Exams; I go on with the second one next week.")

    lessons = scene.hear().lessons

    assert lessons.answers == ()
    assert lessons.last_sign_at("ada-example") == NOW - timedelta(days=1)


def test_what_is_said_elsewhere_or_by_others_is_not_learned():
    scene = Scene()
    scene.say("/more 1", author="mallory-example")
    scene.say("/more 1", number=8)

    assert kinds(scene.hear()) == []


def test_a_dry_run_learns_the_same_and_keeps_nothing():
    scene = Scene()
    scene.say("/more 1")

    assert kinds(scene.hear(live=False)) == [AnswerKind.MORE]
    assert [one.outcome for one in scene.follow(live=False).lessons.progress] == [Outcome.MERGED]
    assert recall(scene.office).answers == recall(scene.office).progress == ()
    assert scene.office.register.stated_level("ada-example") is None


def test_what_became_of_a_pick_is_learned_and_kept():
    scene = Scene()

    (one,) = scene.follow().lessons.progress
    assert (one.outcome, one.week, one.offered_at) == (Outcome.MERGED, WEEK, SENT_AT)
    (kept,) = recall(scene.office).progress
    assert kept.outcome is Outcome.MERGED


def test_what_was_taken_by_word_is_known_without_a_question():
    scene = Scene(aftermath=MemoryAftermaths({"I_12": build_aftermath()}))
    scene.say("/took 1")
    heard = scene.hear()

    (one,) = follow_picks(scene.run, scene.office, heard.lessons, live=True).lessons.progress
    assert one.outcome is Outcome.TOOK


def test_a_weeks_runs_share_what_may_be_spent_and_each_may_spend_a_little():
    picks = tuple(build_pick(number=n, node_id=f"I_{n}") for n in range(13, 2500))
    students = {f"s{n}-example": build_student(f"s{n}-example") for n in range(100)}
    scene = Scene(aftermath=MemoryAftermaths({one.node_id: build_aftermath() for one in picks}))
    scene.office = replace(scene.office, students=students)
    digest = build_digest(student="s1-example", picks=picks)
    scene.office.journal.record_week(WEEK, [(digest, ISSUE)])
    scene.office.journal.record_receipt(Receipt(WEEK, "s1-example", ISSUE, THREAD, SENT_AT))
    spent = []
    for days, week in ((0, "2026-W48"), (1, "2026-W48"), (2, "2026-W48"), (3, "2026-W49")):
        scene.run = Run(scene.run.club, Week.parse(week), NOW + timedelta(days=days))
        before = scene.source_points()
        scene.follow()
        spent.append(scene.source_points() - before)

    # A point of each is kept for reviews.
    assert spent == [25, 9, 9, 25]
    assert scene.office.books.progress.points("2026-W48") == 43


def test_without_a_token_what_is_known_must_do():
    scene = Scene(aftermath=None)

    (one,) = scene.follow().lessons.progress
    assert one.outcome is Outcome.OPEN


def test_an_outage_is_told_and_what_was_known_counts():
    at_work = build_aftermath(pulls=(build_own_pull(opened_at=SENT_AT + timedelta(days=1)),))
    scene = Scene(aftermath=MemoryAftermaths({"I_12": at_work}))
    scene.follow()
    scene.office.aftermath.failures = dict.fromkeys(range(9), Outage("GitHub is down.", "Wait."))
    scene.run = replace(scene.run, now=NOW + timedelta(days=7))

    learned = scene.follow()

    assert [one.outcome for one in learned.lessons.progress] == [Outcome.PULL_REQUEST]
    assert "not known yet" in learned.notes[0]
    assert learned.error.message == "GitHub is down."


def test_the_level_that_a_file_states_counts_from_the_first_run_that_sees_it():
    scene = Scene()
    scene.hear()
    scene.run = replace(scene.run, now=NOW + timedelta(days=7))
    scene.hear()

    known = scene.office.register.stated_level("ada-example")
    assert (known.level, known.since) == (Level.FIRST_TIMER, NOW)
