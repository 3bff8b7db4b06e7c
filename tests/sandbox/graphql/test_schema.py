"""That the schema holds together, and that all of it can be asked for."""

from datetime import datetime, timedelta, timezone

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    validate_schema,
)

from bot.sandbox.graphql.schema import SCHEMA, show_time, snake_case
from tests.sandbox.graphql.documents import REPOSITORY

#: Fields that need an argument, with one that finds something.
ARGUMENTS = {
    "issue": "(number: 1)",
    "pullRequest": "(number: 2)",
    "discussion": "(number: 3)",
    "label": '(name: "bug")',
    "blame": '(path: "CONTRIBUTING.md")',
    "object": '(expression: "HEAD:CONTRIBUTING.md")',
}


def ask_for_all(kind: GraphQLNamedType, depth: int) -> str:
    """Select every field of a type, down to a depth; aliases keep types apart."""
    if is_abstract_type(kind):
        parts = [
            f"... on {possible.name} {{ {ask_for_all(possible, depth)} }}"
            for possible in SCHEMA.get_possible_types(kind)
        ]
        return " ".join(["__typename", *parts])
    assert isinstance(kind, GraphQLObjectType)
    chosen = ["__typename"]
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        argument = ARGUMENTS.get(name, "") if field.args else ""
        page = "(first: 1)" if "first" in field.args else argument
        alias = f"{kind.name}_{name}: {name}{page}"
        if is_leaf_type(inner):
            chosen.append(alias)
        elif depth > 0:
            chosen.append(f"{alias} {{ {ask_for_all(inner, depth - 1)} }}")
    return " ".join(chosen)


def test_the_schema_is_valid():
    assert validate_schema(SCHEMA) == []


def test_every_field_of_the_schema_answers(world, show):
    home, issue = world.repository("tidepool-labs/kelp"), world.issue("tidepool-labs/kelp", 1)
    issue.milestone, issue.issue_type = "1.0", "Bug"
    pull = world.open_pull_request(home, "zoe-example", "Anchor", closes=[1])
    world.review(pull, "mo-example", "APPROVED")
    home.has_discussions = True
    asked = world.open_discussion(home, "zoe-example", "How long is a rope?")
    world.choose_answer(world.discuss(asked, "mo-example", "Very"), "mo-example")
    for thing in (issue, pull, issue.comments[0], asked, asked.answer):
        world.react(thing, "zoe-example", "heart")
    fields = ask_for_all(SCHEMA.type_map["Repository"], 3)
    shown = show(REPOSITORY % fields)["repository"]
    assert shown["Repository_issue"]["Issue_milestone"]["Milestone_title"] == "1.0"
    assert shown["Repository_issue"]["Issue_issueType"]["IssueType_name"] == "Bug"
    (review,) = shown["Repository_pullRequest"]["PullRequest_reviews"][
        "PullRequestReviewConnection_nodes"
    ]
    assert review["PullRequestReview_state"] == "APPROVED"
    answer = shown["Repository_discussion"]["Discussion_answer"]
    assert answer["DiscussionComment_isAnswer"] is True
    assert shown["Repository_object"]["Blob_text"] == "Ask first."


def test_fields_are_attributes_in_snake_case():
    assert snake_case("hasNextPage") == "has_next_page"


def test_times_are_shown_in_whole_seconds():
    assert (
        show_time(datetime(2026, 11, 22, 13, 0, 0, 987_000, timezone(timedelta(hours=1))))
        == "2026-11-22T12:00:00Z"
    )
