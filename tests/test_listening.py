"""What students say under their digests: theirs alone, once, and whatever goes wrong."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.errors import LimitReached, Outage
from bot.feedback.answer import AnswerKind
from bot.feedback.desk import Reaction
from bot.halting import stop_of
from bot.listening import READ_AGAIN, Listened, Listening, take_up_answers
from bot.register import Stop
from bot.remarks import MAX_COMMANDS, MAX_ECHOES
from bot.rendering.marker import parse_reply_marker
from bot.terms import Locale
from tests.builders_core import build_student
from tests.fakes import MemoryRegister
from tests.fakes_answers import MemoryAnswerDesk, edited
from tests.fakes_learned import MemoryAnswerBook
from tests.feedback.told import AT, KNOTS, SENT_AT, TIDES, build_remark, build_sent, days

ZONE = ZoneInfo("America/Puerto_Rico")
NOW = AT + days(1)
ADA, BEN = "ada-example", "ben-example"
STUDENTS = {ADA: build_student("Ada-Example"), BEN: build_student(BEN)}
SENT = (
    build_sent(TIDES, KNOTS, student="Ada-Example"),
    build_sent(KNOTS, TIDES, student=BEN),
)
AWAY = Outage("GitHub is away.", "Wait.")
LIMIT = LimitReached("GitHub's limit is reached.", "Wait.")


class Club:
    """A club's desk, book and register, and runs over them."""

    def __init__(self, *remarks, reactions=(), **changes):
        self.desk = MemoryAnswerDesk(remarks=list(remarks), reactions=list(reactions))
        self.book, self.register, self.changes = MemoryAnswerBook(), MemoryRegister(), changes

    def run(self, *, live=True, **changes) -> Listened:
        given = Listening(
            desk=self.desk,
            book=self.book,
            register=self.register,
            students=STUDENTS,
            places={ADA: {7, 70}, BEN: {8}},
            sent=SENT,
            zone=ZONE,
            now=NOW,
        )
        return take_up_answers(replace(given, **self.changes | changes), live=live)

    @property
    def state(self):
        """All that a run leaves behind."""
        return (
            self.book.answers(),
            self.book.read_until(),
            {login: self.register.stop_of(login) for login in STUDENTS},
            sorted(self.desk.thumbs),
            self.desk.replies,
        )


def said(body, id_=12, author=ADA, number=7, **changes):
    return build_remark(body, id=id_, author=author, number=number, **changes)


def thumb(content="+1", id_=5, author=ADA, login=ADA, week="2026-W47"):
    return Reaction(id_, week, login, author, content, AT)


def kinds(answers):
    return [str(one.kind) for one in answers]


def test_an_answer_is_kept_and_its_writer_sees_a_thumb_and_no_words():
    club = Club(said("/more 2"))

    done = club.run()

    (answer,) = club.book.answers()
    assert (answer.login, answer.kind, answer.ref) == (ADA, AnswerKind.MORE, KNOTS)
    assert (club.desk.thumbs, club.desk.replies) == ([12], [])
    assert (done.answers, done.n_new, done.notes) == (club.book.answers(), 1, ())
    assert club.book.read_until() == NOW


def test_a_thread_is_a_students_own_in_any_case_and_under_each_of_its_numbers():
    club = Club(said("/more 1", author="ADA-Example", number=70))
    assert kinds(club.run().answers) == ["more"]


def test_what_is_not_understood_is_answered_once_with_all_that_was_said():
    club = Club(said("/more 2\n/done 9"), said("/les 1", 13, said_at=AT + days(0.1)))

    for _ in range(3):
        done = club.run()

    ((number, text),) = club.desk.replies
    assert number == 7
    assert [line.partition(":")[0] for line in text.splitlines()[1:]] == [
        "- `/more 2`",
        "- `/done 9`",
        "- `/les 1`",
    ]
    assert club.desk.thumbs == []
    assert (done.n_misunderstood, kinds(done.answers)) == (2, ["more"])


@pytest.mark.parametrize(
    ("own", "clubs", "told"),
    [
        (None, Locale.ES, "ya no te llegará ningún boletín"),
        ("en", Locale.ES, "no digest comes any more"),
        ("es", Locale.EN, "ya no te llegará ningún boletín"),
    ],
)
def test_an_answer_is_in_the_students_language(own, clubs, told):
    students = {ADA: build_student("Ada-Example", locale=own)}
    club = Club(said("/stop"), students=students, locale=clubs)
    club.run()
    assert told in club.desk.replies[0][1]


def test_a_pause_is_thumbed_and_its_day_told():
    club = Club(said("/pause 2w"))
    club.run()
    assert club.register.stop_of(ADA) == Stop(ADA, AT, date(2026, 12, 1))
    assert "no digest comes before 2026-12-01" in club.desk.replies[0][1]
    assert club.desk.thumbs == [12]


@pytest.mark.parametrize(
    ("remark", "n_commands"),
    [
        (said("/more 2\n/stop", author=BEN), 2),
        (said("/stop", author="stranger-example"), 1),
        (said("/stop", author="ghost"), 1),
        (said("/approve", author="grace-example"), 1),
        (said("hello", author=BEN), 0),
    ],
)
def test_what_others_say_in_a_students_issue_is_counted_and_passed_over(remark, n_commands):
    club = Club(remark)
    done = club.run()
    assert (done.n_foreign, done.answers, done.signs) == (n_commands, (), {})
    assert club.state[2:] == ({ADA: None, BEN: None}, [], [])


def test_what_is_said_elsewhere_in_the_repository_is_nobodys():
    done = Club(said("/stop", number=99), said("/stop", 13, author=BEN, number=99)).run()
    assert (done.n_foreign, done.answers) == (0, ())


def test_one_students_answers_are_never_anothers():
    hers = [said("/more 2\n/less games"), said("/pause", 13)]
    his = said("/less 1", 14, author=BEN, number=8)
    alone, both = Club(his), Club(*hers, his, reactions=[thumb()])

    def of_ben(done):
        return [one for one in done.answers if one.login == BEN]

    assert of_ben(both.run()) == list(alone.run().answers)
    assert both.register.stop_of(BEN) is None
    assert len(both.book.answers()) == 6


def test_a_dry_run_knows_the_same_and_writes_nothing():
    remarks = said("/more 2\n/done 9"), said("/stop", 13, author=BEN, number=8)
    dry, live = Club(*remarks, reactions=[thumb()]), Club(*remarks, reactions=[thumb()])
    before = dry.state

    told = dry.run(live=False)
    assert told.notes == (
        "One student wrote of a stop or a pause: a live run goes by that before it prepares.",
    )
    assert replace(told, notes=()) == live.run()
    assert dry.state == before
    assert dry.run(live=False).halts == {BEN: Stop(BEN, AT)}


def test_what_cannot_be_read_is_told_and_what_was_known_counts():
    club = Club(said("/more 2"))
    club.run()
    before = club.state
    club.desk.say(said("/less 2", 13)).fail("hear", AWAY)

    done = club.run(now=NOW + days(7))

    assert kinds(done.answers) == ["more"]
    assert done.notes == ("What students answered could not be read. GitHub is away.",)
    assert club.state == before


@pytest.mark.parametrize("stands_there", [True, False])
def test_a_reply_that_failed_is_sent_by_the_next_run_unless_it_stands_there(stands_there):
    club = Club(said("/stop"))
    club.desk.fail("reply", AWAY).posts_before_failing = stands_there

    first = club.run()

    assert first.notes == (
        "A reply to a student did not get through. GitHub is away. The next run tries.",
    )
    assert club.register.stop_of(ADA) == Stop(ADA, AT)
    assert club.run().notes == ()
    assert len(club.desk.replies) == 1


def test_a_reply_that_fails_holds_no_other_up_and_a_limit_does():
    stops = said("/stop"), said("/stop", 13, author=BEN, number=8)
    for error, n_replies in ((AWAY, 1), (LIMIT, 0)):
        club = Club(*stops)
        club.desk.fail("reply", error)
        assert len(club.run().notes) == 1
        assert len(club.desk.replies) == n_replies
        assert bool(club.desk.thumbs) is (error is AWAY)
        assert len(club.book.answers()) == 2
        club.run()
        assert (len(club.desk.replies), sorted(club.desk.thumbs)) == (2, [12, 13])


def test_a_thumb_that_failed_is_given_by_the_next_run():
    club = Club(said("/more 2"))
    club.desk.fail("acknowledge", AWAY)
    (note,) = club.run().notes
    assert note == "Not every student could be answered. GitHub is away. The next run tries."
    club.run()
    assert club.desk.thumbs == [12]


def test_notes_name_nobody():
    club = Club(said("/stop"), said("/less 9", 13, author=BEN, number=8))
    club.desk.fail("reply", AWAY, AWAY).fail("acknowledge", AWAY)
    notes = " ".join(club.run().notes).casefold()
    assert not any(login in notes for login in STUDENTS)


def test_reading_goes_back_two_weeks_or_to_the_last_reading():
    club = Club()
    club.run()
    club.run(now=NOW + days(1))
    club.run(now=NOW + days(40))
    club.run(now=NOW + days(41), live=False)
    assert club.desk.heard_since == [
        NOW - READ_AGAIN,
        NOW + days(1) - READ_AGAIN,
        NOW,
        NOW + days(41) - READ_AGAIN,
    ]


def test_an_edit_takes_the_place_of_what_was_said():
    first = said("/more 2\n/less 1")
    club = Club(first)
    club.run()

    club.desk.say(edited(first, "/less 2", NOW))
    done = club.run(now=NOW + days(1))
    assert [(one.kind, one.ref) for one in done.answers] == [(AnswerKind.LESS, KNOTS)]
    assert done.answers == club.book.answers()

    club.desk.say(edited(first, "never mind", NOW + days(1)))
    assert club.run(now=NOW + days(2)).answers == ()


def test_an_edit_that_makes_it_wrong_is_answered_again_and_one_that_stands_is_not():
    first = said("/done 9")
    club = Club(first)
    club.run()
    club.desk.say(edited(first, "/done 8", NOW))
    for _ in range(2):
        club.run()
    assert ["/done 9" in text for _, text in club.desk.replies] == [True, False]


def test_a_stop_that_is_edited_away_is_lifted_and_the_pause_before_it_counts_again():
    pause, stop = said("/pause 2w"), said("/stop", 13, said_at=AT + days(0.5))
    club = Club(pause, stop)
    club.run()
    assert club.register.stop_of(ADA) == Stop(ADA, AT + days(0.5))
    club.desk.say(edited(stop, "sorry, wrong line", NOW))
    club.run()
    assert club.register.stop_of(ADA) == Stop(ADA, AT, date(2026, 12, 1))


def test_what_is_deleted_was_said_all_the_same():
    club = Club(said("/stop\n/less 1"))
    club.run()
    club.desk.remarks.clear()
    assert kinds(club.run().answers) == ["stop", "less"]
    assert club.register.stop_of(ADA) == Stop(ADA, AT)


def test_what_an_officer_undid_is_not_done_again_by_reading_on():
    club = Club(said("/stop"))
    club.run()
    club.register.lift_stop(ADA)
    club.run(now=NOW + days(1))
    assert club.register.stop_of(ADA) is None


def test_a_resume_takes_an_older_stop_back_and_no_newer_one():
    club = Club(said("/stop"), said("/resume", 13, said_at=AT + days(0.5)))
    club.run()
    resumed = club.register.stop_of(ADA)
    assert (resumed.at, resumed.until) == (AT + days(0.5), date(2026, 11, 18))
    club.register.record_stop(by_form := Stop(ADA, AT + days(0.8)))
    club.run()
    assert club.register.stop_of(ADA) == by_form


@pytest.mark.parametrize(
    ("until", "is_later"), [("2026-12-24", True), ("2026-11-18", False), (None, False)]
)
def test_a_resume_says_what_the_file_says_against_it(until, is_later):
    student = build_student("Ada-Example", **({"paused_until": until} if until else {}))
    club = Club(said("/resume"), students={ADA: student})
    club.run()
    ((_, text),) = club.desk.replies
    assert ("come again on 2026-12-24" in text) is is_later
    assert ("config/students/Ada-Example.yaml" in text) is is_later
    assert ("from the next one on" in text) is not is_later


def test_an_old_remark_that_is_touched_keeps_what_it_said_of_a_forgotten_digest():
    old = said("/more 2")
    club = Club(old)
    club.run()
    club.desk.say(replace(old, edited_at=NOW + days(100)))
    done = club.run(now=NOW + days(100), sent=())
    assert kinds(done.answers) == ["more"]
    assert club.desk.replies == []


def test_a_reaction_counts_for_each_pick_until_it_is_taken_back():
    club = Club(reactions=[thumb(), thumb("eyes", 6)])
    done = club.run()
    assert [(one.kind, one.ref) for one in done.answers] == [
        (AnswerKind.LIKED, TIDES),
        (AnswerKind.LIKED, KNOTS),
    ]
    assert done.signs == {ADA: AT}
    club.desk.reactions.clear()
    assert club.run().answers == ()


def test_a_reaction_to_a_digest_that_is_read_no_more_stays():
    club = Club(reactions=[thumb()])
    club.run()
    club.desk.reactions.clear()
    assert len(club.run(now=SENT_AT + READ_AGAIN + days(1)).answers) == 2


@pytest.mark.parametrize(
    "reaction",
    [
        thumb(author=BEN),
        thumb(author="stranger-example"),
        thumb(author="ghost"),
        thumb(login="left-example", author="left-example"),
    ],
)
def test_a_reaction_counts_from_the_digests_own_student_only(reaction):
    done = Club(reactions=[reaction]).run()
    assert (done.answers, done.signs) == ((), {})


def test_any_word_of_a_students_own_is_a_sign_of_life():
    done = Club(said("I am on it!"), said("Thanks", 13, said_at=AT + days(0.5))).run()
    assert (done.signs, done.answers) == ({ADA: AT + days(0.5)}, ())


def test_many_words_are_answered_in_as_many_comments_as_it_takes():
    body = "/done 9" + "9" * 70 + "\n"
    remarks = [said(body * MAX_COMMANDS, id_) for id_ in range(1, 11)]
    club = Club(*remarks)
    for _ in range(2):
        club.run()
    assert len(club.desk.replies) == 4
    assert all(parse_reply_marker(text) for _, text in club.desk.replies)
    assert max(text.count("\n- ") for _, text in club.desk.replies) <= MAX_ECHOES
    assert max(len(text) for _, text in club.desk.replies) < 65_536


class Killed(BaseException):
    """The machine went away."""


class Fatal:
    """Lets so many writes through, and none after."""

    def __init__(self, n):
        self.left = n

    def guard(self, thing, *names):
        for name in names:
            setattr(thing, name, self._wrap(getattr(thing, name)))

    def _wrap(self, write):
        def guarded(*args):
            if self.left == 0:
                raise Killed
            self.left -= 1
            return write(*args)

        return guarded


WRITES = {
    "book": ("record_answers", "record_read"),
    "register": ("record_stop", "lift_stop"),
    "desk": ("acknowledge", "reply"),
}


def busy_club():
    """All sorts of news, and an edit of what an earlier run read."""
    first = said("/stop")
    club = Club(
        first,
        said("/more 2\n/done 9", 13, said_at=AT + days(0.1)),
        said("/pause 3w", 14, author=BEN, number=8),
        said("/resume", 15, author=BEN, number=8, said_at=AT + days(0.2)),
        said("/less 1", 16, author=BEN, number=8, said_at=AT + days(0.3)),
        reactions=[thumb(), thumb("-1", 6, BEN, BEN)],
    )
    club.run()
    club.desk.say(edited(first, "/pause 5w", NOW))
    club.desk.say(said("/took 1\n/les 2", 17, said_at=AT + days(0.4)))
    club.desk.reactions.pop()
    return club


def test_killed_at_any_write_and_run_again_it_ends_in_the_same_state():
    whole = busy_club()
    whole.run()
    n_kills = 0
    for n_writes in range(20):
        club, fatal = busy_club(), Fatal(n_writes)
        for name, methods in WRITES.items():
            fatal.guard(getattr(club, name), *methods)
        try:
            club.run()
        except Killed:
            n_kills += 1
        fatal.left = 1_000
        club.run()
        assert club.state == whole.state
    assert n_kills >= 6
    assert whole.register.stop_of(ADA) == stop_of(
        replace(whole.book.answers()[0], kind=AnswerKind.PAUSE, until=date(2026, 12, 22)), ZONE
    )
