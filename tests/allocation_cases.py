"""Clubs for tests of allocation: issues of repositories of their own, and clubs drawn at random."""

from itertools import combinations, product

from hypothesis import strategies as st

from bot.allocation.rules import MAX_OF_REPOSITORY, MAX_OF_REPOSITORY_OVER_CLUB, WEAK_LOG_ODDS
from bot.allocation.variety import LEAST_VALUE, NEAR_DUPLICATE
from bot.screening.survey import title_shape
from tests.builders_core import build_ranked

LOGINS = ("ada-example", "bea-example", "cleo-example", "dora-example")
TITLES = (
    "Round the azimuth",
    "Round the azimuth again",
    "Print tide tables",
    "Explain knots",
    "Name every star in the chart",
    "Draw the moon",
    "",
)


def one_title_each(number):
    """Titles of three words, of which no two titles share all."""
    letters = "abcdefghijklmnop"
    return " ".join(letters[number // 16**n % 16] * (3 + n) for n in range(3))


def build_hand(*log_odds, repository="lumen-lab/charts", first=1):
    """Ranked issues, best first, each of a repository of its own."""
    return tuple(
        build_ranked(
            value,
            first + n,
            repository=f"{repository}-{first + n}",
            title=one_title_each(first + n),
        )
        for n, value in enumerate(log_odds)
    )


@st.composite
def clubs(draw, n_students=4, n_issues=25, n_picks=5):
    """Rankings of some students over few issues, so that they get in each other's way."""
    pool = [
        (number, f"lumen-lab/r{draw(st.integers(0, 3))}", draw(st.sampled_from(TITLES)))
        for number in range(1, 1 + draw(st.integers(0, n_issues)))
    ]
    ranked = {}
    for login in LOGINS[: draw(st.integers(1, n_students))]:
        mine = draw(st.lists(st.sampled_from(pool), unique=True)) if pool else []
        scores = st.floats(-2, 3, allow_nan=False)
        hand = [
            build_ranked(draw(scores), number, repository=repository, title=title)
            for number, repository, title in mine
        ]
        ranked[login] = tuple(sorted(hand, key=lambda one: (-one.log_odds, one.issue.ref)))
    return ranked, {login: draw(st.integers(1, n_picks)) for login in ranked}


def words_of(ranked):
    return set(title_shape(ranked.issue.title).split())


def are_near_duplicates(one, other):
    words, others = words_of(one), words_of(other)
    return len(words & others) > NEAR_DUPLICATE * len(words | others)


def all_hands(ranked, n_wanted):
    """Every way to give picks that keeps the rules: for few students and very few issues."""
    refs = sorted({one.issue.ref for some in ranked.values() for one in some})
    scored = {(login, one.issue.ref): one for login, some in ranked.items() for one in some}
    for owners in product((None, *ranked), repeat=len(refs)):
        given = [(login, ref) for login, ref in zip(owners, refs, strict=True) if login]
        if all(pair in scored and scored[pair].log_odds >= WEAK_LOG_ODDS for pair in given):
            hands = {
                login: [scored[pair] for pair in given if pair[0] == login] for login in ranked
            }
            if _keeps_rules(hands, n_wanted):
                yield hands


def worth_of(hand):
    return sum(max(one.log_odds, LEAST_VALUE) for one in hand)


def _keeps_rules(hands, n_wanted):
    names = [one.issue.ref.repository for hand in hands.values() for one in hand]
    if any(names.count(name) > MAX_OF_REPOSITORY_OVER_CLUB for name in names):
        return False
    for login, hand in hands.items():
        mine = [one.issue.ref.repository for one in hand]
        if len(hand) > n_wanted[login] or any(
            mine.count(name) > MAX_OF_REPOSITORY for name in mine
        ):
            return False
        if any(are_near_duplicates(*pair) for pair in combinations(hand, 2)):
            return False
    return True
