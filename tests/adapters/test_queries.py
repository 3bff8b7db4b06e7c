"""That every document which the bot sends is one that GitHub and the sandbox understand."""

import pytest
from graphql import OperationType, parse

from bot.adapters.github_outcomes import compose_stamps
from bot.adapters.github_together import Form, compose
from bot.sandbox.graphql.cost import find_operation
from bot.sandbox.graphql.schema import SCHEMA
from tests.benchmarks.documents import (
    NEWER,
    documents,
    faults,
    points,
    stored_schema,
    usual_variables,
)
from tests.conftest import shared_file

DOCUMENTS = documents()
#: What is put together only when it is sent: ten of each, and all sorts.
COMPOSED = {
    **{form.name: compose("Together", [form] * 10) for form in Form},
    "mixed": compose("Mixed", list(Form)),
    "stamps": compose_stamps(10),
}


@pytest.fixture(params=[*DOCUMENTS, *COMPOSED])
def document(request: pytest.FixtureRequest) -> str:
    return {**DOCUMENTS, **COMPOSED}[request.param]


def test_the_sandbox_knows_all_that_is_asked(document: str):
    assert faults(document, SCHEMA) == []


@pytest.mark.shared
def test_githubs_stored_schema_knows_all_that_is_asked_but_newer_fields(document: str):
    stored = stored_schema(shared_file("github/schema.graphql"))

    assert set(faults(document, stored)) <= NEWER.keys()


def test_a_field_that_does_not_exist_is_found():
    assert faults("query Wrong { viewer { shoeSize } }", SCHEMA) == ["User.shoeSize"]


def test_an_argument_that_does_not_exist_is_found():
    (fault,) = faults("query Wrong { repository(id: 1) { id } }", SCHEMA)[:1]

    assert "'id'" in fault


def test_every_document_has_one_operation_with_a_name(document: str):
    assert find_operation(parse(document)).name is not None


def test_every_question_asks_what_it_costs(document: str):
    is_change = find_operation(parse(document)).operation is OperationType.MUTATION
    assert is_change or "rateLimit { cost" in document


def test_a_document_is_priced_at_the_largest_size_that_was_sent():
    search = DOCUMENTS["search_issues"]
    log = [{"kind": "graphql SearchIssues", "variables": {"first": size}} for size in (25, 50)]

    assert usual_variables(search, log) == {"first": 50}
    assert usual_variables(search, [])["first"] == 100
    assert points(search, {"first": 100}) >= points(search, {"first": 50}) >= 1
