"""The boxes of a review post: which picks they mean, however the text around them changed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.listen import verdicts_of
from bot.review.ticks import tick_note, ticks_of, without_ticks
from bot.review.verdict import VerdictKind
from tests.rendering.page import hostile_text
from tests.review.steps import CLUB, POSTED_AT, REVIEW, STUDENTS, ref, remark, talk


def box(login="ada-example", n=2, number=102, *, mark=" ", before="- "):
    return f"{before}[{mark}] {tick_note(login, n, ref(number))} **2.** A pick"


def unticked(*parts, review=REVIEW):
    return [(line.login, line.n) for line in ticks_of(parts, review)]


ALL = "\n".join(
    box(line.login, line.n, line.ref.number, mark="x") for line in REVIEW.lines if not line.spare
)


def test_a_box_that_is_unticked_means_its_pick():
    assert unticked(ALL) == []
    assert unticked(ALL.replace(box(mark="x"), box())) == [("ada-example", 2)]


@pytest.mark.parametrize("mark", ["x", "X"])
def test_a_box_that_is_ticked_again_drops_nothing(mark):
    assert unticked(box(mark=mark)) == []


def test_a_mentor_may_write_around_boxes_and_move_them_anywhere():
    moved = "Hm\r\n\r\n* [ ]  " + box("ben-example", 1, 201).removeprefix("- [ ] ") + " no!\r\n"
    part = "## Somebody else\n" + moved + "text\n" + box(before="  - ")
    assert unticked("other part", part) == [("ada-example", 2), ("ben-example", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] 2. A pick",
        "> " + box(),
        "    " + box(),
        box(number=103),
        box(n=9),
        box(login="zoe-example"),
        box(mark="-"),
        box().replace("pick", "pack"),
        "- [ ] text " + tick_note("ada-example", 2, ref(102)),
    ],
)
def test_a_line_that_is_forged_or_lost_its_note_says_nothing(line):
    assert unticked(line) == []


def test_a_copy_of_a_box_drops_nothing_while_one_of_both_is_ticked():
    assert unticked(box(), box(mark="x")) == []
    assert unticked(box(), box()) == [("ada-example", 2)]


def test_a_renamed_repositorys_case_is_no_other_pick():
    lines = tuple(
        replace(one, ref=replace(one.ref, repository="LUMEN-lab/StarCharts"))
        for one in REVIEW.lines
    )
    assert unticked(box(), review=replace(REVIEW, lines=lines)) == [("ada-example", 2)]


def test_a_note_names_no_issue():
    assert "lumen" not in tick_note("ada-example", 2, ref(102)).lower()
    assert "102" not in tick_note("ada-example", 2, ref(102))


def test_with_or_without_ticks_the_rest_is_the_same():
    assert without_ticks(box() + "\n- [ ] a task") == box(mark="x") + "\n- [ ] a task"


@given(hostile_text)
def test_no_foreign_text_is_a_box(text):
    assert unticked("- [ ] " + text, text) == []


def test_an_unticked_box_is_a_drop_in_the_posts_name():
    said = verdicts_of(talk(parts=(box(),), editors=("Grace-Example",)), REVIEW, CLUB, STUDENTS)
    (verdict,) = said.verdicts
    assert (verdict.kind, verdict.login, verdict.ref) == (VerdictKind.DROP, "ada-example", ref(102))
    assert (verdict.source, verdict.mentor) == ("ticks 7", "Grace-Example")
    assert verdict.at > POSTED_AT
    assert said.strangers == ()


def test_boxes_that_a_stranger_edited_do_not_count_and_it_is_told():
    editors = ("grace-example", "mallory-example")
    said = verdicts_of(
        talk(remark("/hold ben"), parts=(box(),), editors=editors), REVIEW, CLUB, STUDENTS
    )
    assert [one.kind for one in said.verdicts] == [VerdictKind.HOLD]
    assert said.strangers == ("mallory-example",)


@pytest.mark.parametrize("editor", ["digest-app[bot]", "Linus-Example", "mo-example"])
def test_a_box_counts_that_we_wrote_ourselves_or_a_mentor_of_its_student(editor):
    said = verdicts_of(
        talk(parts=(box("ben-example", 1, 201),), editors=(editor,)),
        REVIEW,
        CLUB,
        STUDENTS,
        ["Digest-App[bot]"],
    )
    (verdict,) = said.verdicts
    expected = "grace-example" if editor.endswith("[bot]") else editor
    assert (verdict.mentor, said.strangers) == (expected, ())


def test_a_mentor_of_others_in_the_post_is_a_stranger_to_a_students_box():
    parts = (box("ben-example", 1, 201), box())
    said = verdicts_of(talk(parts=parts, editors=("linus-example",)), REVIEW, CLUB, STUDENTS)
    assert [one.login for one in said.verdicts] == ["ben-example"]
    assert said.strangers == ("linus-example",)


def test_an_edit_of_somebody_else_counts_for_nothing_and_harms_nothing_while_all_is_ticked():
    said = verdicts_of(talk(parts=(ALL,), editors=("linus-example",)), REVIEW, CLUB, STUDENTS)
    assert (said.verdicts, said.strangers) == ((), ())


def test_comments_are_folded_in_their_order_and_each_keeps_its_answers():
    first, second = remark("/hold\n/zap", key=12), remark("/approve ada", key=13, hours=2)
    quiet = remark("Thanks!", key=14, hours=3)
    said = verdicts_of(talk(second, first, quiet), REVIEW, CLUB, STUDENTS)
    assert [one.source for one in said.verdicts] == ["comment 12", "comment 12", "comment 13"]
    assert [(one.id, len(echoes)) for one, echoes in said.echoes] == [(12, 2), (13, 1)]


@given(
    st.permutations([remark("/hold", key=1), remark("/drop ada 1", key=2), remark("/zap", key=3)])
)
def test_reading_twice_gives_the_same_in_whatever_order_comments_come(remarks):
    said = talk(*remarks, parts=(box(), ALL), editors=("grace-example",))
    once = verdicts_of(said, REVIEW, CLUB, STUDENTS)
    assert once == verdicts_of(said, REVIEW, CLUB, STUDENTS)
    assert once == verdicts_of(
        talk(
            *sorted(remarks, key=lambda one: one.id), parts=(box(), ALL), editors=("grace-example",)
        ),
        REVIEW,
        CLUB,
        STUDENTS,
    )
