"""The catalogues of words are complete: the same keys, names and forms in every language."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cohort.nudge import Nudge
from bot.cohort.portfolio import WorkKind
from bot.corpus.interest import Place
from bot.digest import Claiming
from bot.feedback.answer import AnswerKind
from bot.outcomes.progress import Outcome
from bot.ranking.beginner import LabelSign
from bot.rendering.charts import STEPS
from bot.rendering.words import Forms, Words, load_words
from bot.screening.reasons import DropCode
from bot.terms import Effort, Kind, Level, Locale
from tests.rendering import catalogue_keys

TEMPLATES = Path(__file__).parents[2] / "templates"
ENGLISH = load_words(Locale.EN)
GROUPS = frozenset(type(ENGLISH.codes).model_fields)
#: How a saying's value may be told, beside a group of codes.
MANNERS = frozenset({"", "or", "clauses", "day_year"})
#: Forms that no number here reaches: Spanish has one for round millions.
UNREACHED = {Locale.ES: frozenset({"many"})}

everywhere = pytest.mark.parametrize("words", [load_words(one) for one in Locale], ids=[*Locale])


def sections(words: Words) -> dict[str, dict[str, str | Forms]]:
    """Every section that is worded by key."""
    return {name: getattr(words, name) for name in ("sentences", "sayings", "replies", "flags")}


def forms_of(found: str | Forms) -> dict[str, str]:
    """The wordings of one key by their forms; what has one only has it for any number."""
    if isinstance(found, str):
        return {"other": found}
    return {name: text for name, text in found.model_dump().items() if text is not None}


def filled(text: str) -> set[tuple[str, str]]:
    """The names in braces, each with how it is told."""
    return {(name, how or "") for _, name, how, _ in Formatter().parse(text) if name}


def patterns(words: Words) -> Iterator[tuple[str, str, str]]:
    """Section and key, form, wording."""
    for section, keys in sections(words).items():
        for key, found in keys.items():
            yield from ((f"{section}.{key}", form, text) for form, text in forms_of(found).items())


def test_every_language_that_can_be_chosen_has_a_catalogue_and_no_other():
    found = {path.name for path in TEMPLATES.glob("words.*.toml")}

    assert found == {f"words.{locale}.toml" for locale in Locale}
    assert {load_words(locale).pattern("locale") for locale in Locale} == set(Locale)


@everywhere
def test_every_language_has_the_same_keys(words):
    for name, keys in sections(words).items():
        assert set(keys) == set(sections(ENGLISH)[name])
    for group in GROUPS:
        assert set(getattr(words.codes, group)) == set(getattr(ENGLISH.codes, group))


@everywhere
def test_a_sentence_is_filled_in_with_the_same_in_all_languages_and_forms(words):
    """But where there is one, or none, the number may be a word."""
    wanted = {key: filled(text) for key, form, text in patterns(ENGLISH) if form == "other"}
    number = {("n", "")}
    for key, form, text in patterns(words):
        if form in ("none", "one"):
            assert filled(text) | number == wanted[key] | number, (key, form)
        else:
            assert filled(text) == wanted[key], (key, form)


@everywhere
def test_every_form_that_a_number_may_take_is_worded(words):
    needed = words.formats.forms - UNREACHED.get(Locale(words.pattern("locale")), frozenset())
    for section, keys in sections(words).items():
        for key, found in keys.items():
            if isinstance(found, Forms):
                assert needed <= forms_of(found).keys(), (section, key)
                assert forms_of(found).keys() <= needed | {"none"}, (section, key)


@everywhere
def test_no_wording_is_empty(words):
    assert [key for key, _, text in patterns(words) if not text.strip()] == []
    codes = ((group, code) for group in GROUPS for code in getattr(words.codes, group).items())
    assert [(group, code) for group, (code, text) in codes if not text.strip()] == []


def test_only_sayings_say_how_a_value_is_told_and_that_is_known():
    hows = {(key, how) for key, _, text in patterns(ENGLISH) for _, how in filled(text)}

    assert {how for _, how in hows} <= MANNERS | GROUPS
    assert {key.partition(".")[0] for key, how in hows if how} == {"sayings"}


def test_every_sentence_that_is_said_is_there_and_each_that_is_there_is_used():
    assert catalogue_keys.said() <= set(ENGLISH.sentences)
    assert set(ENGLISH.sentences) - catalogue_keys.mentioned() == set()


def test_every_saying_that_is_made_is_there_and_each_that_is_there_is_made():
    assert {key for key, _ in catalogue_keys.sayings()} == set(ENGLISH.sayings)


def test_every_saying_is_filled_in_with_what_its_words_name():
    for key, names in catalogue_keys.sayings():
        (text,) = {forms_of(ENGLISH.sayings[key])["other"]}
        if names is not None:
            assert {name for name, _ in filled(text)} <= names, key


def test_every_flag_that_is_made_is_there_and_each_that_is_there_is_made():
    assert catalogue_keys.flags() == set(ENGLISH.flags)


@everywhere
@pytest.mark.parametrize(
    ("group", "codes"),
    [
        *[("drops", DropCode), ("efforts", Effort), ("kinds", Kind), ("claiming", Claiming)],
        *[("outcomes", Outcome), ("levels", Level), ("nudges", Nudge), ("works", WorkKind)],
        *[("answers", AnswerKind), ("steps", ("offered", *STEPS)), ("parts", STEPS)],
        *[("where", Place), ("labels", LabelSign), ("sizes", Effort), ("sorts", Kind)],
        ("places", ("discussions", "chat", "forum")),
    ],
)
def test_every_code_of_a_closed_set_has_words_and_no_other_has(words, group, codes):
    assert {str(code) for code in codes} == set(getattr(words.codes, group))


def test_templates_name_groups_that_are_there():
    assert catalogue_keys.groups() <= GROUPS


@everywhere
@given(n=st.integers(0, 10**12), share=st.floats(0, 1), days=st.integers(0, 100_000))
def test_no_language_fails_on_a_number_or_a_day(words, n, share, days):
    on = date(1970, 1, 1) + timedelta(days=days)

    said = [words.pattern(key, n) for key in words.sentences]
    said += [words.flag(key, n) for key in words.flags]
    said += [words.number(n), words.percent(share), words.hours(n)]
    said += [words.day(on, length) for length in ("day", "day_year", "day_short")]
    assert all(said)
