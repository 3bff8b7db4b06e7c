"""The harness keeps what it promises: a machine forgets, a token's rights end where they end."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.club import REPOSITORY, SECRETS, Club, open_club
from tests.workflows.reading import Job, Workflow
from tests.workflows.runner import Event, Machine

PUSH = """
git -c user.name=A -c user.email=a@example.org commit --quiet --allow-empty --message=One
git -c http.extraheader="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)" \
  push --quiet origin HEAD:refs/heads/new
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory, forge: Path) -> Iterator[Club]:
    now = datetime(2026, 11, 9, tzinfo=UTC)
    with open_club(tmp_path_factory.mktemp("club"), now, forge) as opened:
        yield opened


CHECKOUT = {"uses": "actions/checkout@0", "with": {"persist-credentials": False}}


def run(club: Club, *steps: Mapping[str, Any], **permissions: str) -> Machine:
    """A job of these steps on a machine of its own."""
    club.hub.n_machines += 1
    machine = Machine(club.site, Event("schedule"), club.hub.n_machines, "refs/heads/main")
    job = Job("job", {"steps": [CHECKOUT, *steps], "permissions": permissions}, {})
    github = {"event_name": "schedule", "event": {}, "run_id": 1, "run_attempt": 1}
    machine.run(job, {"github": github, "secrets": SECRETS, "inputs": {}, "needs": {}})
    return machine


def push(club: Club, **permissions: str) -> str:
    env = {"TOKEN": "${{ github.token }}"}
    return run(club, {"run": PUSH, "env": env}, **permissions).done[-1].outcome


def test_a_job_that_may_only_read_cannot_push(club):
    assert push(club, contents="read") == "failure"
    assert "new" not in club.branches()


def test_a_job_that_may_write_contents_can(club):
    assert push(club, contents="write") == "success"
    assert "new" in club.branches()


def test_a_token_ends_with_its_job(club):
    machine = run(club, contents="write")
    assert club.sandbox.tokens.find(machine.token, club.world.now) is None


def test_a_machine_forgets(club):
    first = run(club, {"run": "touch here ~/there $RUNNER_TEMP/beside; ls ~"}, contents="read")
    second = run(club, {"run": "ls . ~ $RUNNER_TEMP"}, contents="read")
    assert first.done[-1].log == "there\n"
    assert not {"here", "there", "beside"} & set(second.done[-1].log.split())


def test_a_secret_is_known_to_the_step_that_names_it_alone(club):
    named = {"run": "env", "env": {"HARVEST_TOKEN": "${{ secrets.HARVEST_TOKEN }}"}}
    machine = run(club, {"run": "env"}, named, {"run": "env"}, contents="read")
    told = [SECRETS["HARVEST_TOKEN"] in step.log for step in machine.done[1:]]
    assert told == [False, True, False]


def test_a_failed_step_ends_a_job_but_for_those_that_run_always(club):
    steps = ({"run": "false | true"}, {"run": "echo no"}, {"run": "echo yes", "if": "always()"})
    machine = run(club, {"run": "exit 3"}, *steps, contents="read")
    assert [step.outcome for step in machine.done[1:]] == [
        *("failure", "skipped", "skipped", "success")
    ]


def test_a_cache_outlives_a_machine_and_finds_the_newest(club):
    path = "kept/file"
    for n in "12":
        save = {"uses": "actions/cache/save@0", "with": {"path": path, "key": f"k-{n}"}}
        run(club, {"run": f"mkdir kept; echo {n} > {path}"}, save, contents="read")
    given = {"path": path, "key": "k-3", "restore-keys": "k-"}
    restore = {"uses": "actions/cache/restore@0", "with": given}
    assert run(club, restore, {"run": f"cat {path}"}, contents="read").done[-1].log == "2\n"


def test_the_action_puts_foothold_on_the_path_and_nothing_into_the_checkout(club):
    use = {"uses": f"{REPOSITORY.split('/')[0]}/foothold@0"}
    look = {"run": "foothold --version; command -v foothold; git status --short"}
    version, place, *rest = run(club, use, look, contents="read").done[-1].log.splitlines()
    assert version.startswith("foothold, version ")
    assert Path(place).parts[-4:] == ("temp", "foothold", "bin", "foothold")
    assert rest == []


def test_workflows_that_start_each_other_are_none_of_ours(club):
    names = [workflow.name for workflow in club.hub.workflows()]
    assert names == ["check", "deliver", "learn", "prepare", "subscribe"]
    assert all(
        isinstance(one, Workflow) and "workflow_run" not in one.starts
        for one in club.hub.workflows()
    )
