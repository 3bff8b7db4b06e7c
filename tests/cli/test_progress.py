"""What is told while a harvest goes on, and a cost in words."""

import pytest

from bot.cli.progress import PLAIN_EVERY, in_words, moving_watcher, plain_watcher, watching
from bot.harvest.source import Cost, Step


def lines_of(make_watcher, *costs):
    told = []
    watch = make_watcher(told.append)
    for cost in costs:
        watch(Step.PAGE, cost)
    return told


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(1, 1), "1 point in 1 request"),
        (Cost(2, 0), "0 points in 2 requests"),
        (Cost(1_200, 3_400), "3,400 points in 1,200 requests"),
    ],
)
def test_a_cost_is_told_in_its_number(cost, words):
    assert in_words(cost) == words


@pytest.mark.parametrize("make_watcher", [plain_watcher, moving_watcher])
def test_answers_from_the_cache_alone_are_not_told(make_watcher):
    assert lines_of(make_watcher, Cost(), Cost(seconds=0.1)) == []


def test_a_plain_line_stands_for_many_requests_and_is_told_once():
    costs = [Cost(n, n) for n in range(2 * PLAIN_EVERY + 1)]
    kept = [Cost(PLAIN_EVERY, PLAIN_EVERY, 9.0)] * 2

    assert lines_of(plain_watcher, *costs, *kept) == [
        "Asking GitHub: page, 25 points in 25 requests so far",
        "Asking GitHub: page, 50 points in 50 requests so far",
    ]


def test_a_moving_line_follows_every_request():
    assert lines_of(moving_watcher, Cost(1, 1), Cost(2, 1)) == [
        "Asking GitHub: page, 1 point in 1 request so far",
        "Asking GitHub: page, 1 point in 2 requests so far",
    ]


def test_off_a_terminal_plain_lines_go_to_stderr(capsys):
    with watching() as watch:
        watch(Step.DETAILS, Cost())
        watch(Step.DETAILS, Cost(PLAIN_EVERY, 75))

    line = "Asking GitHub: details, 75 points in 25 requests so far\n"
    assert capsys.readouterr() == ("", line)
