"""What makes each farm rule fire, and what does not."""

from bot.screening.reasons import DropCode
from tests.builders_core import build_facts, build_issue, build_repository, days_ago
from tests.screening.corpora import (
    FREE,
    labelled,
    of_details,
    of_facts,
    opened_at_once,
    titled,
)

WARNING = build_issue(77, author="hacktoberfest-team", title="Do not contribute")


def spread(n, **facts):
    """So many issues of one project, each of a day of its own."""
    repository = build_repository(facts=build_facts(**facts))
    return [
        build_issue(number, repository=repository, title=f"Round {'x' * number}",
                    created_at=days_ago(number))
        for number in range(1, n + 1)
    ]  # fmt: skip


def wordless(body, stars=9):
    repository = build_repository(facts=build_facts(stars=stars))
    details = of_details(body=body).details
    return [build_issue(repository=repository, details=details)]


#: Each rule: its code, corpora whose first issue it drops, and corpora whose first it must not.
FARM_CASES = {
    "many-beginner-labels": (
        DropCode.FARM,
        [[labelled("easy", "beginner", "starter", "newbie")]],
        [[labelled("easy", "beginner", "starter", "bug", "docs")]],
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
        [opened_at_once(16), opened_at_once(31, "lumen-lab/charts-{}")],
        [opened_at_once(15), opened_at_once(30, "lumen-lab/charts-{}"), spread(30)],
    ),
    "unfollowed": (
        DropCode.FARM,
        [spread(10, stars=9), spread(12, stars=11)],
        [spread(9, stars=0), spread(10, stars=10)],
    ),
    "newborn": (
        DropCode.FARM,
        [
            spread(5, stars=49, created_at=days_ago(29)),
            spread(5, stars=0, created_at=days_ago(0)),
        ],
        [
            spread(4, stars=49, created_at=days_ago(29)),
            spread(5, stars=50, created_at=days_ago(29)),
            spread(5, stars=49, created_at=days_ago(30)),
            spread(5, stars=49, created_at=None),
        ],
    ),
    "warned-of": (
        DropCode.FARM,
        [[FREE, WARNING], [WARNING]],
        [[build_issue(repository="anchor-guild/knots"), WARNING]],
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
            titled('Add a "Star the repository" button'),
            [of_facts(description="Star charts")],
        ],
    ),
    "practice": (
        DropCode.FARM,
        [
            [of_facts(name="lumen-lab/Hacktoberfest_2026", stars=99)],
            [of_facts(name="lumen-lab/my-hactoberfest2026", stars=0)],
            [of_facts(name="lumen-lab/hacktober", stars=3)],
            [of_facts(name="lumen-lab/dsa-questions", stars=3)],
            *(
                [of_facts(description=words, stars=3)]
                for words in (
                    "charts-12 created by GitHub Classroom",
                    "Exercise: Introduction to GitHub",
                    "Four pull requests make a shirt: swags for Hacktoberfest",
                    "This project is open for Hacktoberfest",
                    "Make your first open source contribution",
                    "A place to practise git",
                    "Solutions to LeetCode",
                    "Sorting programs in different programming languages",
                )
            ),
        ],
        [
            [of_facts(name="lumen-lab/Hacktoberfest_2026", stars=100)],
            [of_facts(name="hacktoberfest/starcharts", stars=3)],
            *(
                [of_facts(description=words, stars=3)]
                for words in (
                    "Reviews pull requests",
                    "Our project took part in Hacktoberfest",
                    "Reminds of contests at LeetCode",
                    "Open source charts in the classroom",
                    "Plots programs of concerts",
                )
            ),
        ],
    ),
    "bought-stars": (
        DropCode.FARM,
        [[of_facts(stars=1001, forks=5)], [of_facts(stars=500, forks=0)]],
        [
            [of_facts(stars=1000, forks=5)],
            [of_facts(stars=499, forks=0)],
            [of_facts(stars=900, forks=None)],
        ],
    ),
    "empty-project": (
        DropCode.FARM,
        [[of_facts(description=None, stars=0)]],
        [
            [of_facts(description="Charts", stars=0)],
            [of_facts(description=None, stars=1)],
            [of_facts(description=None, stars=0), of_facts(name="lumen-lab/charts", stars=1)],
        ],
    ),
    "empty-text": (
        DropCode.FARM,
        [wordless(""), wordless(" \n---\n"), wordless("<!-- Tell us what is wrong -->")],
        [
            wordless("", stars=10),
            wordless("Two digits"),
            wordless("<!-- What? --> 修正"),
            wordless(None),
        ],
    ),
}
