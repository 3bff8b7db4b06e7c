"""Mentors are shown the week's digests, once, and heard."""

from dataclasses import replace
from datetime import timedelta

from bot.delivery import Receipt
from bot.errors import Outage
from bot.hearing import hear_mentors
from bot.journal import DigestState, JournalEntry
from bot.lessons import NO_LESSONS, Lessons
from bot.office import Desks
from bot.review.verdict import VerdictKind
from bot.reviewing import show_mentors
from bot.schedule import Run
from bot.terms import ChannelName, IssueRef, Week
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_core import build_club, build_student
from tests.builders_learned import POSTED_AT
from tests.fakes_desks import MemoryReviewDesk
from tests.fakes_office import build_office

SOON = POSTED_AT + timedelta(hours=2)
ADA, BEN = build_student("ada-example", name="Ada"), build_student("ben-example")
CLUB = build_club(
    review="approve",
    private_repository="campus-club/mentors",
    mentors=[
        {"github": "grace-example", "students": ["ada-example"]},
        {"github": "hugo-example", "students": "all"},
    ],
)


class Scene:
    """A club of two mentors whose students' digests are prepared."""

    def __init__(self, club=CLUB):
        self.desk = MemoryReviewDesk()
        self.office = build_office(ADA, BEN, desks=Desks(reviews=self.desk))
        self.run = Run(club, Week.parse(WEEK), SOON)
        picks = [build_pick(number=n, node_id=f"I_{n}") for n in (1, 2)]
        self.prepare("ada-example", *picks, build_pick(number=3, spare=True, node_id="I_3"))
        self.prepare("ben-example", build_pick(number=4, node_id="I_4"))

    def prepare(self, login, *picks):
        digest = build_digest(student=login, picks=picks)
        self.office.journal.record_week(WEEK, [(digest, ChannelName.ISSUE)])

    def show(self, *, live=True):
        entries = self.office.journal.entries(WEEK)
        return show_mentors(self.run, entries, self.office, NO_LESSONS, live=live)

    def hear(self, *, live=True):
        return hear_mentors(self.run, self.office, NO_LESSONS, live=live)

    def say(self, body, author="grace-example", number=1):
        self.desk.say(number, author, body, SOON)

    def verdicts(self, **how):
        return [(one.kind, one.login, one.mentor) for one in self.hear(**how).lessons.verdicts]


def test_each_mentor_gets_one_post_of_their_students():
    scene = Scene()

    messages = scene.show().messages

    assert [one.mentor for one in messages] == ["grace-example", "hugo-example"]
    assert "ben-example" not in messages[0].parts[0]
    assert "ben-example" in messages[1].parts[0]
    (review, _) = scene.office.books.reviews.reviews(WEEK)
    assert [(line.login, line.n, line.ref.number) for line in review.lines] == [
        ("ada-example", 1, 1),
        ("ada-example", 2, 2),
        ("ada-example", 3, 3),
    ]


def test_what_stands_there_is_not_posted_again():
    scene = Scene()
    scene.show()

    assert scene.show().messages == ()


def test_a_digest_that_came_later_is_shown_beside_the_others():
    scene = Scene()
    late = build_student("cleo-example")
    scene.show()
    scene.office = replace(scene.office, students={**scene.office.students, late.login: late})
    scene.prepare("cleo-example", build_pick(number=9, node_id="I_9"))

    (message,) = scene.show().messages

    assert message.mentor == "hugo-example"
    assert {"ada-example", "cleo-example"} <= {
        line.login for line in scene.office.books.reviews.reviews(WEEK)[1].lines
    }


def test_a_dry_run_shows_what_would_be_posted_and_posts_nothing():
    scene = Scene()

    assert len(scene.show(live=False).messages) == 2
    assert scene.desk.posts == {}
    assert scene.office.books.reviews.reviews(WEEK) == ()


def test_a_club_without_reviews_asks_nobody():
    scene = Scene(build_club(mentors=[{"github": "grace-example"}]))

    assert scene.show().messages == ()


def test_what_a_mentor_says_is_kept_and_answered_once():
    scene = Scene()
    scene.show()
    scene.say("/approve ada\n/drop ada 2\n/frob")

    expected = [
        (VerdictKind.APPROVE, "ada-example", "grace-example"),
        (VerdictKind.DROP, "ada-example", "grace-example"),
    ]
    assert scene.verdicts() == expected
    assert scene.verdicts() == expected
    (reply,) = scene.desk.replies[1]
    assert all(word in reply for word in ("/approve ada", "/drop ada 2", "/frob"))


def test_more_than_a_comment_holds_is_answered_in_several_and_once():
    scene = Scene()
    scene.show()
    for _ in range(4):
        scene.say("/frob\n" * 30)
    for _ in range(2):
        scene.hear()

    assert [reply.count("/frob") for reply in scene.desk.replies[1]] == [90, 30]


def test_a_stranger_decides_nothing_and_is_told():
    scene = Scene()
    scene.show()
    scene.say("/approve", author="mallory-example")

    assert scene.verdicts() == []
    assert len(scene.desk.replies[1]) == 1


def test_a_mentor_decides_about_their_own_students_only():
    scene = Scene()
    scene.show()
    scene.say("/hold ben", number=2)
    scene.say("/hold ada", number=2)

    assert scene.verdicts() == [(VerdictKind.HOLD, "ada-example", "grace-example")]


def test_a_box_without_its_tick_drops_its_pick():
    scene = Scene()
    scene.show()
    scene.desk.untick(1, 2, "grace-example")

    (verdict,) = scene.hear().lessons.verdicts
    assert (verdict.kind, verdict.ref) == (VerdictKind.DROP, IssueRef("lumen-lab/starcharts", 2))


def test_boxes_that_a_stranger_edited_count_for_nothing():
    scene = Scene()
    scene.show()
    scene.desk.untick(1, 2, "mallory-example")

    heard = scene.hear()
    assert heard.lessons.verdicts == ()
    assert "no mentor" in heard.notes[0]


def test_a_word_that_was_taken_back_counts_no_more():
    scene = Scene()
    scene.show()
    scene.say("/hold ada")
    scene.hear()
    scene.desk.remarks.clear()

    assert scene.verdicts() == []


def test_a_dry_run_hears_the_same_and_writes_nothing_down():
    scene = Scene()
    scene.show()
    scene.say("/approve")

    assert scene.verdicts(live=False) == [(VerdictKind.APPROVE, "ada-example", "grace-example")]
    assert scene.office.books.reviews.verdicts() == ()
    assert scene.desk.replies == {}


def test_a_post_is_closed_when_its_week_is_over_and_its_words_stay():
    scene = Scene()
    scene.show()
    scene.say("/drop ada 1")
    scene.hear()
    scene.run = replace(scene.run, week=Week.parse("2026-W48"))

    assert [one[0] for one in scene.verdicts()] == [VerdictKind.DROP]
    assert sorted(scene.desk.closed) == [1, 2]
    assert scene.office.books.reviews.open_reviews() == ()


def test_the_words_of_a_mentor_who_left_do_not_count():
    scene = Scene()
    scene.show()
    scene.say("/hold ada")
    alone = CLUB.model_copy(update={"mentors": CLUB.mentors[1:]})
    scene.run = replace(scene.run, club=alone)

    assert scene.verdicts() == []
    assert scene.desk.closed == [1]


def test_a_post_that_cannot_be_read_keeps_its_verdicts_and_is_noted():
    scene = Scene()
    scene.show()
    scene.say("/hold ada")
    scene.hear()
    scene.desk.error = Outage("GitHub is down.", "Wait.")

    heard = scene.hear()
    assert [one.kind for one in heard.lessons.verdicts] == [VerdictKind.HOLD]
    assert "GitHub is down" in heard.notes[0]
    assert (heard.error, heard.lessons.unheard) == (scene.desk.error, {WEEK})
    known = Lessons(verdicts=scene.office.books.reviews.verdicts())
    dry = hear_mentors(scene.run, scene.office, known, live=False)
    assert dry.lessons.verdicts == heard.lessons.verdicts


def test_a_post_that_cannot_be_made_is_an_error_and_waits_for_the_next_run():
    scene = Scene()
    scene.desk.error = Outage("GitHub is down.", "Wait.")

    assert len(scene.show().errors) == 2
    scene.desk.error = None
    assert len(scene.show().messages) == 2


def test_a_delivered_digest_asks_for_no_new_post():
    scene = Scene()
    scene.show()
    entries = [
        JournalEntry(one.digest, one.channel, DigestState.PREPARED)
        for one in scene.office.journal.entries(WEEK)
    ]

    again = show_mentors(scene.run, entries[1:], scene.office, NO_LESSONS, live=True)

    assert again.messages == ()


def delivered(scene, at):
    receipt = Receipt(WEEK, "ada-example", ChannelName.ISSUE, "https://github.com/o/r/issues/1", at)
    scene.office.journal.record_receipt(receipt)


def test_what_is_said_after_the_digest_went_out_changes_nothing_and_is_told():
    scene = Scene()
    scene.show()
    scene.say("/drop ada 2")
    scene.hear()
    delivered(scene, SOON - timedelta(minutes=5))
    scene.say("/hold ada", author="hugo-example")

    assert [kind for kind, _, _ in scene.verdicts()] == [VerdictKind.DROP]
    assert "too late for ada" in scene.desk.replies[1][-1]


def test_a_post_is_heard_whatever_its_repository_is_called_by_now():
    scene = Scene()
    scene.show()
    book = scene.office.books.reviews
    for known in book.open_reviews():
        book.record_review(replace(known, repository="campus-club/old-name"))
    scene.say("/hold ada")

    assert [kind for kind, _, _ in scene.verdicts()] == [VerdictKind.HOLD]
    assert {one.repository for one in book.open_reviews()} == {scene.desk.repository}
    assert scene.show().messages == ()


def test_a_post_in_a_repository_that_the_club_left_counts_for_nothing():
    scene = Scene()
    scene.show()
    book = scene.office.books.reviews
    for known in book.open_reviews():
        book.record_review(replace(known, repository="campus-club/left"))
    scene.desk.posts.clear()

    assert scene.hear().lessons.unheard == frozenset()
    assert len(scene.show().messages) == 2
    assert {one.repository for one in book.open_reviews()} == {scene.desk.repository}


def test_an_answer_that_does_not_get_through_leaves_the_words_as_they_count():
    scene = Scene()
    scene.show()
    scene.say("/hold ada")
    scene.desk.reply_error = Outage("GitHub is down.", "Wait.")

    heard = scene.hear()

    assert [one.kind for one in heard.lessons.verdicts] == [VerdictKind.HOLD]
    assert (heard.error, heard.lessons.unheard) == (None, frozenset())
    assert "not answered" in heard.notes[0]


def test_a_post_that_is_gone_is_made_anew():
    scene = Scene()
    scene.show()
    scene.desk.posts.pop(1)
    scene.hear()

    assert [one.mentor for one in scene.show().messages] == ["grace-example"]
