"""The command `foothold`: its commands, and the one door through which errors leave.

Comes in: a command line. Goes out: an exit code (README, Commands). Commands import what is heavy
when they run, so that `--help` answers at once.
"""

import os
import signal
import sys
from collections.abc import Sequence

import click

from bot.cli.annotations import annotate
from bot.cli.check import check
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.explain import explain
from bot.cli.gate import gate
from bot.cli.history import history
from bot.cli.init import init
from bot.cli.keys import encrypt, keygen
from bot.cli.people import forget, stop
from bot.cli.report import report
from bot.cli.run import deliver, learn, prepare, run
from bot.cli.show import show
from bot.cli.state import state
from bot.cli.state_rebuild import rebuild
from bot.cli.subscribe import interests, subscribe
from bot.cli.voice import command, speaking_harmlessly
from bot.errors import BotError, ConfigurationError

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foothold", prog_name="foothold")
def foothold() -> None:
    """Find students the open-source issues where a first contribution is welcome.

    Try `foothold demo` first: it needs no token and no network.
    """


state.add_command(rebuild)

for _command in (
    *(demo, check, run, learn, prepare, deliver, show, explain, report),
    *(subscribe, interests),
    *(keygen, encrypt, stop, forget, state),
    *(history, doctor, init, gate),
):
    foothold.add_command(_command)


def main() -> None:
    """The entry point of the distribution."""
    # A shell's background job inherits an ignored Ctrl-C; a run must end by it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(call(sys.argv[1:]))


def call(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors are told on stderr."""
    with speaking_harmlessly(is_in_actions=_is_in_actions()):
        return _call(arguments)


def _call(arguments: Sequence[str]) -> int:
    try:
        code = foothold.main(list(arguments), prog_name="foothold", standalone_mode=False)
    except BotError as error:
        code = _tell(error)
    except (click.Abort, KeyboardInterrupt):
        code = _tell_interrupted()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SystemExit:
        # click's answer to a reader that went away (`| head`), which is no error of ours.
        code = 0
    except Exception as error:
        code = _tell_bug(error)
    return code if isinstance(code, int) else 0


def _tell(error: BotError) -> int:
    is_public = _is_in_actions()
    if isinstance(error, ConfigurationError):
        for problem in error.problems:
            click.echo(problem, err=True)
        for annotation in annotate(error.problems) if is_public else ():
            command(annotation)
    message, advice = error.told_in_public() if is_public else (error.message, error.advice)
    click.echo(f"error: {message}", err=True)
    click.echo(f"  try: {advice}", err=True)
    if "GITHUB_STEP_SUMMARY" in os.environ:
        _tell_summary(error)
    return error.exit_code


def _tell_summary(error: BotError) -> None:
    """What stopped a workflow's step stands under its run, too."""
    from bot.cli.options import environment
    from bot.cli.summary_file import add_to_summary
    from bot.cli.summary_page import stopped_summary

    settings = environment()
    if settings.summary is not None:
        add_to_summary(settings.summary, stopped_summary(error, settings))


def _is_in_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _tell_interrupted() -> int:
    click.echo("interrupted: nothing that was recorded is lost; run it again.", err=True)
    return INTERRUPTED


def _tell_bug(error: Exception) -> int:
    if os.environ.get("RUNNER_DEBUG") == "1":
        raise error
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "nowhere"
    click.echo(f"error: a bug in Foothold: {type(error).__name__} at {place}", err=True)
    click.echo("  try: report this line; RUNNER_DEBUG=1 shows the whole traceback.", err=True)
    return 1
