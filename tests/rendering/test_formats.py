"""Numbers, days and lists, as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.style import html_style, markdown_style
from bot.rendering.words import load_words
from bot.sayings import Saying
from bot.terms import Locale

ENGLISH, SPANISH = (load_words(locale) for locale in (Locale.EN, Locale.ES))
MONDAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (ENGLISH, ("21 September", "21 September 2026", "21 Sept")),
        (SPANISH, ("21 de septiembre", "21 de septiembre de 2026", "21 sep")),
    ],
)
def test_a_day_is_told_at_three_lengths(words, told):
    assert tuple(words.day(MONDAY, one) for one in ("day", "day_year", "day_short")) == told


def test_a_moment_and_a_week_are_told_in_spanish():
    at = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)

    assert SPANISH.moment(at, "America/Puerto_Rico") == (
        "domingo 22 de noviembre, 01:23 (hora de Puerto Rico)"
    )
    assert SPANISH.week("2026-W47") == "semana 47 de 2026 (del 16 al 22 de noviembre)"
    assert SPANISH.week("2026-W53") == "semana 53 de 2026 (del 28 de diciembre al 3 de enero)"


@pytest.mark.parametrize("words", [ENGLISH, SPANISH])
def test_numbers_are_written_as_in_england_and_in_latin_america(words):
    assert (words.number(1_234_567), words.percent(0.4)) == ("1,234,567", "40%")


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ((), ""),
        (("mapas",), "mapas"),
        (("mapas", "rutas"), "mapas y rutas"),
        (("mapas", "rutas", "redes"), "mapas, rutas y redes"),
        (("mapas", "idiomas"), "mapas e idiomas"),
        (("mapas", "rutas", "Índices"), "mapas, rutas e Índices"),
        (("agujas", "hilos"), "agujas e hilos"),
        (("agua", "hielo"), "agua y hielo"),
        (("Python", "iOS"), "Python e iOS"),
    ],
)
def test_in_spanish_y_becomes_e_before_its_own_sound(items, told):
    assert SPANISH.formats.joined(items) == told


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (("mapas", "rutas"), "mapas o rutas"),
        (("mapas", "rutas", "OCaml"), "mapas, rutas u OCaml"),
        (("minutos", "horas"), "minutos u horas"),
        (("7", "8"), "7 u 8"),
        (("10", "11"), "10 u 11"),
        (("100", "110"), "100 o 110"),
        (("mapas", "idiomas"), "mapas o idiomas"),
    ],
)
def test_in_spanish_o_becomes_u_before_its_own_sound(items, told):
    assert SPANISH.formats.joined(items, "or") == told


def test_in_english_nothing_is_softened():
    assert ENGLISH.formats.joined(("ice", "oil")) == "ice and oil"
    assert ENGLISH.formats.joined(("a", "b", "old"), "or") == "a, b or old"


def test_a_link_is_heard_by_its_text():
    url = "https://github.com/lumen-lab/starcharts"
    for style in (markdown_style(SPANISH), html_style(SPANISH)):
        items = [style.link(text, url) for text in ("mapas", "idiomas")]
        assert " e " in style.listed(items)


@given(st.lists(st.text()))
def test_whatever_stands_in_a_list_stands_there_whole(items):
    for words in (ENGLISH, SPANISH):
        for joining in ("and", "or"):
            told = words.formats.joined(items, joining)
            assert all(item in told for item in items)
            assert told.startswith(items[0] if items else "")


def test_a_saying_is_told_in_the_readers_language_with_its_values_as_they_are():
    saying = Saying("interest", {"interest": "astronomy", "where": ("topic", "title")})

    assert ENGLISH.say(saying) == "astronomy is a topic of the project and in the title"
    assert SPANISH.say(saying) == "astronomy es un tema del proyecto y está en el título"


def test_a_saying_within_another_is_told_in_the_same_language():
    left = (Saying("left_issues_until", {"what": "Go", "day": "2026-11-01"}), Saying("left_topics"))

    assert SPANISH.say(Saying("left", {"left": left})) == (
        "Aún sin revisar: issues de Go creados hasta el 1 de noviembre de 2026; proyectos de tus "
        "intereses. La próxima vez se sigue por ahí."
    )


def test_a_saying_of_another_version_stays_readable():
    assert ENGLISH.say(Saying("eaten_by_bears", {"n": 3})) == "eaten by bears"
    assert ENGLISH.say(Saying("interest", {"interest": "tides"})) == "tides is …"


def test_braces_in_a_value_are_no_names():
    assert ENGLISH.say(Saying("labelled", {"label": "{n} {0}"})) == "labelled “{n} {0}”"
