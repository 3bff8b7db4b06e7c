"""What holds for every workflow: least rights, pinned actions, no foreign text near a shell."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from bot.cli.main import foothold
from tests.workflows.reading import (
    ROOT,
    Job,
    Step,
    Workflow,
    read_action,
    read_workflows,
    secrets_of,
)
from tests.workflows.rights import HEAD, rows

WORKFLOWS = read_workflows()
ALL_JOBS = [(workflow, job) for workflow in WORKFLOWS for job in workflow.jobs]
FILES = [workflow.path for workflow in WORKFLOWS] + [ROOT / "action.yml"]
#: The only thing of an event that a step is given: a commit's name, which GitHub made.
HARMLESS = {"${{ github.event.pull_request.base.sha }}"}
#: Their jobs must wait for one another.
COMMANDS_ON_STATE = ("prepare --live", "deliver --live", "learn --live", "subscribe --live")

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda one: one.name)
each_job = pytest.mark.parametrize(
    ("workflow", "job"), ALL_JOBS, ids=lambda one: getattr(one, "name", "")
)


def steps() -> Iterator[tuple[str, Step]]:
    """Every step with the place where it stands; the action's too."""
    for workflow, job in ALL_JOBS:
        yield from ((f"{workflow.name}/{job.name}", step) for step in job.steps)
    yield from (("action", step) for step in read_action(ROOT)["runs"]["steps"])


def commands(job: Job) -> list[str]:
    return [step["run"] for step in job.steps if step.get("run", "").startswith("foothold ")]


def parse_whole(group: click.Group, words: list[str]) -> str:
    """Parse a command line down to its last command, and say which; click's own errors leave."""
    name, command, rest = group.resolve_command(click.Context(group), words)
    assert command is not None
    if isinstance(command, click.Group):
        return f"{name} {parse_whole(command, rest)}"
    command.make_context(name, rest).close()
    return str(name)


@each_workflow
def test_a_workflow_grants_nothing_of_itself(workflow: Workflow):
    assert workflow.written["permissions"] == {}


@each_job
def test_every_job_names_its_rights_and_its_time(workflow: Workflow, job: Job):
    assert job.written["permissions"]
    assert 0 < job.written["timeout-minutes"] <= 30


@each_job
def test_every_right_says_why(workflow: Workflow, job: Job):
    for scope, level in job.permissions.items():
        line = re.compile(rf"^      {scope}: {level} # \w", re.MULTILINE)
        assert line.search(workflow.path.read_text("utf-8"))


@each_job
def test_jobs_that_write_the_state_stand_in_one_queue(workflow: Workflow, job: Job):
    writes = any(command.endswith(COMMANDS_ON_STATE) for command in commands(job))
    queue = {"group": "foothold-state", "cancel-in-progress": False, "queue": "max"}
    assert (job.written.get("concurrency") == queue) == writes


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_with_their_version_beside(path: Path):
    used = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    pinned = re.compile(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [one for one in used if not (one.startswith("./") or pinned.fullmatch(one))] == []


def test_a_checkout_leaves_no_token_behind():
    checkouts = [step for _, step in steps() if "checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_nothing_is_filled_into_a_script():
    assert [place for place, step in steps() if "${{" in step.get("run", "")] == []


def test_nothing_that_people_write_is_given_to_a_step():
    given = [
        found
        for _, step in steps()
        for found in re.findall(r"\$\{\{[^}]*\}\}", yaml.safe_dump(dict(step)))
        if "github.event" in found.replace("github.event_name", "")
    ]
    assert set(given) <= HARMLESS


def test_an_installation_imports_nothing_of_the_folder_that_it_runs_in():
    """A pull request may bring a `pip.py`."""
    scripts = [step.get("run", "") for step in read_action(ROOT)["runs"]["steps"]]
    called = re.findall(r"\bpython\b\"?( -\S+)", "\n".join(scripts))
    assert called
    assert set(called) == {" -I"}


def test_what_is_typed_into_a_form_meets_options_that_check_it():
    names = {"FOOTHOLD_WEEK", "FOOTHOLD_STUDENT", "FOOTHOLD_RESEND"}
    typed = {
        name
        for _, step in steps()
        for name, value in step.get("env", {}).items()
        if "inputs." in value
    }
    assert typed - {"PLACE"} == names


def test_a_secret_reaches_commands_alone_by_their_own_environment():
    for place, step in steps():
        if secrets_of(step):
            assert step.get("run", "").startswith("foothold "), place
            assert secrets_of({"env": step["env"]}) == secrets_of(step)
    for workflow in WORKFLOWS:
        assert "env" not in workflow.written
        assert not any("env" in job.written for job in workflow.jobs)


def test_what_a_stranger_can_start_without_the_gate_knows_no_secret_that_sends():
    [job] = next(one for one in WORKFLOWS if one.name == "subscribe").jobs
    known = {secret for step in job.steps for secret in secrets_of(step)}
    assert known <= {"FOOTHOLD_KEY", "HARVEST_TOKEN"}


@pytest.mark.parametrize("name", ["prepare", "deliver", "learn"])
def test_every_job_with_rights_waits_for_the_gate(name):
    workflow = next(one for one in WORKFLOWS if one.name == name)
    gate, *others = workflow.jobs
    assert gate.name == "gate"
    assert not any(secrets_of(step) for step in gate.steps)
    assert set(gate.permissions.items()) == {("contents", "read")}
    assert others
    for job in others:
        assert "gate" in job.needs
        assert "needs.gate.outputs.go == 'true'" in job.written["if"]


def test_the_harvest_can_write_nothing_and_knows_no_token_that_posts():
    prepare = next(one for one in WORKFLOWS if one.name == "prepare")
    harvest = next(job for job in prepare.jobs if job.name == "harvest")
    assert "write" not in harvest.permissions.values()
    assert not any("FOOTHOLD_TOKEN" in secrets_of(step) for step in harvest.steps)


def test_who_looks_for_posts_has_the_token_that_posts_and_who_sends_nothing_does_not_look():
    """A workflow's own token sees no other repository: there the first pull would always fail.

    `subscribe` looks with its own: strangers start it, and stopped is better than without memory.
    """
    pulls = {
        (workflow.name, job.name, "--force" in step["run"]): step["env"].get("GITHUB_TOKEN")
        for workflow, job in ALL_JOBS
        for step in job.steps
        if step.get("run", "").startswith("foothold state pull")
    }
    posts = "${{ secrets.FOOTHOLD_TOKEN || github.token }}"
    assert pulls == {
        ("prepare", "harvest", True): None,
        ("prepare", "prepare", False): posts,
        ("deliver", "deliver", False): posts,
        ("deliver", "history", True): None,
        ("learn", "learn", False): posts,
        ("learn", "doctor", False): posts,
        ("subscribe", "subscribe", False): "${{ github.token }}",
    }


def test_no_schedule_stands_at_a_crowded_minute():
    slots = [slot["cron"] for one in WORKFLOWS for slot in one.starts.get("schedule", [])]
    assert len(slots) == 4
    assert all(int(slot.split()[0]) % 5 for slot in slots)


@each_workflow
def test_every_command_of_a_workflow_can_be_parsed(workflow: Workflow):
    for job in workflow.jobs:
        for command in commands(job):
            said = command.removeprefix("foothold ")
            assert said.startswith(parse_whole(foothold, said.split()))


def test_the_readmes_table_says_what_each_job_may_do_and_knows():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    begin = lines.index(HEAD[0])
    told = [line for line in lines[begin:] if line.startswith("|")]
    end = next(n for n, line in enumerate(lines[begin:]) if not line.startswith("|"))
    assert told[:end] == [*HEAD, *rows()]
