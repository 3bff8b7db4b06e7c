"""A club that runs by itself: its repository, its people, and Actions around them.

Comes in: a folder, and what people do. Goes out: workflow runs, posts, branches. The club begins as
the README's five steps say: `foothold init`, a filled-in club.yaml, one push.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.commands.layout import write_layout
from bot.rendering.marker import parse_marker
from bot.sandbox.payloads import Payloads
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue, PullRequest, Repository
from bot.sandbox.world import World
from tests.workflows.git_host import open_git_host
from tests.workflows.hub import Hub, Run
from tests.workflows.reading import ROOT, WORKFLOWS
from tests.workflows.runner import Site

REPOSITORY = "campus-club/digests"
MENTOR, OFFICER = "grace-example", "officer-example"
STATE = "foothold-state"
PINNED = "campus-example/foothold@0123456789abcdef0123456789abcdef01234567"
#: A step of an hour's work; what stands in them is looked for in every log.
SECRETS = {
    "HARVEST_TOKEN": "harvest-token-5c1e",
    "FOOTHOLD_SMTP": "smtp://user:mailword-77@127.0.0.1:9",
}
OFFICERS_TOKEN = "officers-token-9d2b"

CLUB = f"""
name: Campus Open Source Club
repository: {REPOSITORY}
timezone: America/Puerto_Rico
review: approve
on_silence: hold
picks: 2
mentors: [{{github: {MENTOR}}}]
"""

WORDS = [
    *("mast", "keel", "rudder", "tiller", "jib", "boom"),
    *("hull", "deck", "oar", "anchor", "buoy", "spar"),
    *("stern", "bow", "yawl", "ketch", "sloop"),
]


def boats(now: datetime) -> World:
    """Free Go issues, each unlike the others, and the club's private repository."""
    world = World(now)
    for number, word in enumerate(WORDS):
        home = world.add_repository(
            f"tidepool-{number}/{word}",
            language="Go",
            stars=99,
            description="Boats.",
            pushed_at=now,
        )
        label, text = ("good first issue",), "Look, measure, draw.\n" * 40
        world.open_issue(home, "marisol-example", f"Explain the {word} {word}", text, label)
    club = world.add_repository(REPOSITORY, private=True)
    club.premises.can_approve_pull_request_reviews = True
    club.collaborators = (MENTOR, OFFICER, "ada-example", "ben-example", "mallory-example")
    club.premises.can_approve_pull_request_reviews = True
    return world


@dataclass
class Club:
    """The club's place on the sandbox, and what its people do there."""

    hub: Hub
    sandbox: Sandbox

    @property
    def site(self) -> Site:
        return self.hub.site

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def home(self) -> Repository:
        """The club's repository."""
        found = self.world.repository(REPOSITORY)
        assert found is not None
        return found

    def at(self, moment: datetime) -> None:
        """Everybody's clock says this now."""
        self.world.set_now(moment)
        self.site.clock["FOOTHOLD_NOW"] = moment.isoformat()

    def git(self, *arguments: str) -> str:
        return self.site.host.git(REPOSITORY, *arguments)

    def branches(self) -> dict[str, str]:
        """The newest commit of each branch."""
        told = self.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
        return dict(line.split() for line in told.splitlines())

    def issues(self) -> list[Issue]:
        return list(self.world.issues[REPOSITORY.lower()].values())

    def digests(self) -> list[tuple[str, str]]:
        """All digests that stand in the repository: the week and student of each, and its text."""
        bodies = [
            body or ""
            for issue in self.issues()
            for body in (issue.body, *(comment.body for comment in issue.comments or ()))
        ]
        found = [(parse_marker(body), body) for body in bodies]
        return [(f"{mark.week} {mark.login}", body) for mark, body in found if mark]

    def review_post(self) -> Issue:
        """The mentor's newest."""
        posts = [one for one in self.issues() if f"mentor={MENTOR} " in (one.body or "")[:200]]
        return posts[-1]

    def open_form(self, login: str, form: str, answers: Mapping[str, Any]) -> list[Run]:
        """Somebody sends an issue form, as the default branch has it."""
        written = yaml.safe_load(self.git("show", f"main:.github/ISSUE_TEMPLATE/{form}.yml"))
        labels = tuple(written.get("labels", ()))
        body = form_body(written, answers)
        issue = self.world.open_issue(self.home, login, written["title"], body, labels)
        return self.hub.emit("issues", self.payload("opened", issue, login))

    def comment(self, login: str, issue: Issue, text: str) -> list[Run]:
        made = self.world.comment(issue, login, text)
        payload = self.payload("created", issue, login)
        payload["comment"] = Payloads(self.world, self.sandbox.url).comment(made)
        return self.hub.emit("issue_comment", payload)

    def payload(self, action: str, issue: Issue, login: str) -> dict[str, Any]:
        show = Payloads(self.world, self.sandbox.url)
        return {
            "action": action,
            "issue": show.issue(issue),
            "sender": show.user(login),
            "repository": show.repository(issue.repository, {}),
        }

    def pull_requests(self) -> list[PullRequest]:
        return list(self.world.pull_requests.get(REPOSITORY.lower(), {}).values())

    def merge(self, branch: str) -> None:
        """A mentor merges a branch's pull request: in git, and in what GitHub tells."""
        tree = self.git("merge-tree", "--write-tree", "main", branch)
        commit = self._commit(tree, "main", branch)
        self.git("update-ref", "refs/heads/main", commit)
        self.world.merge(self.pull_requests()[-1], MENTOR)

    def _commit(self, tree: str, *parents: str) -> str:
        who = ("-c", "user.name=Grace", "-c", "user.email=grace@example.org")
        words = [word for parent in parents for word in ("-p", parent)]
        return self.git(*who, "commit-tree", tree, *words, "-m", "Merge")

    def propose(self, login: str, files: Mapping[str, str]) -> list[Run]:
        """Somebody changes files on a branch of their own and opens a pull request."""
        work = self.site.folder / "founding"
        for words in (
            ("fetch", "--quiet", str(self.site.host.bare(REPOSITORY)), "main"),
            ("checkout", "--quiet", "-B", f"{login}-patch", "FETCH_HEAD"),
        ):
            subprocess.run(["git", "-C", str(work), *words], check=True)
        for path, text in files.items():
            (work / path).write_text(text, "utf-8")
        commit_all(work, login)
        bare = str(self.site.host.bare(REPOSITORY))
        push = ["git", "-C", str(work), "push", "--quiet", "--force", bare, "HEAD"]
        subprocess.run(push, check=True)
        for branch, commit in self.branches().items():
            self.world.move_branch(self.home, branch, commit, login)
        pull = self.world.open_pull_request(
            self.home, login, "My file", "", head=f"{login}-patch", base="main"
        )
        self._merge_ref(pull)
        return self.hub.emit("pull_request", self.told_of(pull, "opened"), tuple(files))

    def review(self, login: str, pull: PullRequest, state: str) -> list[Run]:
        self.world.review(pull, login, state)
        return self.hub.emit("pull_request_review", self.told_of(pull, "submitted"))

    def told_of(self, pull: PullRequest, action: str) -> dict[str, Any]:
        """What an event tells of a pull request."""
        show = Payloads(self.world, self.sandbox.url)
        branches = self.branches()
        told = {
            "number": pull.number,
            "user": show.user(pull.author),
            "author_association": pull.association,
            "base": {"ref": "main", "sha": branches["main"]},
            "head": {"ref": pull.head, "sha": branches[pull.head]},
        }
        repository = show.repository(self.home, {})
        return {"action": action, "pull_request": told, "repository": repository}

    def _merge_ref(self, pull: PullRequest) -> None:
        """The commit that a merge would make, which GitHub keeps for workflows."""
        tree = self.git("merge-tree", "--write-tree", "main", pull.head)
        commit = self._commit(tree, "main", pull.head)
        self.git("update-ref", f"refs/pull/{pull.number}/merge", commit)

    def use_own_workflows(self) -> None:
        """As a copy of our repository: our workflows, and the action in the root.

        `tests` stays out, for this is one of the tests that it runs.
        """
        work = self.site.folder / "founding"
        shutil.rmtree(work / ".github/workflows")
        left_out = shutil.ignore_patterns("tests.yml")
        shutil.copytree(WORKFLOWS, work / ".github/workflows", ignore=left_out)
        for name in ("action.yml", "pyproject.toml"):
            shutil.copyfile(ROOT / name, work / name)
        commit_all(work, "Officer")
        bare = str(self.site.host.bare(REPOSITORY))
        subprocess.run(["git", "-C", str(work), "push", "--quiet", bare, "main"], check=True)

    def officer(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """An officer runs a command on their own machine, in a fresh clone."""
        place = self.site.folder / f"laptop-{len(list(self.site.folder.iterdir()))}"
        subprocess.run(
            ["git", "clone", "--quiet", str(self.site.host.bare(REPOSITORY)), str(place)],
            check=True,
        )
        url = f"{self.site.host.url}/{REPOSITORY}"
        subprocess.run(["git", "remote", "set-url", "origin", url], cwd=place, check=True)
        done = None
        for command in arguments:
            done = subprocess.run(
                [str(self.site.tools / "foothold"), *command.split()],
                cwd=place,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(self.site.folder),
                    "GITHUB_API_URL": self.sandbox.url,
                    "GITHUB_SERVER_URL": self.site.host.url,
                    "GITHUB_TOKEN": OFFICERS_TOKEN,
                    "GIT_SSL_CAINFO": str(self.site.host.certificate),
                    **self.site.clock,
                },
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                break
        assert done is not None
        return done


def form_body(form: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """The issue's body that GitHub makes of a form; answers by the questions' ids.

    https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
    """
    assert set(answers) <= {part.get("id") for part in form["body"]}
    parts = []
    for part in form["body"]:
        if part["type"] == "markdown":
            continue
        answer = answers.get(part.get("id"))
        if part["type"] == "checkboxes":
            chosen = answer or ()
            options = (one["label"] for one in part["attributes"]["options"])
            text = "\n".join(f"- [{'x' if one in chosen else ' '}] {one}" for one in options)
        elif isinstance(answer, list | tuple):
            text = ", ".join(answer)
        else:
            text = answer or "_No response_"
        parts.append(f"### {part['attributes']['label']}\n\n{text}")
    return "\n\n".join(parts)


@contextmanager
def open_club(folder: Path, now: datetime, forge: Path, club: str = CLUB) -> Iterator[Club]:
    """A club after the README's five steps, before its first run."""
    with Sandbox(boats(now)) as sandbox, open_git_host(folder, sandbox) as host:
        sandbox.tokens.add(OFFICERS_TOKEN, OFFICER)
        sandbox.tokens.add(SECRETS["HARVEST_TOKEN"], "harvester-example", access="read")
        site = Site(sandbox, host, REPOSITORY, SECRETS, folder, {})
        site.prepare(forge)
        found_club(site, club)
        made = Club(Hub(site), sandbox)
        made.at(now)
        yield made


def found_club(site: Site, club: str) -> None:
    """Steps one to three: the layout, the club's own words, the first push."""
    bare, work = site.host.bare(REPOSITORY), site.folder / "founding"
    write_layout(work, PINNED)
    (work / "config/club.yaml").write_text(club, "utf-8")
    (work / "config/students/ben-example.yaml").write_text("languages: [Go]\n", "utf-8")
    for words in (
        ("init", "--quiet", "--bare", "--initial-branch=main", str(bare)),
        ("init", "--quiet", "--initial-branch=main", str(work)),
    ):
        subprocess.run(["git", *words], check=True)
    commit_all(work, "Officer")
    subprocess.run(["git", "-C", str(work), "push", "--quiet", str(bare), "main"], check=True)


def commit_all(work: Path, name: str) -> None:
    """Commit whatever is new in a checkout."""
    who = ("-c", f"user.name={name}", "-c", "user.email=somebody@example.org")
    for words in (("add", "--all"), (*who, "commit", "--quiet", "--message=Changed")):
        subprocess.run(["git", "-C", str(work), *words], check=True)
