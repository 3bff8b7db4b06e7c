"""That the scripted world is as its script says, and the script as the rules say."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.world import World
from tests.community.reckoning import reckon
from tests.community.script import Pull, Talk
from tests.community.world import SCRIPT, build_world, students

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
BY_NAME = {project.repository: project for project in SCRIPT}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(NOW)


def test_there_are_sixty_projects_with_names_of_their_own():
    assert len(BY_NAME) == 60
    assert len({name.partition("/")[2] for name in BY_NAME}) == 60


@pytest.mark.parametrize("name", BY_NAME)
def test_the_figures_that_are_stated_follow_from_the_rules(name):
    project = BY_NAME[name]

    answerers, median, share = reckon(project.pulls)

    assert project.answerers == answerers
    assert project.median_reply_hours == median
    assert project.merged_share == pytest.approx(share)


def test_some_projects_have_nothing_to_tell():
    silent = [
        project.repository
        for project in SCRIPT
        if not (project.answerers or project.places or project.guide or project.questions)
        and project.median_reply_hours is project.merged_share is project.conduct is None
    ]
    assert len(silent) == 10


def test_each_kind_of_fact_is_told_of_some_projects():
    claiming = Counter(project.claiming for project in SCRIPT)

    assert {project.command for project in SCRIPT} == {"", "/assign", ".take", "/claim"}
    assert min(claiming.values()) >= 8
    assert sum(project.ai_policy is not None for project in SCRIPT) == 10
    assert {kind for project in SCRIPT for kind, _ in project.places} == {
        "discussions",
        "chat",
        "forum",
    }


@pytest.mark.parametrize("name", BY_NAME)
def test_things_have_the_numbers_of_the_script(world, name):
    shelves = (world.pull_requests[name], world.discussions[name], world.issues[name])
    made = {number: thing.created_at for shelf in shelves for number, thing in shelf.items()}

    wanted = {number: NOW - timedelta(days=age) for number, age, _ in BY_NAME[name].openings()}

    assert made == wanted
    assert [made[number] for number in sorted(made)] == sorted(made.values())


def test_pull_requests_are_as_the_script_has_them(world):
    for project in SCRIPT:
        shelf = world.pull_requests[project.repository]
        rows = [row for _, _, row in project.openings() if isinstance(row, Pull)]
        for pull, row in zip(shelf.values(), rows, strict=True):
            said = sorted(
                [(one.created_at, one.author, one.association) for one in pull.comments]
                + [(one.submitted_at, one.author, one.association) for one in pull.reviews]
            )
            assert (pull.author, pull.association) == (row.author, row.association)
            assert pull.state.lower() == row.end
            assert said == [
                (pull.created_at + timedelta(hours=w.after_hours), w.login, w.association)
                for w in row.said()
            ]


def test_moments_are_in_order(world):
    for shelf in world.pull_requests.values():
        for pull in shelf.values():
            said = [one.created_at for one in pull.comments]
            said += [one.submitted_at for one in pull.reviews]
            assert all(pull.created_at <= at <= (pull.closed_at or NOW) for at in said)
            assert pull.updated_at <= NOW
    for shelf in world.discussions.values():
        for talk in shelf.values():
            said = [one.created_at for one in talk.comments]
            assert all(talk.created_at < at <= talk.updated_at <= NOW for at in said)


def test_nothing_happened_after_now_and_all_of_it_in_the_order_of_time(world):
    moments = [datetime.fromisoformat(str(row["at"])) for row in world.writes]

    assert moments == sorted(moments)
    assert moments[-1] < NOW == world.now


def test_questions_lead_to_open_discussions_without_an_answer(world):
    for project in SCRIPT:
        shelf = world.discussions[project.repository].values()
        waiting = [one for one in shelf if one.is_answered is False and not one.closed]
        told = [(one.title, one.url) for one in reversed(waiting)]
        assert project.questions == tuple(told)


def test_answered_discussions_are_answered(world):
    for project in SCRIPT:
        titles = {row.title for row in project.talks if isinstance(row, Talk) and row.is_answered}
        shelf = world.discussions[project.repository].values()
        assert {one.title for one in shelf if one.is_answered} == titles


def test_each_project_has_three_tasks_unlike_all_others(world):
    titles = [one.title for shelf in world.issues.values() for one in shelf.values()]

    assert len(titles) == len(set(titles)) == 180
    assert {len(shelf) for shelf in world.issues.values()} == {3}


def test_students_like_what_there_is():
    texts = students(60)

    assert len(texts) == 60
    assert len(set(texts.values())) == 60
    assert texts["s01-example"] == (
        "languages: [Python]\ninterests: [astronomy, data visualization]\n"
    )
