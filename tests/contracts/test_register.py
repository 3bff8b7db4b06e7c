"""What every register promises of stops, consents, codes, stated levels and posters."""

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest

from bot.ladder import StatedLevel
from bot.register import Consent, Register, Stop
from bot.terms import Level
from tests.contracts.steps import AT

ASKED = Consent("ada-example", "f00d", "Mail me.", asked_at=AT)


def test_nothing_is_known_of_who_told_nothing(register: Register) -> None:
    assert register.stop_of("ada-example") is None
    assert register.consent("ada-example", "f00d") is None
    assert register.code_given("ada-example") is None
    assert register.stated_level("ada-example") is None
    assert register.posters() == frozenset()


def test_the_last_stop_counts_in_any_case_of_the_login(register: Register) -> None:
    register.record_stop(Stop("Ada-Example", AT))
    assert register.stop_of("ada-example") == Stop("ada-example", AT)
    pause = Stop("ada-example", AT + timedelta(hours=1), date(2026, 12, 24))
    register.record_stop(pause)
    assert register.stop_of("ADA-example") == replace(pause, login="ADA-example")


def test_a_stop_that_is_lifted_is_gone(register: Register) -> None:
    register.record_stop(Stop("ada-example", AT))
    register.lift_stop("Ada-Example")
    register.lift_stop("ben-example")
    assert register.stop_of("ada-example") is None


def test_moments_come_back_in_utc(register: Register) -> None:
    register.record_stop(Stop("ada-example", AT.astimezone(timezone(timedelta(hours=-4)))))
    stop = register.stop_of("ada-example")
    assert stop is not None
    assert (stop.at, stop.at.tzinfo) == (AT, UTC)


def test_a_consent_is_of_one_address(register: Register) -> None:
    register.record_consent(ASKED)
    assert register.consent("Ada-Example", "f00d") == replace(ASKED, login="Ada-Example")
    assert register.consent("ada-example", "beef") is None
    assert register.consent("ben-example", "f00d") is None


def test_a_consent_takes_the_place_of_the_one_before(register: Register) -> None:
    register.record_consent(ASKED)
    whole = replace(ASKED, mailed_at=AT, confirmed_at=AT, refused_at=AT, n_deferrals=2)
    register.record_consent(whole)
    assert register.consent("ada-example", "f00d") == whole
    register.record_consent(replace(whole, asked_at=None))
    assert register.consent("ada-example", "f00d") == replace(whole, asked_at=None)


def test_the_last_code_counts(register: Register) -> None:
    register.record_code("ada-example", "ONE")
    register.record_code("Ada-Example", "TWO")
    assert register.code_given("ada-example") == "TWO"


def test_the_level_that_was_stated_last_counts_in_any_case_of_the_login(
    register: Register,
) -> None:
    register.record_stated_level(StatedLevel("ada-example", Level.FIRST_TIMER, AT))
    later = StatedLevel("Ada-Example", Level.INTERMEDIATE, AT + timedelta(days=7))
    register.record_stated_level(later)
    assert register.stated_level("ADA-example") == replace(later, login="ADA-example")
    assert register.stated_level("ben-example") is None


def test_the_moment_since_when_a_level_is_stated_comes_back_in_utc(register: Register) -> None:
    in_puerto_rico = AT.astimezone(timezone(timedelta(hours=-4)))
    register.record_stated_level(StatedLevel("ada-example", Level.BEGINNER, in_puerto_rico))
    stated = register.stated_level("ada-example")
    assert stated is not None
    assert (stated.since, stated.since.tzinfo) == (AT, UTC)


def test_a_level_stated_at_no_moment_is_a_bug_and_changes_nothing(register: Register) -> None:
    stated = StatedLevel("ada-example", Level.BEGINNER, AT)
    register.record_stated_level(stated)
    with pytest.raises(ValueError, match="no time zone"):
        register.record_stated_level(replace(stated, since=AT.replace(tzinfo=None)))
    assert register.stated_level("ada-example") == stated


def test_posters_are_kept_once(register: Register) -> None:
    for login in ("Club-Bot", "club-bot", "github-actions[bot]"):
        register.record_poster(login)
    assert register.posters() == {"club-bot", "github-actions[bot]"}


def test_who_is_forgotten_told_nothing_and_the_others_did(register: Register) -> None:
    for login in ("ada-example", "ben-example"):
        register.record_stop(Stop(login, AT))
        register.record_consent(replace(ASKED, login=login))
        register.record_code(login, "ONE")
        register.record_stated_level(StatedLevel(login, Level.BEGINNER, AT))
    register.record_poster("ada-example")
    assert register.forget("Ada-Example") == 4
    assert register.stop_of("ada-example") is None
    assert register.consent("ada-example", "f00d") is None
    assert register.code_given("ada-example") is None
    assert register.stated_level("ada-example") is None
    assert register.posters() == {"ada-example"}
    assert register.stop_of("ben-example") is not None
    assert register.consent("ben-example", "f00d") is not None
    assert register.code_given("ben-example") == "ONE"
    assert register.stated_level("ben-example") is not None
