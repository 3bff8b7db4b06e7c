"""The comment that answers commands: a line for each, and nothing live in it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.remarks import Echo, Remark, Reply, read_commands
from bot.rendering.marker import is_answered, parse_reply_marker
from bot.rendering.replies import render_reply
from bot.rendering.words import load_words
from tests.builders import TAKEN_AT
from tests.rendering.page import BACK_LINK, Page, hostile_text, live_parts

REPLIES = load_words().replies
NAMES = {key: set(re.findall(r"{(\w+)}", words)) for key, words in REPLIES.items()}


def remark(body: str, number: int = 1) -> Remark:
    return Remark(number, 7, "ada-example", TAKEN_AT, TAKEN_AT, body)


def rendered(*echoes: Echo) -> str:
    said = remark("\n".join(one.command for one in echoes))
    return render_reply(Reply(7, (said,), echoes))


def test_a_reply_reads_like_this():
    echoes = (
        Echo("/done 9", "no_such_number", (("number", "9"), ("week", "47"), ("n", "5")), False),
        Echo("/pause 4w", "pause", (("day", "2026-12-16"),)),
    )
    marker, *lines = rendered(*echoes).splitlines()
    assert parse_reply_marker(marker)
    assert lines == [
        "- `/done 9`: there is no 9 in your digest of week 47: its picks go from 1 to 5.",
        "- `/pause 4w`: no digest comes before 2026-12-16. If you want it back sooner: `/resume`",
    ]


def test_a_reply_answers_its_remarks_as_they_stand():
    first, second = remark("/stop"), remark("/resume", 2)
    reply = render_reply(Reply(7, (first, second), (Echo("/stop", "stop"),)))
    answered = parse_reply_marker(reply)
    assert is_answered(first, answered)
    assert is_answered(second, answered)
    assert not is_answered(remark("/stop!"), answered)


@pytest.mark.parametrize("key", REPLIES)
def test_an_answer_in_a_thread_is_no_command_itself(key):
    """Whoever quotes it by mail, without marks, says nothing by it."""
    values = tuple((name, "/stop") for name in sorted(NAMES[key]))
    assert read_commands(rendered(Echo("/stop", key, values))) == ()


@given(
    key=st.sampled_from(sorted(REPLIES)),
    command=hostile_text,
    value=hostile_text,
)
def test_hostile_words_make_nothing_live(key: str, command: str, value: str):
    values = tuple((name, value) for name in sorted(NAMES[key]))
    reply = rendered(Echo(f"/more {command}", key, values))

    assert live_parts(Page.of_markdown(reply).outside) == []
    assert not BACK_LINK.search(reply)
    assert len(reply.splitlines()) == 2


def test_every_sentence_is_said_somewhere_in_the_code():
    sources = Path(bot.__file__).parent.rglob("*.py")
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    by_kind = {f"{kind}_{what}" for kind in ("more", "less") for what in ("picks", "names")}
    by_word = {"took", "done"}
    missing = [key for key in REPLIES if f'"{key}"' not in text]
    assert set(missing) <= by_kind | by_word
