"""What can be done to a repository's settings, workflows and files through the control door.

Comes in: the acts' arguments, all of them JSON. Goes out: JSON objects, as of `control_acts`.
"""

from collections.abc import Callable
from difflib import SequenceMatcher

from bot.sandbox.control_stage import Stage
from bot.sandbox.messages import Json, JsonValue
from bot.sandbox.premises import STATES, Invitation, Line, Workflow, WorkflowRun

#: What the other acts make.
_MADE_ELSEWHERE = frozenset({"invitations", "workflows", "runs", "branches", "lines"})
WORKFLOWS = ".github/workflows/"


def set_up(stage: Stage, repository: str, **facts: JsonValue) -> Json:
    """Changes settings: names are those of `Premises`."""
    premises = stage.repository(repository).premises
    for name, value in facts.items():
        if name not in premises.__dataclass_fields__ or name in _MADE_ELSEWHERE:
            raise TypeError(f"not known here: {name}")
        setattr(premises, name, tuple(value) if isinstance(value, list) else value)
    stage.world.revision += 1
    return {}


def write_file(stage: Stage, login: str, repository: str, path: str, text: str) -> Json:
    """Commits a file to the default branch; a new file of `.github/workflows` is a workflow."""
    home = stage.repository(repository)
    premises, now = home.premises, stage.world.now
    old, new = premises.lines.get(path, []), text.splitlines()
    matcher = SequenceMatcher(a=[line.text for line in old], b=new, autojunk=False)
    lines = [Line(one, login, now) for one in new]
    for block in matcher.get_matching_blocks():
        lines[block.b : block.b + block.size] = old[block.a : block.a + block.size]
    premises.lines[path] = lines
    home.files = {**home.files, path: text}
    if path.startswith(WORKFLOWS) and path not in premises.workflows:
        premises.workflows[path] = Workflow(stage.world.next_id(), path, now)
    stage.world.push(home, login)
    return {}


def set_workflow(stage: Stage, repository: str, path: str, state: str) -> Json:
    """Switches a workflow off or on, as a person or GitHub does."""
    if state not in STATES:
        raise ValueError(f"a workflow's state is one of {', '.join(sorted(STATES))}")
    _workflow(stage, repository, path).state = state
    return {}


def run_workflow(stage: Stage, login: str, repository: str, path: str, **how: str) -> Json:
    """A workflow ran just now: `event` (schedule) and `conclusion` (success), if given."""
    home, workflow = stage.repository(repository), _workflow(stage, repository, path)
    event, conclusion = how.pop("event", "schedule"), how.pop("conclusion", "success")
    if how:
        raise TypeError(f"not known here: {', '.join(sorted(how))}")
    made = WorkflowRun(stage.world.next_id(), workflow, login, event, conclusion, stage.world.now)
    home.premises.runs.append(made)
    return {"id": made.id}


def push_branch(stage: Stage, repository: str, branch: str) -> Json:
    """A branch beside the default one was pushed to."""
    stage.repository(repository).premises.branches[branch] = stage.world.now
    return {}


def invite(stage: Stage, login: str, repository: str) -> Json:
    """Somebody is invited to a repository."""
    made = Invitation(stage.world.next_id(), login, stage.world.now)
    stage.repository(repository).premises.invitations.append(made)
    return {"id": made.id}


def _workflow(stage: Stage, repository: str, path: str) -> Workflow:
    found = stage.repository(repository).premises.workflows.get(path)
    if found is None:
        raise ValueError(f"there is no workflow {path} in {repository}")
    return found


PREMISES_ACTS: dict[str, Callable[..., Json]] = {
    act.__name__: act
    for act in (set_up, write_file, set_workflow, run_workflow, push_branch, invite)
}
