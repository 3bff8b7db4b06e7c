from bot.sandbox.fault_nulls import RESOURCE_LIMITS, null_field, null_nodes, partial_data
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer, Request

from .conftest import NOW

REQUEST = Request("POST", "/graphql", NOW)


def page() -> dict[str, object]:
    nodes = [
        {"number": number, "labels": {"nodes": [{"name": "easy"}]}, "author": {"login": "ada"}}
        for number in (1, 2, 3)
    ]
    return {"data": {"search": {"issueCount": 3, "nodes": nodes}}}


def spoiled(fault: Fault) -> dict:
    answer = fault.after(REQUEST, Answer(200, page()))
    return answer.data


def test_partial_data_keeps_the_other_nodes_and_tells_of_the_null_ones():
    answer = spoiled(partial_data(("search", "nodes", 1)))

    kept = [node and node["number"] for node in answer["data"]["search"]["nodes"]]
    assert kept == [1, None, 3]
    assert answer["errors"] == [
        {
            "type": RESOURCE_LIMITS,
            "path": ["search", "nodes", 1],
            "message": "Resource limits for this query exceeded.",
        }
    ]


def test_a_forbidden_node_is_an_error_of_that_kind():
    answer = spoiled(partial_data(("search", "nodes", 0), ("search",), kind="FORBIDDEN"))

    assert answer["data"] == {"search": None}
    assert [error["type"] for error in answer["errors"]] == ["FORBIDDEN", "FORBIDDEN"]


def test_null_nodes_come_without_an_error():
    answer = spoiled(null_nodes(("search", "nodes", 0), ("search", "nodes", 2)))

    assert [bool(node) for node in answer["data"]["search"]["nodes"]] == [False, True, False]
    assert "errors" not in answer


def test_a_path_that_leads_nowhere_changes_nothing():
    assert spoiled(null_nodes(("search", "nodes", 9), ("no", "such"), ("search", 0))) == page()


def test_a_key_is_null_wherever_it_stands():
    nodes = spoiled(null_field("labels", "author"))["data"]["search"]["nodes"]

    assert [(node["labels"], node["author"]) for node in nodes] == [(None, None)] * 3


def test_a_condition_picks_the_objects_that_lose_a_key():
    fault = null_field("labels", where=lambda found: found.get("number") == 2)

    nodes = spoiled(fault)["data"]["search"]["nodes"]

    assert [node["labels"] is None for node in nodes] == [False, True, False]


def test_an_answer_that_is_no_object_stays_as_it_is():
    listing = Answer(200, [1, 2])

    assert null_field("labels").after(REQUEST, listing).data == [1, 2]
