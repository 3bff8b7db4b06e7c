"""The field's words: languages, topics, labels."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import vocabulary
from bot.languages import canonical_language
from bot.vocabulary import (
    MAX_TOPICS,
    NEWCOMER_LABELS,
    interest_phrases,
    is_invitation_label,
    is_newcomer_label,
    normalise_label,
    related_topics,
    topic_names,
    topic_slug,
)

SHARED = Path(__file__).parents[1].parent / "shared" / "data"

# Spellings in use, from the listings that `bot/data/SOURCES.md` names.
FOR_NEWCOMERS = (
    "good first issue|👶 good first issue|GoodFirstIssue|hint/good first issue|up-for-grabs|"
    "upforgrabs|first-timers-only|firsttimersonly|Jump In|easy|EASY|E-easy|D1 (🤠 easy)|D-easy|"
    "difficulty: easy|Difficulty/1:Easy|difficulty-level -- easy|level:beginner|level:starter|"
    "beginner|beginners|beginner-friendly|low-hanging fruit|good for beginner|exp/novice|"
    "Package-novice|Teaser Tasks|newbie|newbie friendly|easy-pick|bitesize|bite-sized|"
    "good-first-bug|bug/good-first|IdealFirstBug|easy_to_fix|easyfix|quick fix|first-contribution|"
    "first-contributors|First-time contributor|Good-for-New-Contributors|ONLY_FOR_NEW_CONTRIBUTORS|"
    "newcomers|difficulty/newcomer|starter-task|contribution-starter|trivial|complexity:low|"
    "effort: low|Junior Jobs|🤩 Good First PR|help-wanted-easy|easy / 25 points|"
    "EddieHub:good-first-issue|SuitableAsFirstIssue|bom para iniciantes|新手友好"
)
FOR_ANYBODY = (
    "help wanted|help-wanted|HELP_WANTED|S-Help-wanted|status: help wanted|hacktoberfest|"
    "Hacktoberfest 2025|hacktoberfest2024|contributions welcome|🤝 contributions welcome|"
    "PR welcome|PRs welcome|open for contribution|please contribute|gssoc25|SWoC 2021"
)
FOR_NOBODY = (
    "|bug|enhancement|not easy|priority: low|severity: trivial|priority/easy|good second issue|"
    "difficulty: hard|difficulty: medium|good for experienced contributor|hacktoberfest-accepted|"
    "community-contribution-in-progress|course: docker for beginners|no help wanted|level|C++|"
    "RETURNING_CONTRIBUTORS|simplify|easy mode ui"
)


@pytest.mark.parametrize(
    ("written", "github"),
    [
        ("Python", "Python"),
        ("PYTHON", "Python"),
        ("js", "JavaScript"),
        ("Node.js", "JavaScript"),
        ("c++", "C++"),
        ("CPP", "C++"),
        ("C#", "C#"),
        ("c sharp", "C#"),
        ("golang", "Go"),
        ("type script", "TypeScript"),
        (" objective   c ", "Objective-C"),
        ("bash", "Shell"),
        ("visual basic", "Visual Basic .NET"),
        ("ipython notebook", "Jupyter Notebook"),
        ("R", "R"),
    ],
)
def test_a_language_is_known_by_every_name_that_people_give_it(written: str, github: str) -> None:
    assert canonical_language(written) == github


def test_every_language_is_known_by_its_own_name() -> None:
    names = vocabulary._read("languages.json")
    assert len(names) > 800
    assert [canonical_language(name.upper()) for name in names] == list(names)


def test_a_misspelt_language_is_answered_with_the_right_one() -> None:
    with pytest.raises(ValueError, match=r"Javascrpt is no language .*; did you mean JavaScript"):
        canonical_language("Javascrpt")


@pytest.mark.parametrize("word", ["React", "Django", "machine learning"])
def test_a_topic_among_languages_is_sent_to_the_interests(word: str) -> None:
    with pytest.raises(ValueError, match=f"{word} is no language but a topic; put it under"):
        canonical_language(word)


@pytest.mark.parametrize("word", ["", "no", "xyzzyq", "日本語"])
def test_a_word_that_is_like_no_language_is_answered_with_examples(word: str) -> None:
    with pytest.raises(ValueError, match=r"; write one such as Python or C\+\+"):
        canonical_language(word)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("data visualization", "data-visualization"),
        ("Machine_Learning ", "machine-learning"),
        ("#maps", "maps"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        ("Node.js", "nodejs"),
        ("astronomía", "astronomia"),
        ("データ", ""),
        ("日本 maps", ""),
        ("x" * 51, ""),
        ("?!", ""),
    ],
)
def test_a_slug_is_what_github_takes_for_a_topic(words: str, slug: str) -> None:
    assert topic_slug(words) == slug


@pytest.mark.parametrize(
    ("interest", "first", "among"),
    [
        ("data visualization", "data-visualization", "dataviz"),
        ("ml", "ml", "machine-learning"),
        ("machine learning", "machine-learning", "ml"),
        ("mapas", "mapas", "maps"),
        ("astronomía", "astronomia", "astronomy"),
        ("astronomia", "astronomia", "astronomy"),
        ("Aprendizaje Automático", "aprendizaje-automatico", "machine-learning"),
        ("salud pública", "salud-publica", "public-health"),
        ("acessibilidade", "acessibilidade", "accessibility"),
        ("C++", "cpp", "cplusplus"),
        ("unit tests", "unit-tests", "unit-testing"),
        ("neural networks", "neural-networks", "neural-network"),
    ],
)
def test_an_interest_stands_for_its_own_topic_and_githubs_names(
    interest: str, first: str, among: str
) -> None:
    names = topic_names(interest)
    assert names[0] == first
    assert among in names


def test_an_interest_in_another_script_stands_for_no_topic() -> None:
    assert topic_names("データ") == ()


def test_an_interest_that_nobody_knows_stands_for_itself() -> None:
    assert topic_names("underwater basket weaving") == ("underwater-basket-weaving",)


def test_names_that_only_add_words_come_last() -> None:
    names = topic_names("machine learning")
    assert names.index("ml") < names.index("machine-learning-library")


def test_phrases_begin_with_the_interest_and_hold_no_hyphen() -> None:
    phrases = interest_phrases("Data-Visualization")
    assert phrases[:2] == ("data visualization", "dataviz")


def test_phrases_of_a_spanish_interest_hold_its_english_words() -> None:
    phrases = interest_phrases("Salud Pública")
    assert phrases[:3] == ("salud pública", "salud publica", "public health")


def test_phrases_hold_every_alias_and_not_six_only() -> None:
    assert len(interest_phrases("c++")) > MAX_TOPICS
    assert "c++" in interest_phrases("c++")


def test_only_the_interest_itself_may_be_one_letter() -> None:
    assert interest_phrases("R")[0] == "r"
    assert all(len(phrase) > 1 for phrase in interest_phrases("R")[1:])


def test_an_interest_in_another_script_is_its_own_phrase() -> None:
    assert interest_phrases("データ") == ("データ",)


@given(st.text(max_size=80))
def test_any_interest_gives_topics_that_github_accepts_and_the_same_each_time(text: str) -> None:
    names, phrases = topic_names(text), interest_phrases(text)
    assert len(names) <= MAX_TOPICS
    assert len(set(names)) == len(names)
    assert all(name.isascii() and " " not in name and 0 < len(name) <= 50 for name in names)
    assert all(phrase == " ".join(phrase.split()) for phrase in phrases)
    assert bool(phrases) == bool(text.strip())
    assert (names, phrases) == (topic_names(text), interest_phrases(text))


def test_related_topics_are_the_neighbours_and_not_the_topic() -> None:
    assert {"astrophysics", "astropy"} <= set(related_topics("astronomy"))
    assert "astronomy" not in related_topics("astronomy")
    assert "openstreetmap" in related_topics("mapas")
    assert related_topics("underwater-basket-weaving") == ()


def test_every_translation_leads_to_a_topic_that_github_could_have() -> None:
    table = vocabulary._translations()
    assert len(table) > 250
    assert all(topic_slug(topic) == topic for topic in table.values())


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Good-First-Issue", "good first issue"),
        ("👶 good first issue", "good first issue"),
        (":thumbsup: good first issue", "good first issue"),
        ("good first issue-:wave:", "good first issue"),
        ("difficulty::easy", "difficulty easy"),
        ("kind/bug_fix", "kind bug fix"),
        ("Ｅasy", "easy"),
        ("💁‍♂️", ""),
    ],
)
def test_a_label_is_normalised_to_its_words(label: str, words: str) -> None:
    assert normalise_label(label) == words


@given(st.text(max_size=60))
def test_normalising_a_label_twice_changes_nothing(label: str) -> None:
    once = normalise_label(label)
    assert normalise_label(once) == once


@pytest.mark.parametrize("label", FOR_NEWCOMERS.split("|"))
def test_a_newcomer_label_is_known_in_any_spelling(label: str) -> None:
    assert is_newcomer_label(label)
    assert not is_invitation_label(label)


@pytest.mark.parametrize("label", FOR_ANYBODY.split("|"))
def test_a_general_invitation_is_no_newcomer_label(label: str) -> None:
    assert is_invitation_label(label)
    assert not is_newcomer_label(label)


@pytest.mark.parametrize("label", FOR_NOBODY.split("|"))
def test_other_labels_invite_nobody(label: str) -> None:
    assert not is_newcomer_label(label)
    assert not is_invitation_label(label)


@given(st.text(max_size=60))
def test_no_label_is_both_for_newcomers_and_for_anybody(label: str) -> None:
    assert not (is_newcomer_label(label) and is_invitation_label(label))


def test_every_label_that_is_searched_for_is_known_when_it_is_found() -> None:
    assert {"good first issue", "good-first-issue", "help wanted"} <= set(NEWCOMER_LABELS)
    assert len(set(map(str.lower, NEWCOMER_LABELS))) == len(NEWCOMER_LABELS)
    for label in NEWCOMER_LABELS:
        assert is_newcomer_label(label) != is_invitation_label(label)


def test_the_labels_fit_in_one_search() -> None:
    clause = "label:" + ",".join(f'"{label}"' for label in NEWCOMER_LABELS)
    assert len(clause) < 256
    assert not any('"' in label or "," in label for label in NEWCOMER_LABELS)


def test_no_file_of_facts_is_read_before_a_word_is_asked_for() -> None:
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from bot.languages import canonical_language\n"
        "assert not any(name.endswith('.json') for name in opened), opened\n"
        "canonical_language('js')\n"
        "assert any(name.endswith('languages.json') for name in opened), opened\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0


@pytest.mark.shared
def test_the_labels_cover_nine_of_ten_projects() -> None:
    listing = SHARED / "projects.csv"
    if not listing.exists():
        pytest.skip("the listing of projects does not lie beside this checkout")
    with listing.open(encoding="utf-8") as file:
        used = [row["newcomer_label"].lower() for row in csv.DictReader(file)]
    searched = {label.lower() for label in NEWCOMER_LABELS}
    assert round(sum(label in searched for label in used) / len(used), 3) == 0.902
    known = sum(is_newcomer_label(label) or is_invitation_label(label) for label in used)
    assert known / len(used) > 0.98
