"""Sixty scripted projects over HTTP: every fact is the scripted one, and what cannot be known is
left out, never guessed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.adapters.github_client import reader
from bot.adapters.github_community import GitHubCommunity
from bot.adapters.graphql_wire import GraphQLWire
from bot.community.facts import Community
from bot.community.meet import meet
from bot.community.questions import ASKED_WITHIN
from bot.sandbox.server import Sandbox
from tests.community.world import SCRIPT, ProjectScript, build_world
from tests.stage import NOW, TOKEN


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build_world(NOW)) as sandbox:
        sandbox.tokens.add(TOKEN, "reader-example")
        yield sandbox


@pytest.fixture(scope="module")
def source(sandbox: Sandbox) -> GitHubCommunity:
    return GitHubCommunity(GraphQLWire(reader(TOKEN, sandbox.url)))


@pytest.fixture(scope="module")
def communities(sandbox: Sandbox, source: GitHubCommunity) -> dict[str, Community]:
    """What was learned of each project, by name."""
    names = {one.node_id: one.name_with_owner for one in sandbox.world.repositories.values()}
    met = meet(names, {}, source, NOW, points=100)
    assert met.error is None
    return {names[id_]: one for id_, one in met.communities.items()}


def test_all_sixty_are_met_for_few_points(
    communities: dict[str, Community], source: GitHubCommunity
) -> None:
    assert len(communities) == len(SCRIPT) == 60
    # One question for profiles; at most six pull requests of each, a hundred to a question.
    assert source.spent().points <= 1 + 4


@pytest.mark.parametrize("project", SCRIPT, ids=lambda project: project.repository)
def test_what_is_told_of_a_project_is_what_the_script_says(
    communities: dict[str, Community], project: ProjectScript
) -> None:
    told = communities[project.repository]
    assert {
        "answerers": tuple((one.login, one.n_answered) for one in told.answerers),
        "places": tuple((one.kind, one.url) for one in told.places),
        "claiming": str(told.claiming),
        "command": told.command,
        "ai_policy": told.ai_policy,
        "guide": told.guide,
        "conduct": told.conduct,
        "has_discussions": told.has_discussions,
    } == {
        "answerers": project.answerers,
        "places": project.places,
        "claiming": project.claiming,
        "command": project.command,
        "ai_policy": project.ai_policy,
        "guide": project.guide,
        "conduct": project.conduct,
        "has_discussions": project.has_discussions,
    }
    assert told.median_reply_hours == pytest.approx(project.median_reply_hours)
    assert told.newcomers_merged == pytest.approx(project.merged_share)


def test_the_questions_are_those_that_nobody_answered(source: GitHubCommunity) -> None:
    names = [one.repository for one in SCRIPT if one.has_discussions]
    told = {}
    for start in range(0, len(names), 20):
        told |= source.search_questions(names[start : start + 20], NOW - ASKED_WITHIN)
    wanted = {one.repository: _waiting(one) for one in SCRIPT if one.has_discussions}
    assert {name: tuple((one.title, one.url) for one in some) for name, some in told.items()} == (
        wanted
    )
    assert any(wanted.values())


def _waiting(project: ProjectScript) -> tuple[tuple[str, str], ...]:
    """The scripted questions that are not too old."""
    young = {
        talk.title for talk in project.talks if timedelta(talk.opened_days_ago) <= ASKED_WITHIN
    }
    return tuple(one for one in project.questions if one[0] in young)[:3]
