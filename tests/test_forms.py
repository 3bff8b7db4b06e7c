import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.forms import (
    ADDRESS_LEFT_OUT,
    PAUSE_WEEKS,
    QUESTIONS,
    TEXT_LIMIT,
    Form,
    FormKind,
    parse_form,
)
from bot.rendering.render import render_html
from tests.rendering.letters import FULL
from tests.rendering.page import hostile_text

FOLDER = Path(__file__).parent.parent / ".github/ISSUE_TEMPLATE"
#: The forms of one question; the form that subscribes has its own tests.
PLAIN = tuple(kind for kind in FormKind if kind is not FormKind.SUBSCRIBE)
FILES = {kind: yaml.safe_load((FOLDER / f"{kind}.yml").read_text("utf-8")) for kind in FormKind}


def inputs(form):
    """The elements of a form that somebody fills in."""
    return [element for element in form["body"] if element["type"] != "markdown"]


def as_github(kind, answer):
    """A form's issue as GitHub writes it: its title, and each question as a heading."""
    (element,) = inputs(FILES[kind])
    return FILES[kind]["title"], f"### {element['attributes']['label']}\n\n{answer}"


@pytest.mark.parametrize("kind", FormKind)
def test_the_file_of_a_form_asks_what_is_read(kind):
    form = FILES[kind]
    first, *others = [element["attributes"]["label"] for element in inputs(form)]
    assert first == QUESTIONS[kind]
    assert bool(others) == (kind is FormKind.SUBSCRIBE)
    assert form["labels"] == ["foothold-form"]
    assert parse_form(form["title"], "") == Form(kind)


def test_the_links_of_a_digest_lead_to_forms_that_exist():
    linked = re.findall(r"template=(\w+)\.yml", render_html(FULL))
    assert {*linked} == {*PLAIN} - {FormKind.CONFIRM}


@pytest.mark.parametrize("kind", FormKind)
def test_every_form_warns_that_it_is_public_and_no_place_for_an_address(kind):
    told = FILES[kind]["body"][0]["attributes"]["value"]
    assert "public repository can be read by everybody" in told
    assert re.search(r"never\s(write\s)?an\se-mail\saddress", told, re.IGNORECASE)


def test_the_titles_and_the_files_are_distinct_and_no_form_is_forgotten():
    assert len({form["title"] for form in FILES.values()}) == len(FormKind)
    read = {path.stem for path in FOLDER.iterdir() if "foothold-form" in path.read_text("utf-8")}
    assert read == {*FormKind}


def test_the_choices_of_a_pause_are_those_that_are_read():
    (weeks,) = inputs(FILES[FormKind.PAUSE])
    assert weeks["id"] == "weeks"
    read = [
        parse_form(*as_github(FormKind.PAUSE, choice)).weeks
        for choice in weeks["attributes"]["options"]
    ]
    assert read == [*PAUSE_WEEKS]


@pytest.mark.parametrize(
    ("kind", "answer", "form"),
    [
        ("stop", "_No response_", Form(FormKind.STOP)),
        (
            "stop",
            "Too many mails.\n\nSorry!",
            Form(FormKind.STOP, text="Too many mails.\n\nSorry!"),
        ),
        ("pause", "1 week", Form(FormKind.PAUSE, weeks=1)),
        ("pause", "3 weeks", Form(FormKind.PAUSE)),
        ("pause", "_No response_", Form(FormKind.PAUSE)),
        ("confirm", "K7-2Q9F", Form(FormKind.CONFIRM, code="K7-2Q9F")),
        ("confirm", "`K7-2Q9F`\n", Form(FormKind.CONFIRM, code="K7-2Q9F")),
        ("confirm", "ada@mail.example", Form(FormKind.CONFIRM)),
        ("confirm", "K7 or so", Form(FormKind.CONFIRM)),
        ("feedback", "More Rust", Form(FormKind.FEEDBACK, text="More Rust")),
    ],
)
def test_an_answer_is_read_as_github_writes_it(kind, answer, form):
    title, body = as_github(FormKind(kind), answer)
    assert parse_form(title, body) == form
    assert parse_form(title, body.replace("\n", "\r\n") + "\r\n") == form


def test_a_changed_title_does_not_matter():
    _, body = as_github(FormKind.STOP, "_No response_")
    assert parse_form("please no more", body) == Form(FormKind.STOP)
    assert parse_form("Foothold: pause", body) == Form(FormKind.STOP)


@pytest.mark.parametrize(
    ("title", "body", "form"),
    [
        ("Foothold: stop", "", Form(FormKind.STOP)),
        (" foothold stop ", "I have exams", Form(FormKind.STOP, text="I have exams")),
        ("FOOTHOLD - Pause", "4 weeks", Form(FormKind.PAUSE, weeks=4)),
        ("Foothold: feedback", "### Was?\n\nGut", Form(FormKind.FEEDBACK, text="### Was?\n\nGut")),
        ("Foothold: stopover", "", None),
        ("Foothold stop words are translated badly", "", None),
        ("How do I stop Foothold?", "", None),
        ("Stop", "For how long?", None),
        ("", "text\n### Anything you want to tell us?\n\nx", None),
    ],
)
def test_an_issue_by_hand_is_told_by_its_title(title, body, form):
    assert parse_form(title, body) == form


def test_a_heading_within_an_answer_is_a_part_of_it():
    title, body = as_github(FormKind.STOP, "bye\n\n### For how long?\n\n8 weeks")
    assert parse_form(title, body) == Form(
        FormKind.STOP, text="bye\n\n### For how long?\n\n8 weeks"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mail me: ada@mail.example.", f"mail me: {ADDRESS_LEFT_OUT}"),
        ("(<ada@mail.example>) a@b@c.d", f"{ADDRESS_LEFT_OUT} {ADDRESS_LEFT_OUT}"),
        ("ada@mail.example@x @ada@mail.example", f"{ADDRESS_LEFT_OUT} {ADDRESS_LEFT_OUT}"),
        ("@grace-example. at 3 @ home", "@grace-example. at 3 @ home"),
    ],
)
def test_no_address_is_kept(written, kept):
    assert parse_form(*as_github(FormKind.FEEDBACK, written)).text == kept


@given(st.sampled_from(PLAIN), hostile_text)
@settings(max_examples=80, deadline=None)
@example(FormKind.FEEDBACK, "\x00a\ud800b\x1b")
@example(FormKind.STOP, "Bcc: a@b.example@octo-example")
def test_whatever_is_answered_stays_the_answer_to_that_form(kind, answer):
    form = parse_form(*as_github(kind, answer))
    assert form is not None
    assert form.kind is kind
    assert form.weeks in {None, *PAUSE_WEEKS}
    assert not form.code or re.fullmatch(r"[\w-]{4,100}", form.code, re.ASCII)
    assert len(form.text) <= TEXT_LIMIT
    assert not re.search(r"\w@[^\s@.]+\.\w", form.text)
    form.text.encode()
    assert not set(form.text) & set("\x00\x1b\r")


@given(hostile_text, hostile_text)
def test_hostile_issues_are_no_forms(title, body):
    assert parse_form(title, body) is None


@given(st.text(), st.text())
def test_every_title_and_body_can_be_read(title, body):
    form = parse_form(title, body)
    assert form is None or form.kind in FormKind


def test_a_very_long_answer_is_cut():
    long = parse_form(*as_github(FormKind.FEEDBACK, "@" * 100_000 + "." + "@a." * 100_000))
    assert len(long.text) <= TEXT_LIMIT
