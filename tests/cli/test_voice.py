"""In a workflow's log nothing is a command but what we mean as one."""

import sys

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.main import call
from bot.cli.masking import masker
from bot.cli.voice import harmless, speaking_harmlessly
from bot.settings import Settings


def obeyed(text: str) -> list[str]:
    """The lines that a runner would take for commands."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize(
    "text",
    [
        "::set-output name=x::y",
        "Note: fine\n  ::error::not fine",
        "a\r::add-mask::b",
        "a\r\n\t::stop-commands::c",
        "a title ##[set-env name=PATH]x",
        "::::",
    ],
)
def test_a_line_that_a_runner_would_obey_is_none_any_more(text):
    assert obeyed(text)
    assert obeyed(harmless(text)) == []


@given(st.text(alphabet=" :#[]\r\n\tax\u3000", max_size=40))
def test_whatever_is_said_is_obeyed_by_nobody(text):
    assert obeyed(harmless(text)) == []


@pytest.mark.parametrize("text", ["std::vector is a name", "a: b", "10:00:00", "## [link](x)", ""])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_outside_of_workflows_nothing_changes(capsys):
    with speaking_harmlessly(is_in_actions=False):
        click.echo("::error::x")
    assert capsys.readouterr().out == "::error::x\n"


def test_all_that_a_command_prints_passes_the_door(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tmp_path / "students").mkdir()
    (tmp_path / "club.yaml").write_text("name: '::stop-commands::x'\n")

    assert call(["check", "--offline", "--config", str(tmp_path)]) == 0

    told = capsys.readouterr()
    assert "stop-commands" in told.out
    assert obeyed(told.out + told.err) == []


def test_an_address_is_masked_by_a_command_that_we_mean(capsys):
    with speaking_harmlessly(is_in_actions=True):
        masker(Settings(is_in_actions=True))("ada@example.org")
        click.echo("::error::foreign", err=True)
    assert obeyed(capsys.readouterr().err) == ["::add-mask::ada@example.org"]


def test_the_streams_are_themselves_again_afterwards():
    before = sys.stdout, sys.stderr
    with speaking_harmlessly(is_in_actions=True):
        assert (sys.stdout, sys.stderr) != before
    assert (sys.stdout, sys.stderr) == before
