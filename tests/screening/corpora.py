"""Small corpora for the rules' tests: each rule is asked of a corpus's first issue."""

from tests.builders_core import build_details, build_facts, build_issue, build_repository

FREE = build_issue()
UNKNOWN = build_issue(details=None, repository=build_repository(facts=None))


def of_facts(*, name="lumen-lab/starcharts", title=FREE.title, **changes):
    return build_issue(repository=build_repository(name, facts=build_facts(**changes)), title=title)


def of_details(*comments, **changes):
    return build_issue(details=build_details(*comments, **changes))


def labelled(*labels):
    return build_issue(labels=("good first issue", *labels), details=None)


def titled(*titles, **changes):
    return [build_issue(number, title=title, **changes) for number, title in enumerate(titles, 1)]


def opened_at_once(n, name="lumen-lab/starcharts", **facts):
    """So many issues of one day, each of a title of its own; `{}` in the name is their number."""
    return [
        build_issue(
            number,
            repository=build_repository(name.format(number), facts=build_facts(**facts)),
            title=f"Round {'x' * number}",
        )
        for number in range(1, n + 1)
    ]
