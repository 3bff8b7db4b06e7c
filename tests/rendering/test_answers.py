"""A post says how to answer it, in commands that are understood; a mail and a file do not."""

import re
from zoneinfo import ZoneInfo

import pytest

from bot.feedback.understand import understand
from bot.remarks import read_commands
from bot.rendering.render import render_html, render_markdown, render_text
from bot.rendering.thread import Opening, render_thread
from bot.terms import ChannelName, IssueRef
from tests.builders import build_digest, build_letter, build_pick
from tests.feedback.told import build_remark, build_sent

THREAD = render_thread(Opening("ada-example", "Ada", "Campus Club", "campus-club/digests")).markdown
POST = render_markdown(build_letter())
QUIET = render_markdown(build_letter(digest=build_digest(picks=())))
SENT = (build_sent(IssueRef("lumen-lab/tides", 1), IssueRef("lumen-lab/tides", 2)),)


@pytest.mark.parametrize(("text", "n"), [(THREAD, 6), (POST, 6), (QUIET, 3)])
def test_what_a_post_says_to_write_is_understood(text, n):
    told = re.findall(r"`(/[^`]+)`", text)
    assert len(told) == n
    _, echoes = understand(build_remark("\n".join(told)), "ada-example", SENT, ZoneInfo("UTC"))
    assert [one.is_understood for one in echoes] == [True] * n


@pytest.mark.parametrize("text", [THREAD, POST, QUIET])
def test_who_quotes_a_post_without_marks_gives_no_command(text):
    assert read_commands(text) == ()


@pytest.mark.parametrize("channel", [ChannelName.EMAIL, ChannelName.FILE])
def test_what_is_no_post_names_no_commands(channel):
    letter = build_letter(channel=channel)
    assert not any("/more" in one(letter) for one in (render_markdown, render_html, render_text))


def test_a_mail_names_no_commands_in_any_case():
    assert not any("/more" in one(build_letter()) for one in (render_html, render_text))


def test_a_quiet_post_names_no_number():
    assert "/more 2" not in QUIET
    assert "/more 2" in render_markdown(build_letter(digest=build_digest(picks=(build_pick(),))))
