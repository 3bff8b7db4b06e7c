"""A club's checkout with a bare remote beside it, and the events that start its workflows."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.git_command import run_git
from tests.stage import CLUB_REPOSITORY, Stage

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "grace-example"), ("EMAIL", "grace@mail.example"))
}


@dataclass
class Checkout:
    """The working tree of the club's repository, whose `origin` is a bare folder."""

    stage: Stage

    @property
    def folder(self) -> Path:
        return self.stage.folder

    @property
    def bare(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.git"

    def git(self, *arguments: str) -> str:
        return run_git(arguments, self.folder, more=WHO).decode().strip()

    def commit(self, message: str = "Files") -> str:
        """Commit the configuration as it lies there; the commit's name."""
        self.git("add", "--all", "config")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def push(self, branch: str = "main") -> str:
        """Commit all, and push it as the default branch."""
        commit = self.commit()
        self.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        return commit

    def branches(self) -> list[str]:
        told = run_git(["for-each-ref", "--format=%(refname:short)", "refs/heads"], self.bare)
        return told.decode().split()

    def file(self, branch: str, path: str) -> str | None:
        """A file of the bare remote; None where it has none."""
        names = run_git(["ls-tree", "-r", "--name-only", branch], self.bare).decode().split("\n")
        if path not in names:
            return None
        return run_git(["cat-file", "blob", f"{branch}:{path}"], self.bare).decode()

    def merge(self, branch: str) -> None:
        """Merge a branch of the remote into its default branch, and check that out."""
        self.git("fetch", "--quiet", "origin")
        self.git("reset", "--quiet", "--hard", "origin/main")
        self.git("merge", "--quiet", "--no-edit", f"origin/{branch}")
        self.git("push", "--quiet", "origin", "HEAD:main")


def open_checkout(stage: Stage) -> Checkout:
    """The stage's folder as a checkout; its configuration is the first commit."""
    checkout = Checkout(stage)
    run_git(
        ["init", "--quiet", "--bare", "--initial-branch=main", str(checkout.bare)], stage.folder
    )
    run_git(["init", "--quiet", "--initial-branch=main"], stage.folder)
    checkout.git("remote", "add", "origin", str(checkout.bare))
    checkout.push()
    return checkout


def write_event(
    folder: Path, monkeypatch: pytest.MonkeyPatch, event: dict[str, Any], name: str = "issues"
) -> None:
    """Let a command find the event as a workflow would."""
    path = folder / "event.json"
    path.write_text(json.dumps(event), "utf-8")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(path))
    monkeypatch.setenv("GITHUB_EVENT_NAME", name)


def issues_event(issue: Any, action: str = "opened", **more: Any) -> dict[str, Any]:
    """An `issues` event as GitHub documents it, of an issue of the sandbox's."""
    return {
        "action": action,
        "issue": {
            "number": issue.number,
            "title": issue.title,
            "body": issue.body,
            "state": issue.state.lower(),
            "user": account(issue.author) if issue.author else None,
            "author_association": "NONE",
            "created_at": _at(issue.created_at),
            "updated_at": _at(issue.updated_at),
            "labels": [],
        },
        "repository": {"id": 1, "full_name": CLUB_REPOSITORY, "private": True},
        "sender": account(issue.author or "ghost"),
    } | more


def account(login: str) -> dict[str, Any]:
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {"login": login, "id": 7, "type": kind, "site_admin": False}


def pull_request_event(base: str, head: str, author: str, **facts: Any) -> dict[str, Any]:
    """A `pull_request` event as GitHub documents it."""
    return {
        "action": "synchronize",
        "number": facts.get("number", 1),
        "pull_request": {
            "number": facts.get("number", 1),
            "user": account(author),
            "author_association": facts.get("association", "NONE"),
            "base": {"ref": "main", "sha": base},
            "head": {"ref": "patch-1", "sha": head},
        },
        "repository": {"id": 1, "full_name": CLUB_REPOSITORY, "private": True},
        "sender": account(author),
    }


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
