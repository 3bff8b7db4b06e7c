"""Every rule with what makes it fire, what does not, and what is unknown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.screening.reasons import DropCode
from bot.screening.rules import RULES
from tests.builders_core import (
    NOW,
    build_circumstances,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_pull_request,
    build_repository,
    days_ago,
)

FREE = build_issue()
UNKNOWN = build_issue(details=None, repository=build_repository(facts=None))


def of_facts(**changes):
    return build_issue(repository=build_repository(facts=build_facts(**changes)))


def of_details(*comments, **changes):
    return build_issue(details=build_details(*comments, **changes))


def titled(*titles, **changes):
    return [build_issue(number, title=title, **changes) for number, title in enumerate(titles, 1)]


def opened_at_once(n, repository="lumen-lab/{}"):
    """So many issues of one day, each of a title of its own."""
    return [
        build_issue(number, repository=repository.format(number), title=f"Round {'x' * number}")
        for number in range(1, n + 1)
    ]


#: Each rule: its code, corpora whose first issue it drops, and corpora whose first it must not.
CASES = {
    "many-beginner-labels": (
        DropCode.FARM,
        [[build_issue(labels=("good first issue", "easy", "beginner", "starter", "newbie"))]],
        [[build_issue(labels=("good first issue", "easy", "beginner", "starter", "bug", "docs"))]],
    ),
    "templated-titles": (
        DropCode.FARM,
        [
            titled("Add animation 1", "Add animation 2", "Add Animation 33"),
            titled(*(f"Add animation {n}: {'x' * n}" for n in range(5))),
        ],
        [
            titled("Add animation 1", "Add animation 2", "Add picture 1"),
            titled(*(f"Add animation {n}: {'x' * n}" for n in range(4))),
            titled(*(f"Port C# sample {'x' * n}" for n in range(6))),
            [
                *titled("Add animation 1", "Add animation 2"),
                *titled("Add animation 3", repository="anchor-guild/knots"),
            ],
        ],
    ),
    "flood": (
        DropCode.FARM,
        [opened_at_once(10, "lumen-lab/charts"), opened_at_once(20)],
        [opened_at_once(9, "lumen-lab/charts"), opened_at_once(19)],
    ),
    "name-list": (
        DropCode.FARM,
        [
            titled("Add your name to the list"),
            titled("Star this repo"),
            [of_facts(description="Make your first contribution here!")],
        ],
        [
            titled("Add the name of the observer to the header"),
            [of_facts(description="Star charts")],
        ],
    ),
    "bought-stars": (
        DropCode.FARM,
        [[of_facts(stars=900, forks=4)], [of_facts(stars=500, forks=0)]],
        [
            [of_facts(stars=900, forks=5)],
            [of_facts(stars=499, forks=0)],
            [of_facts(stars=900, forks=None)],
        ],
    ),
    "empty-project": (
        DropCode.FARM,
        [[of_facts(description=None, stars=0)]],
        [[of_facts(description="Charts", stars=0)], [of_facts(description=None, stars=1)]],
    ),
    "closed": (DropCode.CLOSED, [[of_details(is_open=False)]], [[FREE]]),
    "assigned": (
        DropCode.TAKEN,
        [
            [of_details(assigned=("bea-example",))],
            [build_issue(n_assigned=1, details=None)],
        ],
        [[build_issue(n_assigned=1)], [build_issue(n_assigned=0, details=None)]],
    ),
    "started-label": (
        DropCode.TAKEN,
        [
            [build_issue(labels=("good first issue", label))]
            for label in ("In Progress", "📍 Assigned", "status: in progress", "WIP", "is-assigned")
        ],
        [[build_issue(labels=("not assigned", "needs progress bar"))]],
    ),
    "pull-request": (
        DropCode.TAKEN,
        [
            [of_details(pull_requests=(build_pull_request(),))],
            [of_details(pull_requests=(build_pull_request(state="MERGED"),))],
        ],
        [
            [of_details(pull_requests=(build_pull_request(state="CLOSED"),))],
            [of_details(pull_requests=(build_pull_request(closes=False),))],
            [of_details(pull_requests=None)],
        ],
    ),
    "claimed-in-comment": (
        DropCode.TAKEN,
        [[of_details(build_comment("I'd like to work on this"))]],
        [
            [of_details(build_comment("Which file is it?"))],
            [of_details(build_comment("I'd like to work on this", created_at=days_ago(20)))],
        ],
    ),
    "not-a-task-label": (
        DropCode.NOT_A_TASK,
        [
            [build_issue(labels=("good first issue", label))]
            for label in (
                "duplicate",
                "Won't fix",
                "question ❓",
                "type: question",
                "kind/epic",
                "RFC",
            )
        ],
        [
            [build_issue(labels=("good first issue", label))]
            for label in ("never stale", "no-stale", "hardware support", "enhancement")
        ],
    ),
    "tracker": (
        DropCode.NOT_A_TASK,
        [
            titled("[Tracking] Round everything"),
            titled("Tracking issue for rounding"),
            titled("Epic: round everything"),
            titled("🚨 [ANNOUNCEMENT] No meeting"),
            titled("[Meta-issue] Round everything"),
            titled("Tracker"),
            titled("Roadmap 2027"),
            titled("Roadmap for Q3: what teachers asked for"),
            titled("RFC - rounding"),
            titled("Welcome new contributors!"),
            [of_details(body="- [ ] round it\n" * 16)],
        ],
        [
            titled("Meta description is missing on the start page"),
            titled("Roadmap page has a broken link"),
            titled("Tracking pixels are not blocked"),
            titled("RFC 3339 dates are not read"),
            titled("Epically slow start"),
            [of_details(body="- [ ] round it\n" * 15)],
            [of_details(body="- round it\n" * 30)],
        ],
    ),
    "nameless": (
        DropCode.NOT_A_TASK,
        [titled("..."), titled(""), titled("🎉🎉")],
        [titled("Go"), titled("修正")],
    ),
    "pinned": (DropCode.NOT_A_TASK, [[build_issue(is_pinned=True)]], [[FREE]]),
    "locked": (
        DropCode.NOT_A_TASK,
        [[of_details(is_locked=True)], [build_issue(is_locked=True, details=None)]],
        [[build_issue(is_locked=True)]],
    ),
    "blocked": (
        DropCode.BLOCKED,
        [
            [of_details(n_blocked_by=1)],
            [build_issue(labels=("Blocked",), details=None)],
            [build_issue(labels=("status: blocked",))],
        ],
        [[build_issue(labels=("not blocked", "unblocked"))]],
    ),
    "programme": (
        DropCode.RESERVED,
        [
            [build_issue(labels=(label,))]
            for label in ("GSSoC'26", "kwoc", "hacktoberfest-accepted")
        ],
        [[build_issue(labels=("hacktoberfest", "good first issue"))]],
    ),
    "archived": (DropCode.ABANDONED, [[of_facts(is_archived=True)]], [[FREE]]),
    "no-push": (
        DropCode.ABANDONED,
        [[of_facts(pushed_at=NOW - timedelta(days=180, hours=1))]],
        [[of_facts(pushed_at=days_ago(180))], [of_facts(pushed_at=None)]],
    ),
    "copy": (
        DropCode.COPY,
        [[of_facts(**{kind: True})] for kind in ("is_fork", "is_mirror", "is_template")],
        [[FREE]],
    ),
}
RULE_OF = {rule.name: rule for rule in RULES}


def asked(name, corpus):
    return RULE_OF[name].ask(corpus[0], build_circumstances(corpus))


def test_every_rule_has_a_row():
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


def test_details_say_more_than_the_page():
    freed = replace(build_issue(n_assigned=1), details=build_details(assigned=()))

    assert asked("assigned", [freed]) is None


@pytest.mark.parametrize(
    ("corpus", "why"),
    [
        (opened_at_once(12, "lumen-lab/charts"), "12 beginner issues opened in a day"),
        (titled(*["Add animation 1"] * 4), "4 issues with the same title"),
        ([of_facts(pushed_at=days_ago(400))], "no push for 400 days"),
        ([of_facts(is_mirror=True)], "the project is a mirror"),
        ([build_issue(labels=("WIP",))], "it is labelled 'wip'"),
    ],
)
def test_the_clause_names_what_was_found(corpus, why):
    given = build_circumstances(corpus)

    assert why in [rule.ask(corpus[0], given) for rule in RULES]
