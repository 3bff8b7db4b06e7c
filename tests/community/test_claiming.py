import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.community.claiming import Rule, read_claiming
from bot.terms import Claiming
from tests.community.hostile import REPEATS

UNKNOWN = Rule(Claiming.UNKNOWN)
ASK = Rule(Claiming.ASK_FIRST)
OPEN = Rule(Claiming.JUST_OPEN)


def _assign(command: str) -> Rule:
    return Rule(Claiming.ASSIGN_COMMAND, command)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("To reserve a ticket, comment `/assign` below it.", _assign("/assign")),
        ("Take an issue by writing a comment with the single word `take`.", _assign("take")),
        ("Issues are claimed with a bot: reply ``.take`` on the issue.", _assign(".take")),
        ("Post `@starbot claim` in the issue, and it is yours.", _assign("@starbot claim")),
        ("Write /take on an issue and the robot gives it to you.", _assign("/take")),
        ('Say "take" in a comment and the issue gets assigned to you.', _assign("take")),
        ("Reply `/assign @yourself` on the issue that you chose.", _assign("/assign")),
        ("To claim an issue, comment:\n\n```\n/claim\n```\n", _assign("/claim")),
        ("Slash commands for issues\n\n- `/take` — assigns the issue to you", _assign("/take")),
        ("| `/take` | Assign this issue to yourself |\n| `/drop` | Let it go |", _assign("/take")),
        ("Comenta `/asignar` o `/assign` en la tarea para reclamarla.", _assign("/asignar")),
        ("No need to ask: comment `take` and the issue is yours.", _assign("take")),
        ("Please ask to be assigned before you begin with an issue.", ASK),
        ("Say hello under the issue and wait until somebody assigns it to you.", ASK),
        ("Only start coding once the issue has been assigned to you.", ASK),
        ("Do not send pull requests for issues that are not assigned to you.", ASK),
        ("> [!NOTE]\n> Wait for a maintainer to assign the issue to you.", ASK),
        ("1. Comenta que te interesa.\n2. Espera a que te asignen la tarea.", ASK),
        ("Aguarde a atribuição da issue antes de abrir um PR.", ASK),
        ("You don't need to ask for permission to work on an issue.", OPEN),
        ("We do not assign issues. Simply open a pull request with your fix.", OPEN),
        ("Please don't ask to be assigned, nobody ever is.", OPEN),
        ("If you want to help, just open a pull request.", OPEN),
        ("No hace falta pedir permiso: manda un pull request.", OPEN),
    ],
)
def test_a_stated_rule_is_read(text: str, rule: Rule) -> None:
    assert read_claiming([text]) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Contributions are welcome! Fork the repository and open a pull request.",
        "Tell us in a comment that you are on it, so that nobody does the same.",
        "For bigger changes, ask before you start to write code.",
        "### New features\n\nAsk to be assigned before you begin.",
        "### For maintainers\n\nComment `/assign` on the issue to give it to a contributor.",
        "Maintainers can comment `/assign` on an issue.",
        "Use `/assign @reviewer` to ask a reviewer for a look at the pull request.",
        "Please do not comment `/assign` on issues any more.",
        "```\nComment /assign to claim the issue\n/label bug\n```",
        "<!-- Comment `/assign` to claim the issue. -->",
        "> Please wait to be assigned, I wrote to her.",
        "| `/assign` | puts a reviewer on the pull request |",
        "Ask questions before you start to code.",
        "Do not ask to be assigned to more than two issues at once.",
        "For typos, just open a pull request.",
        "To add your name to the list, just open a pull request.",
        "There is no need to ask for assignment on issues that fix spelling.",
        "You do not have write permission on the server.",
        "We do not assign issues until there is a pull request.",
        "Ask to be assigned to an issue.\n\nYou need no permission. Do not ask to be assigned.",
        "The workflow assigns issues to people who comment `/take`.",
    ],
)
def test_what_is_scoped_denied_shown_or_contradicted_is_unknown(text: str) -> None:
    assert read_claiming([text]) == UNKNOWN


def test_the_first_text_that_states_a_rule_decides() -> None:
    guide, readme = "Ask to be assigned to an issue first.", "To help, just open a pull request."
    assert read_claiming(["Welcome!", guide, readme]) == ASK


def test_a_command_counts_more_than_the_wait_behind_it() -> None:
    text = "Comment `/assign` on the issue, then wait for a maintainer to assign it to you."
    assert read_claiming([text]) == _assign("/assign")


@given(st.lists(st.text(max_size=300), max_size=3))
def test_any_texts_have_a_rule(texts: list[str]) -> None:
    rule = read_claiming(texts)
    assert bool(rule.command) == (rule.claiming is Claiming.ASSIGN_COMMAND)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(REPEATS), st.sampled_from(REPEATS))
def test_hostile_texts_take_no_time(one: str, other: str) -> None:
    text = ((one + other) * 100_000)[:100_000]
    read_claiming(["Compile first."])
    began = time.process_time()
    read_claiming([text])
    assert time.process_time() - began < 0.5
