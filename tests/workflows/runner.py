"""A runner: does a job's steps for real, on a machine that forgets, as Actions does.

Comes in: a job, the event, secrets and a `Site` (the sandbox's GitHub, a git host). Goes out: what
each step printed, and how it ended. Every `run:` goes through bash; of `uses:` only what our
workflows use is known. The one thing that is played is the installation: what the action installs
is this environment's own `foothold`.
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.server import Sandbox
from tests.workflows.expressions import Contexts, interpolate, is_wanted
from tests.workflows.git_host import GitHost
from tests.workflows.reading import ROOT, Job, Step, read_action

#: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, `shell`
SHELLS = {None: ("bash", "-e"), "bash": ("bash", "--noprofile", "--norc", "-eo", "pipefail")}
#: How a club names our action.
OURS = "foothold@"

#: `python -I -m venv PLACE`, and the `pip install FOLDER` in it.
_PYTHON = """#!/bin/sh
[ "$1 $2 $3" = "-I -m venv" ] || exit 97
mkdir -p "$4/bin" && cp "{tools}/installer" "$4/bin/python"
"""
_INSTALLER = """#!/bin/sh
for folder; do :; done
[ "$1 $2 $3 $4" = "-I -m pip install" ] && [ -f "$folder/pyproject.toml" ] || exit 98
cp "{tools}/foothold" "$(dirname "$0")/foothold"
"""


@dataclass(frozen=True)
class Event:
    """What started a workflow."""

    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """The world around the runner."""

    sandbox: Sandbox
    host: GitHost
    repository: str
    secrets: Mapping[str, str]
    #: Where machines are made, and what outlives them: tools, caches.
    folder: Path
    #: What everybody's clock says, as the variable that commands know.
    clock: dict[str, str]

    @property
    def tools(self) -> Path:
        return self.folder / "tools"

    @property
    def caches(self) -> Path:
        return self.folder / "caches"

    def prepare(self, forge: Path) -> None:
        """Lay out the tools; `foothold` itself is the forge's."""
        self.caches.mkdir()
        self.tools.mkdir()
        shutil.copy(forge, self.tools / "foothold")
        for name, text in (("python", _PYTHON), ("installer", _INSTALLER)):
            path = self.tools / name
            path.write_text(text.format(tools=self.tools), "utf-8")
            path.chmod(0o755)


@dataclass(frozen=True)
class Done:
    """A step that was done: how, with which environment of its own, and what it said."""

    job: str
    name: str
    outcome: str
    env: Mapping[str, str] = field(default_factory=dict)
    log: str = ""


class Machine:
    """One job's machine: nothing of an earlier one is on it."""

    def __init__(self, site: Site, event: Event, number: int, ref: str) -> None:
        self.site, self.event, self.number, self.ref = site, event, number, ref
        self.folder = site.folder / f"machine-{number}"
        self.workspace, self.temp = self.folder / "work", self.folder / "temp"
        for place in (self.workspace, self.temp, self.folder / "home"):
            place.mkdir(parents=True)
        self.token = f"ghs_job{number}{os.urandom(8).hex()}"
        self.paths: list[str] = []
        self.steps: dict[str, Any] = {}
        self.summary = self.folder / "summary.md"
        self.done: list[Done] = []

    def run(self, job: Job, contexts: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        """All steps of the job; how it ended, and its outputs."""
        permissions = {"metadata": "read", **job.permissions}
        tokens = self.site.sandbox.tokens
        tokens.add_actions(self.token, self.site.repository, permissions=permissions)
        (self.folder / "event.json").write_text(json.dumps(self.event.payload), "utf-8")
        has_failed = False
        try:
            for step in job.steps:
                known = Contexts(self._contexts(contexts, self.steps), has_failed)
                if is_wanted(step.get("if"), known):
                    outcome = self._do(job.name, step, known)
                    is_pardoned = bool(step.get("continue-on-error"))
                    has_failed = has_failed or (outcome == "failure" and not is_pardoned)
                else:
                    self.done.append(Done(job.name, _name(step), "skipped"))
        finally:
            tokens.revoke(self.token)
        known = Contexts(self._contexts(contexts, self.steps))
        written = job.written.get("outputs", {})
        outputs = {name: interpolate(text, known) for name, text in written.items()}
        return "failure" if has_failed else "success", outputs

    def _contexts(self, given: Mapping[str, Any], steps: Mapping[str, Any]) -> dict[str, Any]:
        github = {
            **given["github"],
            "token": self.token,
            "workspace": str(self.workspace),
        }
        runner = {"temp": str(self.temp), "os": "Linux"}
        return {**given, "github": github, "runner": runner, "steps": steps}

    def _do(self, job: str, step: Step, known: Contexts) -> str:
        env = {name: interpolate(str(text), known) for name, text in step.get("env", {}).items()}
        if "run" in step:
            code, log, outputs = self._bash(step, env, known, self.workspace)
        else:
            code, log, outputs = self._use(step, env, known)
        outcome = "failure" if code else "success"
        if "id" in step:
            self.steps[step["id"]] = {"outputs": outputs, "outcome": outcome}
        self.done.append(Done(job, _name(step), outcome, env, log))
        return outcome

    def _bash(
        self, step: Step, env: Mapping[str, str], known: Contexts, place: Path
    ) -> tuple[int, str, dict[str, str]]:
        files = {name: self.temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_PATH")}
        for path in files.values():
            path.write_text("", "utf-8")
        script = self.temp / "script.sh"
        script.write_text(interpolate(step["run"], known), "utf-8")
        done = subprocess.run(
            [*SHELLS[step.get("shell")], str(script)],
            cwd=place,
            env={**self._environment(), **{name: str(path) for name, path in files.items()}, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.paths[:0] = reversed(files["GITHUB_PATH"].read_text("utf-8").split())
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return done.returncode, done.stdout, outputs

    def _environment(self) -> dict[str, str]:
        """https://docs.github.com/en/actions/reference/workflows-and-actions/variables"""
        return {
            "PATH": ":".join([*self.paths, str(self.site.tools), os.environ["PATH"]]),
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.site.sandbox.url,
            "GITHUB_SERVER_URL": self.site.host.url,
            "GITHUB_REPOSITORY": self.site.repository,
            "GITHUB_EVENT_NAME": self.event.name,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_RUN_ID": str(self.number),
            "GITHUB_REF": self.ref,
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
            # The host's certificate is this test's own.
            "GIT_SSL_CAINFO": str(self.site.host.certificate),
            **self.site.clock,
        }

    def _use(
        self, step: Step, env: Mapping[str, str], known: Contexts
    ) -> tuple[int, str, dict[str, str]]:
        name = step["uses"].partition("@")[0]
        given = {
            key: interpolate(str(text), known) if not isinstance(text, bool) else text
            for key, text in step.get("with", {}).items()
        }
        if name.startswith("./"):
            return self._compose(self.workspace / name, env, given)
        if OURS in step["uses"]:
            return self._compose(ROOT, env, given)
        known_actions = {
            "actions/checkout": self._check_out,
            "actions/setup-python": lambda _: None,
            "actions/cache/restore": self._restore,
            "actions/cache/save": self._save,
        }
        known_actions[name](given)
        return 0, "", {}

    def _compose(
        self, folder: Path, env: Mapping[str, str], given: Mapping[str, Any]
    ) -> tuple[int, str, dict[str, str]]:
        """A composite action's steps; what the calling step's `env` holds reaches all of them."""
        action = read_action(folder)
        inputs = {name: one.get("default") for name, one in action.get("inputs", {}).items()}
        github = {"action_path": str(folder)}
        runner = {"temp": str(self.temp)}
        contexts = {"github": github, "runner": runner, "inputs": {**inputs, **given}}
        steps: dict[str, Any] = {}
        logs = []
        for step in action["runs"]["steps"]:
            known = Contexts({**contexts, "steps": steps})
            own = {key: interpolate(str(text), known) for key, text in step.get("env", {}).items()}
            if "uses" in step:
                continue
            code, log, outputs = self._bash(step, {**env, **own}, known, self.workspace)
            logs.append(log)
            steps[step.get("id", "")] = {"outputs": outputs}
            if code:
                return code, "".join(logs), {}
        known = Contexts({**contexts, "steps": steps})
        told = action.get("outputs", {})
        return 0, "".join(logs), {key: interpolate(o["value"], known) for key, o in told.items()}

    def _check_out(self, given: Mapping[str, Any]) -> None:
        """As with `persist-credentials: false`: the clone's `origin` holds no token."""
        assert given["persist-credentials"] is False
        place = self.workspace / str(given.get("path", "."))
        bare, origin = self.site.host.bare(self.site.repository), self.site.host.url
        depth = () if given.get("fetch-depth") == "0" else ("--depth=1",)
        ref = str(given.get("ref", "")) or self.ref
        url = f"{origin}/{self.site.repository}"
        header = f"http.{origin}/.extraheader=AUTHORIZATION: basic {_basic(self.token)}"
        place.mkdir(parents=True, exist_ok=True)
        for words in (
            ("init", "--quiet"),
            ("remote", "add", "origin", url),
            ("-c", header, "fetch", "--quiet", *depth, "origin", *_refs(ref, bool(depth))),
            ("checkout", "--quiet", "FETCH_HEAD"),
        ):
            environment = {**self._environment(), "PATH": os.environ["PATH"]}
            subprocess.run(["git", *words], cwd=place, env=environment, check=True)
        assert bare.exists()

    def _restore(self, given: Mapping[str, Any]) -> None:
        wanted = [given["key"], *str(given.get("restore-keys", "")).split()]
        for start in wanted:
            found = [one for one in self._caches() if one.name.startswith(start)]
            if found:
                target = self.workspace / given["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(found[0] / "content", target)
                return

    def _save(self, given: Mapping[str, Any]) -> None:
        source, kept = self.workspace / given["path"], self.site.caches / given["key"]
        if source.exists() and not kept.exists():
            kept.mkdir()
            shutil.copyfile(source, kept / "content")

    def _caches(self) -> Iterator[Path]:
        """The newest first."""
        places = self.site.caches.iterdir()
        yield from sorted(places, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _name(step: Step) -> str:
    return str(step.get("name") or step.get("uses") or step.get("run"))


def _basic(token: str) -> str:
    return base64.b64encode(f"x-access-token:{token}".encode()).decode()


def _refs(ref: str, is_shallow: bool) -> tuple[str, ...]:
    """One ref; a whole checkout fetches all branches, and what it was asked for last."""
    return (ref,) if is_shallow else (ref, "+refs/heads/*:refs/remotes/origin/*")
