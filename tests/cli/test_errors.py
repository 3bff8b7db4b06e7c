"""The one door of the command line: what each failure prints, and the exit code it leaves with."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from bot import errors
from bot.cli.main import call, foothold
from bot.errors import BotError
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.stage import EXAMPLE_CONFIG, NOW
from tests.subscriptions.folder import Folder

EXIT_CODES = {
    errors.BotError: 1,
    errors.ConfigurationError: 2,
    errors.GitHubError: 3,
    errors.WorkEnded: 3,
    errors.LimitReached: 3,
    errors.Refused: 3,
    errors.Outage: 3,
    errors.TooHeavy: 3,
    errors.RemoteError: 3,
    errors.RemoteMoved: 3,
    errors.RemoteRefused: 3,
    errors.RemoteFailed: 3,
    errors.ReviewError: 4,
    errors.DeliveryError: 5,
    errors.DeliveryInDoubt: 5,
    errors.DeliveryDeferred: 5,
    errors.DeliveryRefused: 5,
    errors.AlreadyRefused: 5,
    errors.ChannelStopped: 5,
    errors.JournalError: 6,
    errors.StudentsFailed: 7,
}
MISUSES = (
    ["unheard-of"],
    ["run", "--unheard-of"],
    ["run", "--week", "47"],
    ["run", "--week", "2026-W54"],
    ["run", "--now", "yesterday"],
    ["explain", "ada-example"],
    ["explain", "ada-example", "not an issue"],
    ["show", "ada-example", "--format", "pdf"],
    ["demo", "--corpus", "absent.jsonl"],
)
SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
#: What a command imports when it runs, so that `--help` answers at once.
HEAVY = ("github", "sqlalchemy", "pydantic", "jinja2", "graphql", "yaml")
COMMAND = (sys.executable, "-c", "from bot.cli.main import main; main()")

Fail = Callable[[BaseException], int]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Runs a command that raises."""

    def run(error: BaseException) -> int:
        @click.command()
        def trouble() -> None:
            raise error

        monkeypatch.setitem(foothold.commands, "trouble", trouble)
        return call(["trouble"])

    return run


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A GitHub that does not know the token of the environment."""
    monkeypatch.setenv("GITHUB_TOKEN", SECRET)
    with Sandbox(World(NOW)) as sandbox:
        monkeypatch.setenv("GITHUB_API_URL", sandbox.url)
        yield sandbox


def check() -> int:
    """Run `foothold check` for the example club."""
    return call(["check", "--config", str(EXAMPLE_CONFIG)])


def test_every_class_of_errors_has_its_exit_code_here():
    named = vars(errors).values()
    classes = {one for one in named if isinstance(one, type) and issubclass(one, BotError)}
    assert classes == set(EXIT_CODES)


@pytest.mark.parametrize(("kind", "code"), EXIT_CODES.items(), ids=str)
def test_an_error_is_told_with_its_advice_and_leaves_with_its_code(kind, code, fail, capsys):
    assert fail(kind("The lamp is out.", "Change the bulb.")) == code
    assert capsys.readouterr() == ("", "error: The lamp is out.\n  try: Change the bulb.\n")


def test_the_cause_of_an_error_is_not_printed(fail, capsys):
    error = BotError("The lamp is out.", "Change the bulb.")
    error.__cause__ = OSError(f"refused: {SECRET}")
    fail(error)
    assert SECRET not in "".join(capsys.readouterr())


def test_all_problems_of_the_configuration_come_before_the_error(tmp_path, capsys):
    folder = Folder(tmp_path / "config").club("name: Club\npicks: 50\n")
    folder.student("languages: [Python]\nlevell: beginner\n")
    assert call(["check", "--offline", "--config", str(folder.root)]) == 2
    out, err = capsys.readouterr()
    *problems, error, advice = err.splitlines()
    assert out == ""
    assert problems[0].startswith(f"{folder.root}/club.yaml:2: ")
    assert problems[1].startswith(f"{folder.root}/students/ada.yaml:2: ")
    assert error.startswith("error: ")
    assert advice.startswith("  try: ")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), click.Abort(), EOFError()], ids=repr)
def test_an_interruption_is_no_error_and_leaves_with_130(interruption, fail, capsys):
    assert fail(interruption) == 130
    assert "run it again" in capsys.readouterr().err


def test_ctrl_c_ends_a_run_with_130_and_without_a_traceback(tmp_path):
    started = subprocess.Popen(
        [*COMMAND, "demo"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with started:
        assert started.stdout
        assert started.stdout.readline()
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=20)
    assert started.returncode == 130
    assert told.strip().startswith("interrupted: ")


@pytest.mark.parametrize("arguments", MISUSES, ids=" ".join)
def test_a_misuse_shows_the_usage_and_leaves_with_2(arguments, capsys):
    assert call(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: foothold ")
    assert "Error: " in err


def test_no_command_shows_the_help_and_leaves_with_2(capsys):
    assert call([]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_a_student_who_is_not_subscribed_leaves_with_2(capsys):
    code = call(["show", "nobody-example", "--config", str(EXAMPLE_CONFIG)])
    assert (code, "ada-example" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("name", [None, *foothold.commands])
def test_help_leaves_with_0(name, capsys):
    assert call([name, "--help"] if name else ["--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: foothold ")


def test_a_bug_is_told_in_two_lines_without_its_words(fail, capsys):
    assert fail(ZeroDivisionError(f"divided by {SECRET}")) == 1
    out, err = capsys.readouterr()
    bug, advice = err.splitlines()
    assert out == ""
    assert "ZeroDivisionError" in bug
    assert f"{Path(__file__).name}:" in bug
    assert "RUNNER_DEBUG=1" in advice
    assert SECRET not in err


def test_a_bug_shows_its_traceback_when_the_runner_debugs(fail, monkeypatch):
    monkeypatch.setenv("RUNNER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        fail(ZeroDivisionError("nothing"))


def test_a_refused_token_is_not_printed(sandbox, capsys):
    assert check() == 3
    assert [request.status for request in sandbox.requests] == [401]
    assert SECRET not in "".join(capsys.readouterr())


def test_an_unreachable_github_does_not_make_the_token_printed(sandbox, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    assert check() == 3
    assert SECRET not in "".join(capsys.readouterr())


def test_a_state_that_cannot_be_reached_does_not_tell_its_password(sandbox, monkeypatch, capsys):
    monkeypatch.setenv("FOOTHOLD_STATE", f"postgresql+absent://club:{SECRET}@127.0.0.1:9/state")
    assert check() == 6
    assert SECRET not in "".join(capsys.readouterr())


def test_a_reader_that_went_away_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "check", "--schema"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_imports_nothing_heavy():
    script = f"""
import sys
from bot.cli.main import call
call(["--help"])
print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "Commands:" in done.stdout
    assert done.stderr.strip() == "[]"
