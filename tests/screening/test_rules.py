"""Every rule with what makes it fire, what does not, and what is unknown."""

import pytest

from bot.screening.rules import RULES
from tests.builders_core import build_circumstances, days_ago
from tests.screening.corpora import FREE, UNKNOWN, labelled, of_facts, opened_at_once, titled
from tests.screening.farm_cases import FARM_CASES
from tests.screening.task_cases import TASK_CASES

CASES = FARM_CASES | TASK_CASES
RULE_OF = {rule.name: rule for rule in RULES}


def asked(name, corpus):
    return RULE_OF[name].ask(corpus[0], build_circumstances(corpus))


def test_every_rule_has_its_cases():
    assert list(CASES) == [rule.name for rule in RULES]


def test_rules_have_names_of_their_own():
    assert len(RULE_OF) == len(RULES)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_fires(name):
    code, fires, _ = CASES[name]

    assert RULE_OF[name].code is code
    assert [bool(asked(name, corpus)) for corpus in fires] == [True] * len(fires)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_does_not_fire(name):
    silent = CASES[name][2]

    assert [asked(name, corpus) for corpus in silent] == [None] * len(silent)


@pytest.mark.parametrize("name", CASES)
def test_a_free_issue_passes_every_rule(name):
    assert asked(name, [FREE]) is None


@pytest.mark.parametrize("name", CASES)
def test_the_unknown_is_no_evidence(name):
    assert asked(name, [UNKNOWN]) is None


@pytest.mark.parametrize("name", CASES)
def test_a_rule_says_why_in_a_clause(name):
    why = asked(name, CASES[name][1][0])

    assert why
    assert not why.endswith(".")
    assert why == why.strip()


@pytest.mark.parametrize(
    ("corpus", "why"),
    [
        (opened_at_once(17), "17 beginner issues opened in a day"),
        (titled(*["Add animation 1"] * 4), "4 issues with the same title"),
        ([of_facts(pushed_at=days_ago(400))], "no push for 400 days"),
        ([of_facts(is_mirror=True)], "the project is a mirror"),
        ([labelled("WIP")], "it is labelled 'wip'"),
    ],
)
def test_the_clause_names_what_was_found(corpus, why):
    given = build_circumstances(corpus)

    assert why in [rule.ask(corpus[0], given) for rule in RULES]
