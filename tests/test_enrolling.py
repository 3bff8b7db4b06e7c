"""A form is acted on once, for its author alone, and by what its author wrote."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.enrolling import Enrolling, HandedIn, Standing
from bot.enrolment.decide import Place
from bot.enrolment.likings import Liking, Likings
from bot.errors import Outage
from bot.register import Stop
from bot.subscriptions.club import Club
from tests.enrolment.forms import TITLE, fill_in
from tests.fakes import MemoryRegister
from tests.fakes_enrolment import MemoryFrontDesk
from tests.stage import NOW

PLACE = Place(Club(name="Campus Club"), "config", False, date(2026, 11, 22))
FILE = "config/students/ada-example.yaml"
KNOWN = {FILE: "interests: [maps]\n"}
FORM = HandedIn(7, "ada-example", "ada-example", TITLE, fill_in(), NOW, NOW)
STOP = replace(FORM, title="Foothold: stop", body="### Anything you want to tell us?\n\nBye")


def take(handed, desk=None, register=None, live=True, shows=False, **more):
    desk = desk or MemoryFrontDesk()
    desk.issues.setdefault(handed.number, Standing(handed.title, handed.body))
    register = register or MemoryRegister()
    enrolling = Enrolling(desk, register, PLACE, live=live, shows=shows)
    enrolling.take(handed, **more)
    return desk, register, enrolling.said


def untouched(desk):
    return not (desk.requests or desk.answers or desk.closed)


def test_a_form_is_proposed_answered_and_closed():
    desk, _, _ = take(FORM)
    assert list(desk.requests["ada-example"].files) == [FILE]
    assert len(desk.answers) == 1
    assert desk.closed == [7]


def test_a_run_again_does_nothing_twice():
    desk, register, _ = take(FORM)
    take(FORM, desk, register)
    assert len(desk.answers) == 1


@pytest.mark.parametrize("failing", ["propose", "close", "answer"])
def test_a_run_that_broke_off_is_made_up_for_by_the_next(failing):
    desk = MemoryFrontDesk(error=Outage("Away.", "Wait."), fails_at=failing)
    with pytest.raises(Outage):
        take(FORM, desk)
    assert desk.answers == []
    desk.error = None
    take(FORM, desk)
    assert (len(desk.answers), desk.closed[-1], len(desk.requests)) == (1, 7, 1)


@pytest.mark.parametrize(
    ("handed", "standing"),
    [
        (replace(FORM, author=None), None),
        (replace(FORM, sender="grace-example"), None),
        (FORM, Standing(TITLE, fill_in(INTERESTS="maps"))),
        (STOP, Standing("Another title", "Another text")),
        (FORM, Standing(TITLE, FORM.body, editor="grace-example")),
        (replace(FORM, title="A question", body="How do I begin?"), None),
    ],
    ids=["a bot", "edited by another", "older text", "no form now", "another's words", "no form"],
)
def test_what_is_not_the_author_s_own_newest_word_counts_for_nothing(handed, standing):
    desk = MemoryFrontDesk(issues={7: standing} if standing else {})
    desk, register, said = take(handed, desk)
    assert untouched(desk)
    assert register.stop_of("ada-example") is None
    assert len(said) == 1


def test_who_edited_their_own_form_is_heard_in_any_case_of_the_login():
    desk = MemoryFrontDesk(issues={7: Standing(TITLE, FORM.body, editor="ADA-example")})
    assert take(replace(FORM, sender="Ada-Example"), desk)[0].closed == [7]


def test_another_title_for_the_same_form_is_not_answered_again():
    desk, register, _ = take(FORM)
    desk.issues[7] = Standing("My digest", FORM.body)
    take(replace(FORM, title="My digest"), desk, register)
    assert len(desk.answers) == 1


def test_a_text_that_is_taken_back_to_what_was_answered_first_counts_again():
    desk, register = MemoryFrontDesk(), MemoryRegister()
    for interests in ("maps", "games", "maps"):
        body = fill_in(INTERESTS=interests)
        desk.issues[7] = Standing(TITLE, body)
        take(replace(FORM, body=body), desk, register)
    assert "maps" in (desk.requests["ada-example"].files[FILE] or "")
    assert len(desk.answers) == 3


def test_an_issue_that_is_gone_is_left_alone():
    desk = MemoryFrontDesk()
    Enrolling(desk, MemoryRegister(), PLACE, live=True).take(FORM)
    assert untouched(desk)


def test_a_wrong_form_stays_open_and_is_answered_anew_when_it_was_mended():
    wrong = replace(FORM, body=fill_in(PICKS="99"))
    desk, register, _ = take(wrong)
    assert (len(desk.answers), desk.closed, desk.requests) == (1, [], {})
    desk.issues[7] = Standing(TITLE, FORM.body, editor="ada-example")
    take(replace(FORM, at=NOW + timedelta(hours=1)), desk, register)
    assert (len(desk.answers), desk.closed) == (2, [7])


def test_a_file_that_says_all_of_it_already_needs_no_request():
    first, _, _ = take(FORM)
    text = first.requests["ada-example"].files[FILE]
    desk, _, _ = take(FORM, MemoryFrontDesk({FILE: text}))
    assert (desk.requests, desk.closed) == ({}, [7])


@pytest.mark.parametrize("entry", ["@x", "Qxyz{}", "x" * 120 + "{}", "a/b/c{}", "- [x] {}"])
def test_the_largest_hostile_form_has_an_answer_that_github_takes(entry):
    names = ("LANGUAGES", "MORE_LANGUAGES", "INTERESTS", "AVOID", "PICKS", "HOURS", "LEVEL")
    n_each = 65_536 // len(names) // (len(entry) + 6)
    flood = ",\n".join(entry.format(n) for n in range(n_each))
    desk, _, _ = take(replace(FORM, body=fill_in(**dict.fromkeys(names, flood))))
    assert len(desk.answers[0]) < 60_000


def test_a_stop_counts_before_anything_else_is_tried():
    desk, register = MemoryFrontDesk(dict(KNOWN), error=Outage("Away.", "Wait.")), MemoryRegister()
    with pytest.raises(Outage):
        take(STOP, desk, register)
    assert register.stop_of("ada-example") == Stop("ada-example", NOW)


def test_a_stop_proposes_that_the_file_goes():
    desk, _, _ = take(STOP, MemoryFrontDesk(dict(KNOWN)))
    assert desk.requests["ada-example"].files == {FILE: None}


def test_a_stop_takes_the_login_out_of_the_mentors_lists_too():
    """Else the club's file names a student without a file, and nobody gets a digest."""
    club = "name: Club  # ours\nmentors:\n  - github: grace\n    students: [Ada-Example, ben]\n"
    desk, _, _ = take(STOP, MemoryFrontDesk(KNOWN | {"config/club.yaml": club}))
    assert desk.requests["ada-example"].files == {
        FILE: None,
        "config/club.yaml": club.replace("Ada-Example, ", ""),
    }


def test_a_stop_before_the_file_was_merged_withdraws_the_request():
    desk, register, _ = take(FORM)
    take(replace(STOP, number=8), desk, register)
    assert desk.requests == {}
    assert register.stop_of("ada-example") is not None


def test_a_stranger_s_stop_leaves_no_trace_of_them():
    desk, register, _ = take(STOP)
    assert (register.stop_of("ada-example"), len(desk.answers)) == (None, 1)


def test_a_newer_form_takes_a_stop_back_and_an_older_one_does_not():
    register = MemoryRegister()
    register.record_stop(Stop("ada-example", NOW - timedelta(days=1)))
    take(FORM, register=register)
    assert register.stop_of("ada-example") == Stop("ada-example", NOW, date(2026, 11, 22))
    later = Stop("ada-example", NOW + timedelta(days=1))
    register.record_stop(later)
    take(FORM, register=register)
    assert register.stop_of("ada-example") == later


def test_a_pause_counts_at_once_and_is_closed_by_the_next_run():
    pause = replace(FORM, title="Foothold: pause", body="### For how long?\n\n2 weeks")
    desk, register, _ = take(pause, MemoryFrontDesk(dict(KNOWN)))
    assert untouched(desk)
    assert register.stop_of("ada-example").until == date(2026, 12, 6)


def test_feedback_is_left_to_people():
    told = replace(FORM, body="### What should the club know?\n\nMore Rust")
    assert untouched(take(told, MemoryFrontDesk(dict(KNOWN)))[0])


@pytest.mark.parametrize("handed", [FORM, STOP])
def test_a_dry_run_writes_nothing_and_shows_the_answer(handed):
    desk, register, said = take(handed, MemoryFrontDesk(dict(KNOWN)), live=False, shows=True)
    assert untouched(desk)
    assert register.stop_of("ada-example") is None
    assert FILE in "\n".join(said)


@pytest.mark.parametrize("handed", [FORM, STOP])
@pytest.mark.parametrize("live", [True, False])
def test_a_workflow_s_log_tells_no_names(handed, live):
    assert "ada" not in "\n".join(take(handed, MemoryFrontDesk(dict(KNOWN)), live=live)[2])


def test_the_answer_shows_what_the_profile_points_to_besides():
    likings = Likings((Liking("Python", 2, 0), Liking("Go", 1, 0)), (Liking("maps", 0, 3),))
    desk, _, _ = take(FORM, likings_of=lambda login: likings if login == "ada-example" else None)
    (answer,) = desk.answers
    assert "Languages: Go\n" in answer
    assert "Interests: maps\n" in answer
