"""What the options of all commands understand."""

from datetime import UTC, datetime

import click
import pytest

from bot.cli.main import foothold
from bot.cli.options import MomentType


@pytest.mark.parametrize(
    "told", ["2026-11-22T05:23:00", "2026-11-22T01:23:00-04:00", "2026-11-22T05:23:00.7Z"]
)
def test_a_fixed_clock_counts_whole_seconds_in_utc(told: str) -> None:
    assert MomentType().convert(told, None, None) == datetime(2026, 11, 22, 5, 23, tzinfo=UTC)


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, object]:
    """What `foothold deliver` takes from the environment alone."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    command = foothold.commands["deliver"]
    return command.make_context("deliver", [], parent=click.Context(foothold)).params


def test_a_workflows_form_gives_its_options_by_the_environment(monkeypatch):
    given = read(
        monkeypatch,
        FOOTHOLD_WEEK="2026-W47",
        FOOTHOLD_STUDENT="ada-example ben-example",
        FOOTHOLD_RESEND="ada-example",
        FOOTHOLD_NOW="2026-11-22T05:23:00Z",
    )
    assert str(given["week"]) == "2026-W47"
    assert given["logins"] == ("ada-example", "ben-example")
    assert given["again"] == ("ada-example",)
    assert given["now"] == datetime(2026, 11, 22, 5, 23, tzinfo=UTC)


def test_a_form_that_was_left_empty_gives_none(monkeypatch):
    empty = dict.fromkeys(
        ("FOOTHOLD_WEEK", "FOOTHOLD_STUDENT", "FOOTHOLD_RESEND", "FOOTHOLD_NOW"), ""
    )
    given = read(monkeypatch, **empty)
    assert (given["week"], given["logins"], given["again"], given["now"]) == (None, (), (), None)


def test_no_variable_makes_a_run_live(monkeypatch):
    assert read(monkeypatch, FOOTHOLD_LIVE="true")["live"] is False


def test_what_a_form_gives_is_checked_as_on_the_command_line(monkeypatch):
    with pytest.raises(click.BadParameter):
        read(monkeypatch, FOOTHOLD_WEEK="2026-W47; echo")
