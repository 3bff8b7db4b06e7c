"""Commands are read as their writer meant them: a line counts whole, code and quotations do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.remarks import MAX_COMMANDS, WORDS_LIMIT, Command, read_commands

#: Lines that are no command, end no block and begin none.
PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n/`~<>-")).filter(
    lambda line: "/" not in line and ":" not in line
)
WORDS = st.text(st.sampled_from("abc123#., äß日本"), max_size=40)


def read(body):
    return [str(one) for one in read_commands(body)]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("/more 2", "more", "2"),
        ("/more  2,\t3 ", "more", "2, 3"),
        ("   /done 1", "done", "1"),
        ("/STOP", "stop", ""),
        ("/pause\t4w", "pause", "4w"),
        ("/pause\u00a04w", "pause", "4w"),
        ("/more2", "more", "2"),
        ("/more#2", "more", "#2"),
        ("/more: 2", "more", "2"),
        ("\ufeff/stop\u200b", "stop", ""),
        ("/less data visualización", "less", "data visualización"),
        ("/note héllo 👩‍💻", "note", "héllo 👩‍💻"),
    ],
)
def test_a_line_that_begins_with_a_slash_is_a_command(line, name, words):
    assert read_commands(line) == (Command(name, words, 0),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "I did it, so /done 2",
        "/",
        "/ more",
        "//more",
        "/usr/bin/more 2",
        "/more/2",
        "/2",
        "/etc.d",
        "    /more 2",
        "\t/more 2",
        "> /more 2",
        ">/more 2",
        "`/more 2`",
        "- /more 2",
        "/" + "m" * 21,
        "<!-- /more 2 -->",
    ],
)
def test_anything_else_is_none(line):
    assert read_commands(line) == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_commands_of_a_text_are_told_in_its_order(end):
    body = end.join(["Hello,", "", "/more 2", "and then", "/less 3", ""])
    assert read_commands(body) == (Command("more", "2", 0), Command("less", "3", 1))


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1e"])
def test_only_what_github_draws_as_a_line_is_one(sign):
    assert read(f"look:{sign}/stop") == []


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```", "```"),
        ("```sh", "```"),
        ("~~~", "~~~~"),
        ("````", "````"),
        ("   ```", "  ``` "),
        ("~~~ a ` b", "~~~"),
        ("<!--", "-->"),
        ("<!-- seen by nobody", "the end --> /done 3"),
        ("<pre>", "</pre>"),
        ("<PRE class=a>", "a</Pre>"),
    ],
)
def test_code_and_hidden_text_give_no_command_and_end_where_github_ends_them(opening, closing):
    assert read(f"/more 1\n{opening}\n/more 2\n{closing}\n/more 3") == ["/more 1", "/more 3"]


@pytest.mark.parametrize(
    ("opening", "inside"),
    [("````", "```"), ("```", "~~~"), ("```", "``` sh"), ("~~~~", "~~~"), ("```", "    ```")],
)
def test_what_does_not_close_code_leaves_it_open_to_the_end(opening, inside):
    assert read(f"{opening}\n{inside}\n/more 2") == []


def test_backticks_that_open_and_close_on_one_line_begin_no_block():
    assert read("```/more 1```\n/more 2") == ["/more 2"]


def test_an_answer_right_under_what_it_quotes_is_an_answer():
    assert read("> Answer with `/more 2`\n> /less 1\n/more 2") == ["/more 2"]


@pytest.mark.parametrize(
    "head",
    [
        "On Mon, Nov 23, 2026 at 9:12 AM foothold <notifications@github.com> wrote:\n> Hello",
        "-----Original Message-----\nFrom: somebody",
        "---------- Mensaje original ----------",
        "From: foothold <notifications@github.com>\nSent: Monday, November 23, 2026 9:12 AM",
        "*From:* foothold\n*Date:* Monday",
        "**De:** foothold\n**Enviado el:** lunes",
        "________________________________\nDe: foothold\nPara: Ada",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mail_is_read_down_to_what_it_quotes(head, end):
    quoted = "> /stop" if "> Hello" in head else "/stop"
    body = f"/more 2\n\n{head}\n{quoted}".replace("\n", end)
    assert read(body) == ["/more 2"]


@pytest.mark.parametrize(
    "line", ["From: me, to all of you", "-- \nAda", "---", "On Monday I wrote:", "From:", "De nada"]
)
def test_a_line_that_only_looks_like_a_mails_ends_nothing(line):
    assert read(f"{line}\n/done 2") == ["/done 2"]


@given(st.lists(st.one_of(PLAIN, WORDS.map(lambda words: f"/more {words}")), max_size=20))
def test_every_command_between_plain_lines_is_read_whatever_the_line_ends(lines):
    told = [f"/more {' '.join(line[6:].split())}".rstrip() for line in lines if line[:1] == "/"]
    for end in ("\n", "\r\n", "\r"):
        assert read(end.join(lines)) == told


@given(st.text(), st.sampled_from(["`", "~"]), st.integers(3, 9))
def test_nothing_in_code_is_a_command(text, sign, n):
    inner = text.replace(sign, "")
    assert read(f"{sign * n}\n{inner}\n/stop\n{sign * n}") == []


@given(st.text())
def test_nothing_quoted_is_a_command(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert read("\n".join(f"> {line}" for line in lines)) == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_gives_commands_within_their_bounds(body):
    commands = read_commands(body)
    assert [one.position for one in commands] == list(range(len(commands)))
    for one in commands:
        assert one.name == one.name.lower()
        assert one.name.isascii()
        assert one.words == " ".join(one.words.split())
        assert len(one.words) <= WORDS_LIMIT


def test_more_commands_than_a_person_writes_are_not_read():
    assert len(read_commands("/more 2\n" * 10_000)) == MAX_COMMANDS


@pytest.mark.parametrize(
    "line",
    [
        "/more " + " " * 65_000 + "2",
        "-" * 65_000,
        " " * 65_000,
        "`" * 65_000,
        "```" + "a`" * 30_000,
        "<!--" + "-" * 65_000,
        "from:" * 13_000,
        "/" * 65_000,
        "/" + "a:" * 30_000,
        "\u200b" * 65_000,
    ],
)
def test_a_long_line_is_read_in_no_time(line):
    began = time.perf_counter()
    read_commands(line)
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("line", ["/x", "From: me\n", "```", "<!--", "-" * 5, "> /a", "    /a"])
def test_ten_thousand_lines_are_read_in_no_time(line):
    began = time.perf_counter()
    read_commands(f"{line}\n" * 10_000)
    assert time.perf_counter() - began < 0.5
