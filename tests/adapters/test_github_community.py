"""Communities as GitHub tells them: what it hides is missing, and what it leaves out is unknown."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.github_client import reader
from bot.adapters.github_community import GitHubCommunity, compose_discussions
from bot.adapters.github_profiles import DiscussionPayload, ProfilePayload, RepliesPayload
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import parse
from bot.community.source import Discussion, Profile, Pull, Reply
from bot.errors import Outage
from bot.harvest.source import Cost
from bot.sandbox.fault_nulls import null_nodes
from bot.sandbox.faults import Match, bad_gateway
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Repository, World

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
HOME = "tidepool/harbor"
PROFILES, REPLIES = Match(operation="ReadProfiles"), Match(operation="ReadReplies")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(World(NOON)) as sandbox:
        sandbox.tokens.add(TOKEN, "reader-example")
        yield sandbox


@pytest.fixture
def source(sandbox: Sandbox) -> GitHubCommunity:
    return GitHubCommunity(GraphQLWire(reader(TOKEN, sandbox.url)))


def home_of(sandbox: Sandbox, name: str = HOME, **changes: object) -> Repository:
    return sandbox.world.add_repository(name, **changes)


def test_a_profile_tells_texts_addresses_and_the_newest_pull_requests(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    home = home_of(
        sandbox,
        homepage="https://harbor.example.org",
        has_discussions=True,
        files={"README.md": "# Harbor", "CONTRIBUTING.md": "Ask.", "AI_POLICY.md": "Say so."},
    )
    pull = sandbox.world.open_pull_request(home, "new-example", "Name the quays")
    sandbox.world.advance(hours=1)
    robot = sandbox.world.open_pull_request(home, "dependabot[bot]", "Bump")

    profile = source.read_profiles([home.node_id])[home.node_id]

    assert (profile.name, profile.homepage, profile.has_discussions) == (
        *(HOME, "https://harbor.example.org"),
        True,
    )
    assert (profile.readme, profile.guide_text, profile.policy) == ("# Harbor", "Ask.", "Say so.")
    assert profile.guide == f"https://github.com/{HOME}/blob/main/CONTRIBUTING.md"
    assert profile.pulls is not None
    assert [one.id for one in profile.pulls] == [robot.node_id, pull.node_id]
    assert [one.author for one in profile.pulls] == [None, "new-example"]


def test_a_project_that_says_nothing_of_itself_has_an_empty_profile(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    home = home_of(sandbox)
    assert source.read_profiles([home.node_id]) == {
        home.node_id: Profile(HOME, None, False, None, None, "", "", "", ())
    }


def test_replies_are_comments_and_reviews_oldest_first(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    home = home_of(sandbox, collaborators=("mira-example",))
    pull = sandbox.world.open_pull_request(home, "new-example", "Name the quays")
    sandbox.world.advance(hours=1)
    sandbox.world.review(pull, "mira-example", "COMMENTED")
    sandbox.world.advance(hours=1)
    sandbox.world.comment(pull, "new-example", "Thank you")

    (first, second) = source.read_replies([pull.node_id])[pull.node_id]

    assert (first.author, first.at) == ("mira-example", NOON + timedelta(hours=1))
    assert (second.author, second.at) == ("new-example", NOON + timedelta(hours=2))


def test_what_github_does_not_show_is_missing_and_the_rest_is_told(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    seen, hidden = home_of(sandbox), home_of(sandbox, "tidepool/secret", private=True)
    assert source.read_profiles([hidden.node_id, seen.node_id]).keys() == {seen.node_id}
    sandbox.faults.add(null_nodes(("nodes", 0)), PROFILES)
    assert source.read_profiles([seen.node_id]) == {}


def test_a_question_that_is_too_heavy_is_asked_by_halves(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    homes = [home_of(sandbox, f"tidepool/boat-{n}") for n in range(33)]
    sandbox.faults.add(bad_gateway(), PROFILES)
    assert len(source.read_profiles([one.node_id for one in homes])) == 33


def test_questions_that_wait_are_found_by_project(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    world = sandbox.world
    home, other = home_of(sandbox, has_discussions=True), home_of(sandbox, "tidepool/boat")
    other.has_discussions = True
    waiting = world.open_discussion(home, "asks-example", "How deep is it?")
    answered = world.open_discussion(home, "asks-example", "How wide is it?")
    world.choose_answer(world.discuss(answered, "mira-example", "Nine."), "asks-example")
    world.open_discussion(home, "asks-example", "I like boats", category="General")

    found = source.search_questions([HOME, other.name_with_owner], NOON - timedelta(days=60))

    assert found == {
        HOME: (Discussion(HOME, "How deep is it?", waiting.url, "asks-example", NOON),),
        "tidepool/boat": (),
    }
    assert source.spent() == Cost(1, 1, source.spent().seconds)


def test_no_project_is_no_question(source: GitHubCommunity) -> None:
    assert source.search_questions([], NOON) == {}
    assert source.spent() == Cost()


def test_where_a_search_brings_nothing_at_all_it_is_an_outage(
    sandbox: Sandbox, source: GitHubCommunity
) -> None:
    home_of(sandbox, has_discussions=True)
    sandbox.faults.add(bad_gateway(), times=9)
    with pytest.raises(Outage):
        source.search_questions([HOME], NOON)


def test_twenty_searches_are_one_operation() -> None:
    text = compose_discussions(20)
    assert text.count("type: DISCUSSION") == 20
    assert text.count("query ") == 1


def test_a_profile_without_its_list_of_pull_requests_does_not_say_that_nobody_came() -> None:
    payload = parse(ProfilePayload, {"nameWithOwner": HOME, "pullRequests": None})
    assert payload is not None
    assert payload.value().pulls is None


def test_a_pull_request_that_is_hidden_in_its_list_is_left_out() -> None:
    shown = {
        "id": "PR_1",
        "createdAt": "2026-11-01T12:00:00Z",
        "state": "MERGED",
        "authorAssociation": "NONE",
        "author": None,
    }
    nodes = {"nodes": [None, shown]}
    payload = parse(ProfilePayload, {"nameWithOwner": HOME, "pullRequests": nodes})
    assert payload is not None
    assert payload.value().pulls == (Pull("PR_1", None, "NONE", NOON, False, True),)


def test_a_review_that_is_not_handed_in_is_no_reply() -> None:
    draft = {"submittedAt": None, "authorAssociation": "MEMBER", "author": None}
    said = {"createdAt": "2026-11-01T12:00:00Z", "authorAssociation": "NONE", "author": None}
    payload = parse(RepliesPayload, {"timelineItems": {"nodes": [said, None, draft]}})
    assert payload is not None
    assert payload.values() == (Reply(None, "NONE", NOON),)


@pytest.mark.parametrize(
    "changes",
    [{"isAnswered": True}, {"locked": True}, {"category": {"isAnswerable": False}}],
)
def test_what_nobody_can_answer_any_more_does_not_wait(changes: dict[str, object]) -> None:
    node = {
        "title": "How deep is it?",
        "url": f"https://github.com/{HOME}/discussions/1",
        "updatedAt": "2026-11-01T12:00:00Z",
        "category": {"isAnswerable": True},
        "repository": {"nameWithOwner": HOME},
        "isAnswered": False,
    }
    payload, ended = parse(DiscussionPayload, node), parse(DiscussionPayload, node | changes)
    assert payload is not None
    assert ended is not None
    assert (payload.waits, ended.waits) == (True, False)


@pytest.mark.parametrize(
    ("login", "named"),
    [
        ("k8s-ci-robot", None),
        ("rustbot", None),
        ("harbor-bot", None),
        ("bot-of-harbor", None),
        ("CLAassistant", None),
        ("codecov-commenter", None),
        ("botany-example", "botany-example"),
        ("robotics-example", "robotics-example"),
        ("mira-example", "mira-example"),
    ],
)
def test_a_program_that_uses_a_persons_account_is_nobody_to_meet(
    login: str, named: str | None
) -> None:
    word = {"createdAt": "2026-10-01T00:00:00Z", "author": {"__typename": "User", "login": login}}
    payload = parse(RepliesPayload, {"timelineItems": {"nodes": [word]}})

    assert payload is not None
    assert [one.author for one in payload.values() or ()] == [named]


def test_a_pull_request_that_came_in_part_is_left_out_and_the_project_is_told() -> None:
    whole = {"id": "PR_1", "createdAt": "2026-10-01T00:00:00Z", "state": "OPEN"}
    part = {"id": "PR_2", "createdAt": None, "state": "OPEN"}
    payload = parse(
        ProfilePayload, {"nameWithOwner": HOME, "pullRequests": {"nodes": [whole, part]}}
    )

    assert payload is not None
    assert [one.id for one in payload.value().pulls or ()] == ["PR_1"]


def said(author: str, day: int, association: str = "NONE") -> dict[str, object]:
    return {
        "createdAt": f"2026-10-{day:02}T00:00:00Z",
        "authorAssociation": association,
        "author": {"__typename": "User", "login": author},
    }


def replies_of(words: list[dict[str, object]]) -> int | None:
    """How many replies are told of a talk that began so; None where nothing is."""
    payload = parse(RepliesPayload, {"timelineItems": {"nodes": words}})
    assert payload is not None
    told = payload.values()
    return None if told is None else len(told)


def test_behind_the_beginning_of_a_long_talk_nobody_knows_who_answered() -> None:
    crowd = [said(f"n{day}-example", day) for day in range(1, 11)]
    answered = [*crowd[:9], said("mira-example", 10, "MEMBER")]

    assert replies_of(crowd) is None
    assert replies_of(answered) == 10
    assert replies_of(crowd[:9]) == 9
