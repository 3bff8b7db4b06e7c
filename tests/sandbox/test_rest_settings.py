"""Settings, Actions and people of a repository, as REST and GraphQL tell them."""

import pytest
from github import GithubException

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, Connect

PREPARE = ".github/workflows/prepare.yml"
REPOS = f"/repos/{DIGESTS}"
BLAME = """
query Blame {
  repository(owner: "campus-club", name: "digests") {
    defaultBranchRef { target { ... on Commit {
      blame(path: ".github/workflows/prepare.yml") {
        ranges { startingLine endingLine commit { committedDate author { user { login } } } }
      }
    } } }
  }
}
"""


@pytest.fixture
def ask(connect: Connect):
    def get(path: str, token: str = "grace"):
        return connect(token).requester.requestJsonAndCheck("GET", path)[1]

    return get


@pytest.fixture
def admin(sandbox: Sandbox) -> None:
    sandbox.perform("set_up", repository=DIGESTS, admins=["grace-example"])


def refusal(ask, path: str, token: str = "grace") -> tuple[int, str]:
    with pytest.raises(GithubException) as told:
        ask(path, token)
    return told.value.status, told.value.data["message"]


def write(sandbox: Sandbox, login: str, text: str) -> None:
    sandbox.perform("write_file", login=login, repository=DIGESTS, path=PREPARE, text=text)


def test_a_committed_file_among_the_workflows_is_a_workflow(sandbox, ask):
    write(sandbox, "grace-example", "on:\n")
    sandbox.perform("set_workflow", repository=DIGESTS, path=PREPARE, state="disabled_inactivity")

    told = ask(f"{REPOS}/actions/workflows")

    assert told["total_count"] == 1
    assert told["workflows"][0]["path"] == PREPARE
    assert told["workflows"][0]["state"] == "disabled_inactivity"


def test_runs_are_listed_newest_first_and_by_how_they_ended(sandbox, ask, world: World):
    write(sandbox, "grace-example", "on:\n")
    run = {"login": "grace-example", "repository": DIGESTS, "path": PREPARE}
    sandbox.perform("run_workflow", **run)
    world.advance(days=1)
    sandbox.perform("run_workflow", **run, conclusion="failure", event="workflow_dispatch")

    runs = f"{REPOS}/actions/workflows/prepare.yml/runs"

    assert [one["conclusion"] for one in ask(runs)["workflow_runs"]] == ["failure", "success"]
    assert ask(f"{runs}?status=success")["workflow_runs"][0]["created_at"] == "2026-11-22T05:23:00Z"
    assert ask(f"{runs}?event=push")["total_count"] == 0
    assert refusal(ask, f"{runs}?actor=x")[0] == 501
    assert refusal(ask, f"{REPOS}/actions/workflows/none.yml/runs")[0] == 404


def test_names_of_secrets_are_for_who_may_push_and_not_for_a_workflow(sandbox, ask):
    sandbox.perform(
        "set_up", repository=DIGESTS, secrets=["FOOTHOLD_KEY"], organization_secrets=["SHARED"]
    )

    assert ask(f"{REPOS}/actions/secrets")["secrets"] == [{"name": "FOOTHOLD_KEY"}]
    assert ask(f"{REPOS}/actions/organization-secrets")["secrets"] == [{"name": "SHARED"}]
    assert refusal(ask, f"{REPOS}/actions/secrets", "workflow") == (
        403,
        "Resource not accessible by integration",
    )


@pytest.mark.parametrize(
    "path",
    ["actions/permissions", "actions/permissions/workflow", "invitations"],
)
def test_settings_are_for_admins(path, sandbox, ask):
    assert refusal(ask, f"{REPOS}/{path}") == (403, "Must have admin rights to Repository.")
    assert refusal(ask, f"{REPOS}/{path}", "workflow")[0] == 403


@pytest.mark.usefixtures("admin")
def test_an_admin_sees_what_actions_may_do(sandbox, ask):
    assert ask(f"{REPOS}/actions/permissions").items() >= {"allowed_actions": "all"}.items()
    assert refusal(ask, f"{REPOS}/actions/permissions/selected-actions")[0] == 409
    told = ask(f"{REPOS}/actions/permissions/workflow")
    assert told["default_workflow_permissions"] == "read"
    assert told["can_approve_pull_request_reviews"] is False

    sandbox.perform("set_up", repository=DIGESTS, allowed_actions="selected", enabled=True)

    assert ask(f"{REPOS}/actions/permissions/selected-actions")["github_owned_allowed"] is True


def test_a_branch_tells_when_it_changed_and_whether_it_is_protected(sandbox, ask):
    sandbox.perform("set_up", repository=DIGESTS, protected=True, rules=["pull_request"])
    sandbox.perform("push_branch", repository=DIGESTS, branch="foothold-state")

    main, state = ask(f"{REPOS}/branches/main"), ask(f"{REPOS}/branches/foothold-state")

    assert (main["protected"], state["protected"]) == (True, False)
    assert state["commit"]["commit"]["committer"]["date"] == "2026-11-22T05:23:00Z"
    assert refusal(ask, f"{REPOS}/branches/none") == (404, "Branch not found")
    assert [one["type"] for one in ask(f"{REPOS}/rules/branches/main")] == ["pull_request"]
    assert ask(f"{REPOS}/rules/branches/none") == []


@pytest.mark.usefixtures("admin")
def test_collaborators_have_roles_and_an_organisation_is_none(sandbox, ask):
    sandbox.perform("set_up", repository=DIGESTS, readers=["ada-example"])
    sandbox.perform("invite", login="ben-example", repository=DIGESTS)

    told = {one["login"]: one for one in ask(f"{REPOS}/collaborators")}

    assert {login: one["role_name"] for login, one in told.items()} == {
        "ada-example": "read",
        "grace-example": "admin",
    }
    assert told["ada-example"]["permissions"]["push"] is False
    assert [one["invitee"]["login"] for one in ask(f"{REPOS}/invitations")] == ["ben-example"]


def test_who_may_read_a_private_repository_sees_it_and_may_not_write(sandbox, ask):
    assert refusal(ask, REPOS, "ada")[0] == 404

    sandbox.perform("set_up", repository=DIGESTS, readers=["ada-example"])

    assert ask(REPOS, "ada")["permissions"] == {"admin": False, "push": False, "pull": True}
    assert refusal(ask, f"{REPOS}/collaborators", "ada")[0] == 403


def test_blame_tells_who_wrote_which_line(sandbox, connect, world: World):
    write(sandbox, "grace-example", "on:\n  schedule:\n    - cron: 23 5 * * 1\njobs:\n")
    world.advance(days=1)
    write(sandbox, "hal-example", "on:\n  schedule:\n    - cron: 41 5 * * 1\njobs:\n")

    _, answer = connect().requester.graphql_query(BLAME, {})

    target = answer["data"]["repository"]["defaultBranchRef"]["target"]
    told = [
        (one["startingLine"], one["endingLine"], one["commit"]["author"]["user"]["login"])
        for one in target["blame"]["ranges"]
    ]
    assert told == [(1, 2, "grace-example"), (3, 3, "hal-example"), (4, 4, "grace-example")]


def test_an_unknown_setting_is_refused(sandbox):
    with pytest.raises(TypeError, match="not known here: shoe_size"):
        sandbox.perform("set_up", repository=DIGESTS, shoe_size=43)
