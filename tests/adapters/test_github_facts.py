"""How the languages of a project share its code, as far as GitHub tells."""

import pytest

from bot.adapters.github_details import FactsPayload
from bot.adapters.payloads import parse
from tests.adapters.asking import NOW


def edge(name: str, size: int) -> dict:
    return {"size": size, "node": {"name": name}}


def shares(languages: object) -> tuple[tuple[str, ...] | None, tuple[float, ...] | None]:
    node = {"id": "R_1", "nameWithOwner": "tidepool/boats", "languages": languages}
    payload = parse(FactsPayload, node)
    assert payload is not None
    facts = payload.all_facts(NOW)
    return facts.languages, facts.language_shares


def test_shares_are_of_all_the_code_and_not_of_what_is_listed() -> None:
    listed = {"totalSize": 400, "edges": [edge("Go", 200), edge("C", 100)]}
    assert shares(listed) == (("Go", "C"), (0.5, 0.25))


@pytest.mark.parametrize(
    "languages",
    [
        {"totalSize": 0, "edges": [edge("Go", 0)]},
        {"edges": [edge("Go", 10)]},
        {"totalSize": 5, "edges": [edge("Go", 10)]},
        {"totalSize": 5, "edges": [edge("Go", -1)]},
    ],
    ids=["sizes unknown", "no total", "more than all", "less than nothing"],
)
def test_shares_that_the_sizes_do_not_give_are_unknown(languages: dict) -> None:
    assert shares(languages) == (("Go",), None)


@pytest.mark.parametrize("languages", [None, {"totalSize": 0, "edges": []}, {"edges": None}])
def test_a_project_without_code_has_no_shares(languages: dict | None) -> None:
    assert shares(languages) == ((), ())


def test_a_language_that_is_hidden_is_left_out_of_both() -> None:
    assert shares({"totalSize": 4, "edges": [None, edge("C", 1)]}) == (("C",), (0.25,))
