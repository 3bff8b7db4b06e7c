"""GitHub's half of Actions: which workflows an event starts, and their jobs in order.

Comes in: events that people cause, and the clock's slots. Goes out: `Run`s with everything that was
printed. What a job's own token does starts nothing, as on GitHub.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.workflows.expressions import Contexts, is_wanted
from tests.workflows.reading import Job, Workflow, read_workflow
from tests.workflows.runner import Done, Event, Machine, Site


@dataclass
class Run:
    """One run of a workflow."""

    workflow: str
    #: By job: success, failure or skipped.
    results: dict[str, str] = field(default_factory=dict)
    steps: list[Done] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        """All that people can read of it, without what only tells the runner to hide something."""
        said = (line for step in self.steps for line in step.log.splitlines())
        shown = [line for line in said if not line.startswith("::add-mask::")]
        return "\n".join([*shown, *self.summaries])

    def step(self, name: str) -> Done:
        return next(step for step in self.steps if step.name == name)


@dataclass
class Hub:
    """The repository's workflows, on its default branch."""

    site: Site
    runs: list[Run] = field(default_factory=list)
    n_machines: int = 0

    def workflow(self, name: str) -> Workflow:
        """The workflow as the default branch has it now."""
        folder = self.site.folder / "read"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.yml"
        show = ("show", f"main:.github/workflows/{name}.yml")
        path.write_text(self.site.host.git(self.site.repository, *show), "utf-8")
        return read_workflow(path)

    def workflows(self) -> list[Workflow]:
        listing = ("ls-tree", "--name-only", "main", ".github/workflows/")
        paths = self.site.host.git(self.site.repository, *listing).splitlines()
        return [self.workflow(Path(path).stem) for path in paths]

    def schedule(self, name: str, slot: int = 0) -> Run:
        """A slot of the schedule comes."""
        workflow = self.workflow(name)
        cron = workflow.starts["schedule"][slot]["cron"]
        return self._start(workflow, Event("schedule", {"schedule": cron}))

    def dispatch(self, name: str, **inputs: Any) -> Run:
        """Somebody presses the button."""
        workflow = self.workflow(name)
        asked = workflow.starts["workflow_dispatch"].get("inputs", {})
        assert inputs.keys() <= asked.keys()
        given = {key: one.get("default") for key, one in asked.items()} | inputs
        payload = {"inputs": {key: str(value) for key, value in given.items()}}
        return self._start(workflow, Event("workflow_dispatch", payload, given))

    def emit(
        self, name: str, payload: Mapping[str, Any], changed: tuple[str, ...] = ()
    ) -> list[Run]:
        """A person did something; every workflow that listens is started."""
        event = Event(name, payload)
        heard = [one for one in self.workflows() if _listens(one, event, changed)]
        return [self._start(workflow, event) for workflow in heard]

    def _start(self, workflow: Workflow, event: Event) -> Run:
        run = Run(workflow.name)
        self.runs.append(run)
        number = len(self.runs)
        github = {
            "event_name": event.name,
            "event": event.payload,
            "run_id": number,
            "run_attempt": 1,
            "repository": self.site.repository,
        }
        base = {"github": github, "inputs": event.inputs, "secrets": self.site.secrets}
        needs: dict[str, Any] = {}
        for job in workflow.jobs:
            assert set(job.needs) <= set(needs), "jobs are written in their order"
            waited = {name: needs[name] for name in job.needs}
            contexts = {**base, "needs": waited}
            result, outputs = self._job(run, job, event, contexts)
            run.results[job.name] = result
            needs[job.name] = {"result": result, "outputs": outputs}
        return run

    def _job(
        self, run: Run, job: Job, event: Event, contexts: Mapping[str, Any]
    ) -> tuple[str, dict[str, str]]:
        waited = contexts["needs"].values()
        has_failed = any(one["result"] != "success" for one in waited)
        if not is_wanted(job.written.get("if"), Contexts(contexts, has_failed)):
            return "skipped", {}
        self.n_machines += 1
        machine = Machine(self.site, event, self.n_machines, _ref(event))
        result = machine.run(job, contexts)
        run.steps += machine.done
        if machine.summary.exists():
            run.summaries.append(machine.summary.read_text("utf-8"))
        return result


def _ref(event: Event) -> str:
    if event.name.startswith("pull_request"):
        return f"refs/pull/{event.payload['pull_request']['number']}/merge"
    return "refs/heads/main"


def _listens(workflow: Workflow, event: Event, changed: tuple[str, ...]) -> bool:
    if event.name not in workflow.starts:
        return False
    asked = workflow.starts[event.name]
    default = ["opened", "synchronize", "reopened"] if event.name == "pull_request" else None
    types, paths = asked.get("types", default), asked.get("paths")
    fits_type = types is None or event.payload.get("action") in types
    fits_path = paths is None or any(fnmatch(one, path) for one in changed for path in paths)
    return fits_type and fits_path
