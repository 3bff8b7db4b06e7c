"""What a student's commands say, and what each is answered."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.feedback.answer import AnswerKind
from bot.feedback.understand import understand
from bot.remarks import read_commands
from bot.rendering.words import load_words
from tests.feedback.told import AT, KNOTS, SENT_AT, TIDES, build_remark, build_sent, days

ZONE = ZoneInfo("America/Puerto_Rico")
SENT = (build_sent(TIDES, KNOTS),)
QUIET = (build_sent(),)


def understood(body, sent=SENT, **changes):
    return understand(build_remark(body, **changes), "Ada-Example", sent, ZONE)


def answers(body, sent=SENT, **changes):
    return understood(body, sent, **changes)[0]


def echo(body, sent=SENT):
    (only,) = understood(body, sent)[1]
    return only


@pytest.mark.parametrize("kind", ["more", "less", "took", "done"])
@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("2", [KNOTS]),
        ("#2", [KNOTS]),
        ("2.", [KNOTS]),
        ("２", [KNOTS]),
        ("#\u200b2", [KNOTS]),
        ("2 1", [KNOTS, TIDES]),
        ("1, 2", [TIDES, KNOTS]),
        ("1,2", [TIDES, KNOTS]),
        ("#1 and #2", [TIDES, KNOTS]),
        ("1 & 2", [TIDES, KNOTS]),
        ("1 y 2", [TIDES, KNOTS]),
        ("1 1", [TIDES]),
        ("2 👍", [KNOTS]),
        ("lumen-lab/tides#7", [TIDES]),
        ("https://github.com/lumen-lab/Tides/issues/7#issuecomment-1", [TIDES]),
    ],
)
def test_a_number_means_a_pick(kind, words, refs):
    found = answers(f"/{kind} {words}")

    assert [(one.kind, one.ref) for one in found] == [(kind, ref) for ref in refs]
    assert echo(f"/{kind} {words}").is_understood


def test_an_answer_says_who_when_where_and_what_about():
    first, second = answers("/more 2\n/done 1")

    assert (first.login, first.at, first.source, first.position) == (
        "Ada-Example",
        AT,
        "comment 12",
        0,
    )
    assert (first.ref, first.topics, first.name, first.until) == (KNOTS, ("topic-2",), "", None)
    assert (second.kind, second.position) == (AnswerKind.DONE, 1)


def test_a_number_means_the_newest_digest_before_the_remark():
    other = build_sent(KNOTS, at=SENT_AT + days(7), week="2026-W48")
    both = (other, *SENT)

    assert answers("/more 1", both)[0].ref == TIDES
    assert answers("/more 1", both, said_at=other.delivered_at)[0].ref == KNOTS


def test_an_edit_does_not_move_a_remark_to_a_newer_digest():
    other = build_sent(KNOTS, at=SENT_AT + days(7), week="2026-W48")
    assert answers("/more 1", (*SENT, other), edited_at=AT + days(9))[0].ref == TIDES


def test_a_spare_has_no_number():
    shown, other = SENT[0].digest.picks
    with_spare = build_sent(picks=(shown, replace(other, spare=True)))
    assert echo("/more 2", (with_spare,)).sentence == "no_such_number"


def test_an_issue_of_an_older_digest_can_be_named():
    newer = build_sent(KNOTS, at=AT - days(1), week="2026-W48")
    assert answers("/done lumen-lab/Tides#7", (newer, *SENT))[0].ref == TIDES


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("astronomy", ["astronomy"]),
        ("Astronomía", ["astronomy"]),
        ("data viz", ["data-visualization"]),
        ('"machine learning".', ["machine-learning"]),
        ("C++", ["cpp"]),
        ("#astronomy", ["astronomy"]),
        ("Lumen-Lab/Tides", ["lumen-lab/tides"]),
        ("https://github.com/Lumen-Lab/Tides", ["lumen-lab/tides"]),
        ("github.com/lumen-lab/tides.git", ["lumen-lab/tides"]),
        ("https://github.com/lumen-lab/tides/tree/main/docs?plain=1", ["lumen-lab/tides"]),
        ("https://github.com/lumen-lab/tides/issues/8", ["lumen-lab/tides"]),
        ("astronomy, lumen-lab/tides; astronomy", ["astronomy", "lumen-lab/tides"]),
    ],
)
@pytest.mark.parametrize("kind", ["more", "less"])
def test_a_topic_or_a_project_is_known_by_one_name(kind, words, names):
    found = answers(f"/{kind} {words}")
    assert [(one.kind, one.name, one.ref) for one in found] == [
        (kind, name, None) for name in names
    ]


def test_a_pause_ends_so_many_weeks_after_its_day_at_the_clubs_place():
    (pause,) = answers("/pause 2w")
    assert (pause.kind, pause.until) == (AnswerKind.PAUSE, date(2026, 12, 1))
    assert echo("/pause 2w").values == (("day", "2026-12-01"),)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("/stop", "stop"),
        ("/stop please, this is too much", "stop"),
        ("/stop " + "I have my reasons. " * 50, "stop"),
        ("/Resume", "resume"),
        ("/resume please", "resume"),
    ],
)
def test_a_stop_and_a_resume_need_nothing_more(body, kind):
    assert [one.kind for one in answers(body)] == [kind]


#: Each sentence, a command that it answers, and what the student was sent.
ECHOES = [
    ("more_picks", "/more 1", SENT),
    ("less_picks", "/less 1 2", SENT),
    ("more_names", "/more astronomy", ()),
    ("less_names", "/less lumen-lab/tides", ()),
    ("took", "/took 2", SENT),
    ("done", "/done 2", SENT),
    ("pause", "/pause", ()),
    ("resume", "/resume", ()),
    ("stop", "/stop", ()),
    ("unknown", "/approve", SENT),
    ("too_long", "/more " + "a" * 450, SENT),
    ("too_long", "/less " + ", ".join(f"t{n}" for n in range(20)), SENT),
    ("no_digest", "/done 1", ()),
    ("no_picks", "/done 1", QUIET),
    ("no_such_number", "/done 3", SENT),
    ("no_such_number", "/more 0", SENT),
    ("no_such_number", "/more 1 999999", SENT),
    ("number_wanted", "/took", SENT),
    ("number_wanted", "/took the first", SENT),
    ("number_wanted", "/done lumen-lab/tides", SENT),
    ("what_wanted", "/more", SENT),
    ("what_wanted", "/less , ;", SENT),
    ("one_of_them", "/less 2 too hard", SENT),
    ("not_yours", "/took lumen-lab/tides#8", SENT),
    ("no_name", "/more of the second one", SENT),
    ("no_name", "/more 2-4", SENT),
    ("no_name", "/more 天文", SENT),
    ("no_name", "/less https://github.com/lumen-lab", SENT),
    ("pause_unclear", "/pause a while", SENT),
    ("pause_over", "/pause 2020-01-01", SENT),
    ("pause_long", "/pause 90w", SENT),
    ("alone", "/stop 2", SENT),
    ("alone", "/stop for 4 weeks", SENT),
    ("alone", "/resume 2026-12-24", SENT),
]
UNDERSTOOD = {sentence for sentence, _, _ in ECHOES[:9]}
MODULES = ("understand.py", "pausing.py")


@pytest.mark.parametrize(("sentence", "body", "sent"), ECHOES)
def test_a_command_is_answered_by_its_sentence(sentence, body, sent):
    found = echo(body, sent)

    assert (found.command, found.sentence) == (str(read_commands(body)[0]), sentence)
    assert found.is_understood is (sentence in UNDERSTOOD)
    assert bool(answers(body, sent)) is found.is_understood


@pytest.mark.parametrize(("sentence", "body", "sent"), ECHOES)
def test_a_sentence_is_filled_in_by_what_its_echo_knows(sentence, body, sent):
    wanted = set(re.findall(r"{(\w+)}", load_words().replies[sentence]))
    assert wanted <= dict(echo(body, sent).values).keys()


def test_every_sentence_of_the_code_was_tried_here():
    sources = [Path(bot.__file__).parent / "feedback" / name for name in MODULES]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    used = {key for key in load_words().replies if f'"{key}"' in text}
    made = {f"{kind}_{what}" for kind in ("more", "less") for what in ("picks", "names")}
    unclear = set(re.findall(r'(?:_Unclear\(|return )"(\w+)"', text))
    assert unclear <= load_words().replies.keys()
    assert used | made | unclear | {"took", "done"} == {sentence for sentence, _, _ in ECHOES}


def test_a_wrong_number_among_right_ones_makes_nothing_count():
    assert understood("/more 1 7")[0] == ()


def test_no_such_number_is_told_with_the_numbers_that_there_are():
    assert echo("/done 7").values == (("number", "7"), ("week", "47"), ("n", "2"))


def test_each_line_counts_for_itself():
    found, echoes = understood("Hello!\n/more 2\n/les 1\n/done 9\n/done 1")

    assert [(one.kind, one.position) for one in found] == [("more", 0), ("done", 1)]
    assert [one.sentence for one in echoes] == ["more_picks", "unknown", "no_such_number", "done"]


def test_a_remark_without_commands_says_nothing():
    assert understood("I am done with 2.") == ((), ())


NAMES = st.sampled_from(["more", "less", "took", "done", "pause", "resume", "stop", "approve"])
WORDS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["1", "#2", "3", ",", "a/b", "w", "2026-12-24", "art"])).map(" ".join),
)


@given(st.lists(st.tuples(NAMES, WORDS), max_size=6), st.sampled_from([(), QUIET, SENT]))
def test_every_command_gets_one_echo_and_what_is_understood_an_answer(lines, sent):
    body = "\n".join(f"/{name} {words}" for name, words in lines)
    found, echoes = understood(body, sent)

    assert [one.command for one in echoes] == [str(one) for one in read_commands(body)]
    assert bool(found) is any(one.is_understood for one in echoes)
    assert [one.position for one in found] == list(range(len(found)))
    for one in found:
        assert (one.until is not None) is (one.kind is AnswerKind.PAUSE)
        assert one.until is None or timedelta() < one.until - date(2026, 11, 17) <= timedelta(364)


@given(st.lists(st.tuples(NAMES, WORDS), max_size=6), st.randoms())
def test_the_order_of_the_digests_does_not_matter(lines, dice):
    sent = [build_sent(TIDES, KNOTS), build_sent(KNOTS, at=AT - days(1), week="2026-W48"), *QUIET]
    body = "\n".join(f"/{name} {words}" for name, words in lines)
    first = understood(body, tuple(sent))
    dice.shuffle(sent)
    assert understood(body, tuple(sent)) == first
