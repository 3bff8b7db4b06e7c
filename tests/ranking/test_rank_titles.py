"""What a title may say for itself: it moves a score within a bound, whatever stands in it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.interest import K1, MAX_COUNT, WORTH, Place
from bot.ranking import lasting
from bot.ranking import weights as w
from bot.ranking.card import read_card
from bot.ranking.fit import size_shares
from bot.ranking.rank import score_issue
from bot.ranking.task import guess_effort
from bot.terms import Effort
from bot.vocabulary import interest_phrases
from tests.builders_core import NOW, build_issue, build_student
from tests.ranking.strategies import INTERESTS, issues, students, unhurried

#: The curves of the survival card that read the title.
CURVES = [
    curve
    for curve in read_card(lasting.CARD).curves
    if curve.of == "n_letters" or curve.of.startswith("title: ")
]
#: The most that they add to a title without words: all words that raise, and the best length.
MOST_OF_CURVES = sum(
    max(curve.adds) - (min(curve.adds) if curve.of == "n_letters" else curve.adds[0])
    for curve in CURVES
)
KINDS = w.KIND_WANTED - w.KIND_UNWANTED
SIZES = max(share for _, share in w.SIZE_WEEKS) - (w.SIZE_TOO_LARGE + w.SIZE_BEGINNER_LONGER)
#: The most that a title lifts a score: interests, the kind of work, its size, what lasts.
MOST_OF_A_TITLE = w.INTEREST_MOST + KINDS + SIZES + MOST_OF_CURVES

#: All that a title could say to please: every interest and every word that the card likes.
EVERY_INTEREST = [phrase for interest in INTERESTS for phrase in interest_phrases(interest)]
STUFFED = " ".join([*EVERY_INTEREST, *lasting.TITLE_WORDS, "typo", "docs", "tests", "easy"])


def lift(issue, title, student):
    """By how much a title lifts the issue's score above that of one without words."""
    stuffed, empty = (replace(issue, title=one) for one in (title, "-"))
    return score_issue(stuffed, student, NOW).log_odds - score_issue(empty, student, NOW).log_odds


@unhurried
@given(issues, students)
def test_a_title_stuffed_with_all_words_lifts_no_score_beyond_its_bound(issue, student):
    assert lift(issue, STUFFED, student) <= MOST_OF_A_TITLE + 1e-9


@unhurried
@given(
    issues,
    st.text(max_size=300)
    | st.lists(st.sampled_from(STUFFED.split()), max_size=60).map(" ".join)
    | st.lists(st.sampled_from(EVERY_INTEREST), max_size=9).map("\x1e\x1f".join),
    students,
)
def test_no_title_lifts_a_score_beyond_its_bound(issue, title, student):
    assert lift(issue, title, student) <= MOST_OF_A_TITLE + 1e-9


def reached(student, title):
    told = score_issue(build_issue(title=title, labels=()), student, NOW).reasons
    return next((one.contribution for one in told if one.feature == "interest"), 0.0)


@unhurried
@given(students, st.lists(st.sampled_from([*EVERY_INTEREST, "round"]), max_size=30))
def test_by_its_title_alone_an_interest_reaches_what_one_field_is_worth(student, words):
    worth = WORTH[Place.TITLE] * MAX_COUNT
    rest = 1.0
    for place in range(len(student.interests)):
        rest *= 1 - w.INTEREST_FADES**place * worth / (worth + K1)

    assert reached(student, " ".join(words)) <= w.INTEREST_MOST * (1 - rest) + 1e-9


def test_a_title_stuffed_with_all_words_says_less_of_an_interest_than_one_that_means_it():
    student = build_student(languages=["Python"], interests=["tides"])

    assert reached(student, STUFFED) < reached(student, "Explain the tides")


def test_a_title_cannot_be_small_and_large():
    student = build_student(hours=3)
    title = "Rewrite the typo"

    told = score_issue(build_issue(title=title), student, NOW).reasons

    size = next(one.contribution for one in told if one.feature == "size")
    assert guess_effort(build_issue(title=title)) is Effort.WEEKEND
    assert size == size_shares(student)[Effort.WEEKEND]
