import pytest

from bot.rendering.marker import (
    MARKER_LENGTH,
    Marker,
    ReviewMarker,
    make_marker,
    make_review_marker,
    make_thread_marker,
    parse_marker,
    parse_reply_marker,
    parse_review_marker,
    parse_thread_marker,
)

LINE = make_marker("2026-W47", "ada-example", "content")


def test_a_marker_reads_back_as_it_was_made():
    marker = parse_marker(LINE + "\nHello")
    assert marker == Marker("2026-W47", "ada-example", "ed7002b439e9ac84")


def test_a_body_saved_with_windows_line_ends_keeps_its_marker():
    assert parse_marker(LINE + "\r\nHello") == parse_marker(LINE)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Hello\n" + LINE,
        "\n" + LINE,
        " " + LINE,
        LINE + " and more",
        LINE.replace("v1", "v2"),
        LINE.replace("ada-example", "ada example"),
        LINE.replace("2026-W47", "２026-W47"),
    ],
)
def test_only_a_whole_first_line_is_a_marker(body):
    assert parse_marker(body) is None


def test_another_content_has_another_fingerprint():
    assert make_marker("2026-W47", "ada-example", "other") != LINE


@pytest.mark.parametrize(
    ("week", "login"), [("47", "ada"), ("2026-W47", "a --> b"), ("2026-W47", "")]
)
def test_what_a_marker_cannot_carry_is_refused(week, login):
    with pytest.raises(ValueError, match="no marker"):
        make_marker(week, login, "content")


def test_the_longest_marker_fits_its_allowance():
    assert len(make_marker("2026-W47", "a" * 100, "content")) < MARKER_LENGTH


def test_a_thread_tells_whose_it_is():
    line = make_thread_marker("ada-example")
    assert parse_thread_marker(line + "\r\nHello") == "ada-example"


def test_a_thread_is_no_digest_and_a_digest_is_no_thread():
    assert parse_marker(make_thread_marker("ada-example")) is None
    assert parse_thread_marker(LINE) is None


@pytest.mark.parametrize("before", [" ", "\n", "> "])
def test_only_a_whole_first_line_makes_a_thread(before):
    assert parse_thread_marker(before + make_thread_marker("ada-example")) is None


@pytest.mark.parametrize("login", ["", "a --> b", "a b", "ä"])
def test_a_thread_of_nobody_is_refused(login):
    with pytest.raises(ValueError, match="no marker"):
        make_thread_marker(login)


REVIEW = make_review_marker("2026-W47", "grace-example", 2, "content")


def test_a_part_of_a_review_tells_whose_it_is_and_which():
    marker = parse_review_marker(REVIEW + "\r\nHello")
    assert marker == ReviewMarker("2026-W47", "grace-example", 2, "ed7002b439e9ac84")


def test_a_review_is_no_digest_no_thread_and_no_answer():
    assert parse_marker(REVIEW) is parse_thread_marker(REVIEW) is None
    assert parse_reply_marker(REVIEW) == frozenset()
    assert parse_review_marker(LINE) is parse_review_marker(make_thread_marker("ada")) is None


@pytest.mark.parametrize("before", [" ", "\n", "> "])
def test_only_a_whole_first_line_makes_a_review(before):
    assert parse_review_marker(before + REVIEW) is None


@pytest.mark.parametrize(
    ("week", "mentor", "part"),
    [("47", "grace", 1), ("2026-W47", "a --> b", 1), ("2026-W47", "", 1), ("2026-W47", "g", 0)],
)
def test_a_review_that_a_marker_cannot_carry_is_refused(week, mentor, part):
    with pytest.raises(ValueError, match="no marker"):
        make_review_marker(week, mentor, part, "content")


def test_the_longest_marker_of_a_review_fits_its_allowance():
    assert len(make_review_marker("2026-W47", "a" * 100, 9999, "content")) < MARKER_LENGTH
