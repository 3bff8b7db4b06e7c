"""Workflows and actions as they are written, with their texts still to be filled in.

Comes in: YAML files. Goes out: `Workflow`, `Job`, and steps as plain mappings.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github/workflows"

Step = Mapping[str, Any]


@dataclass(frozen=True)
class Job:
    """One job: its steps, whom it waits for, and what its token may do."""

    name: str
    written: Mapping[str, Any]
    #: The whole workflow's, where the job says nothing.
    default_permissions: Mapping[str, str]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self.written["steps"])

    @property
    def needs(self) -> tuple[str, ...]:
        needs = self.written.get("needs", ())
        return (needs,) if isinstance(needs, str) else tuple(needs)

    @property
    def permissions(self) -> Mapping[str, str]:
        return self.written.get("permissions", self.default_permissions)


@dataclass(frozen=True)
class Workflow:
    """One file of `.github/workflows`."""

    path: Path
    written: Mapping[Any, Any]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def starts(self) -> Mapping[str, Mapping[str, Any]]:
        """What starts it. YAML 1.1 reads the key `on` as true."""
        given = self.written[True]
        return {name: given[name] or {} for name in given}

    @property
    def jobs(self) -> tuple[Job, ...]:
        default = self.written.get("permissions", {})
        return tuple(Job(name, job, default) for name, job in self.written["jobs"].items())

    @property
    def steps(self) -> Iterator[tuple[Job, Step]]:
        for job in self.jobs:
            for step in job.steps:
                yield job, step


def read_workflow(path: Path) -> Workflow:
    return Workflow(path, yaml.safe_load(path.read_text("utf-8")))


def read_workflows(folder: Path = WORKFLOWS) -> tuple[Workflow, ...]:
    """All workflows of a folder, by name."""
    return tuple(read_workflow(path) for path in sorted(folder.glob("*.yml")))


def read_action(folder: Path) -> Mapping[str, Any]:
    action: Mapping[str, Any] = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
    return action


def secrets_of(step: Step) -> frozenset[str]:
    """The secrets that a step names, wherever it does."""
    return frozenset(re.findall(r"secrets\.(\w+)", yaml.safe_dump(dict(step))))
