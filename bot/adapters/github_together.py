"""Several searches in one question, for GitHub rounds the cost of each question up to a point.

Comes in: searches. Goes out: what each of them told, as GitHub sent it. Each search, and each
result whose labels or issues are asked for, is a hundredth of a point (docs.github.com, "Rate
limits and query limits for the GraphQL API"): ten searches of ten results are 1 point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pydantic import AliasChoices, Field

from bot.adapters.github_documents import with_fragments
from bot.adapters.github_questions import Questions
from bot.adapters.payloads import Payload
from bot.harvest.source import MAX_PAGE


class Form(Enum):
    """What is searched, what is told of it, and the variables that this needs."""

    ISSUES = ("ISSUE", "...IssuePage", "")
    REPOSITORIES = ("REPOSITORY", "...RepositoryPage", "$labels: [String!]!, $since: DateTime")
    N_ISSUES = ("ISSUE", "issueCount", "")
    N_REPOSITORIES = ("REPOSITORY", "repositoryCount", "")


@dataclass(frozen=True, slots=True)
class Search:
    """One of the searches of a question: its form, its query, and how many results it shows."""

    form: Form
    query: str
    first: int = 1


class CountPayload(Payload):
    """How many results a search has."""

    total: int = Field(validation_alias=AliasChoices("issueCount", "repositoryCount"), ge=0)


def ask_together(
    questions: Questions,
    name: str,
    searches: Sequence[Search],
    variables: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """What each query told, all in one request; what did not come whole is missing.

    Outage where GitHub ran out of time over all of it: less is to be asked, or one by one.
    """
    if not searches:
        return {}
    text = compose(name, [one.form for one in searches])
    sent = dict(variables or {})
    for place, one in enumerate(searches):
        sent |= {f"q{place}": one.query, f"n{place}": min(one.first, MAX_PAGE)}
    told = questions.fields(text, sent, [f"s{place}" for place in range(len(searches))])
    return {one.query: told[f"s{at}"] for at, one in enumerate(searches) if f"s{at}" in told}


def compose(name: str, forms: Sequence[Form]) -> str:
    """One operation: search `s0` of the query `$q0`, showing `$n0` results, and so on."""
    declared = [f"$q{place}: String!, $n{place}: Int!" for place in range(len(forms))]
    declared += sorted({form.value[2] for form in forms} - {""})
    fields = [
        f"  s{place}: search(query: $q{place}, type: {kind}, first: $n{place}) {{ {told} }}"
        for place, (kind, told, _) in enumerate(form.value for form in forms)
    ]
    head = f"query {name}({', '.join(declared)}) {{"
    return with_fragments(
        "\n".join((head, "  rateLimit { cost remaining resetAt }", *fields, "}\n"))
    )
