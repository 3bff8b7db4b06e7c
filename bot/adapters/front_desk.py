"""The club's repository as a front desk: the form's issue and the pull request by GitHub's
interface, the students' files by git.

Comes in: clients of both. Goes out: what stands there. GitHub has no idempotency key: the branch is
compared before it is pushed, the pull request is looked up by its branch, and an answer of which
nobody knows is found by its marker in the next run.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from github import Github, GithubException
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from bot.adapters.git_remote import Change, GitRemote, Snapshot
from bot.adapters.github_client import github_errors
from bot.adapters.github_edits import read_edits
from bot.adapters.github_lists import read_list, read_shape
from bot.adapters.github_post_trust import GHOST, Trust
from bot.adapters.github_pulls import GitHubPulls
from bot.adapters.graphql_wire import GraphQLWire
from bot.enrolling import Answered, FrontDesk, Proposal, Standing
from bot.enrolment.decide import StudentFile
from bot.errors import Outage, RemoteFailed
from bot.rendering.marker import parse_form_marker

#: A student's own branch begins so; the login follows, in small letters.
BRANCH = "foothold/subscribe-"


class _User(BaseModel):
    login: str


class _Issue(BaseModel):
    model_config = ConfigDict(extra="ignore")

    node_id: str
    title: str
    body: str | None = None
    state: str


class _Comment(BaseModel):
    model_config = ConfigDict(extra="ignore")

    body: str | None = None
    user: _User | None = None
    created_at: AwareDatetime


_ISSUE: TypeAdapter[_Issue] = TypeAdapter(_Issue)
_COMMENTS: TypeAdapter[list[_Comment]] = TypeAdapter(list[_Comment])


@dataclass(frozen=True, slots=True)
class Home:
    """A repository, and the folder in it that holds the configuration."""

    repository: str
    folder: str


class GitHubFrontDesk(FrontDesk):
    """One repository, for one run."""

    def __init__(self, client: Github, home: Home, remote: GitRemote, trust: Trust) -> None:
        self._client = client
        self._repository = home.repository
        self._students = PurePosixPath(home.folder) / "students"
        self._remote = remote
        self._trust = trust
        self._pulls = GitHubPulls(client, home.repository)
        self._default: Snapshot | None = None

    def standing(self, number: int) -> Standing | None:
        """The issue as it stands; None where it is gone, or was moved away."""
        path = f"/repos/{self._repository}/issues/{number}"
        with github_errors():
            try:
                _, answer = self._client.requester.requestJsonAndCheck("GET", path)
            except GithubException as error:
                if error.status in {404, 410}:
                    return None
                raise
            issue = read_shape(answer, _ISSUE, "issue")
            listed = f"{self._repository}/issues/{number}/comments"
            comments = tuple(read_list(self._client, listed, {}, _COMMENTS, "list of comments"))
            edit = read_edits(GraphQLWire(self._client), [issue.node_id]).get(issue.node_id)
            if edit is None:
                # Whose words they are must be known: they are acted on.
                raise Outage("GitHub does not tell who edited the form.", "Run it again.")
            ours = [one for one in comments if self._trust.believes(_login(one.user))]
        found = ((parse_form_marker(one.body or ""), one.created_at) for one in ours)
        answers = [Answered(sha, at) for sha, at in found if sha is not None]
        editor = edit.login if edit.last_edited_at is not None else None
        answered = answers[-1] if answers else None
        is_open = issue.state == "open"
        return Standing(issue.title, issue.body or "", editor, is_open, answered)

    def file_of(self, login: str) -> StudentFile | None:
        """The student's file on the default branch, whatever its case."""
        for path, data in self._tip().files.items():
            name = PurePosixPath(path)
            if (
                name.parent == self._students
                and name.suffix in {".yaml", ".yml"}
                and name.stem.casefold() == login.casefold()
            ):
                return StudentFile(path, data.decode("utf-8-sig", errors="replace"))
        return None

    def text_of(self, path: str) -> str | None:
        """A file of the default branch; None where it has none there."""
        data = self._tip().files.get(path)
        return None if data is None else data.decode("utf-8-sig", errors="replace")

    def propose(self, proposal: Proposal) -> int:
        """One commit on the default branch's tip, on the student's own branch; its pull request."""
        branch = BRANCH + proposal.login.lower()
        files = {
            path: None if text is None else text.encode() for path, text in proposal.files.items()
        }
        pull = self._pulls.of_branch(branch)
        there = self._remote.fetch(branch)
        is_there = there is not None and all(
            there.files.get(path) == data for path, data in files.items()
        )
        if pull is None or not is_there:
            change = Change(there, proposal.title, proposal.at, onto=self._tip())
            self._remote.push(branch, files, change)
        if pull is None:
            base = self._remote.default_branch()
            return self._pulls.open(branch, base, proposal.title, proposal.body).number
        self._pulls.change(pull, proposal.title, proposal.body)
        return pull.number

    def withdraw(self, login: str) -> int | None:
        """Close the student's open pull request; the branch stays, for whoever wants to look."""
        pull = self._pulls.of_branch(BRANCH + login.lower())
        if pull is None:
            return None
        self._pulls.close(pull)
        return pull.number

    def answer(self, number: int, markdown: str) -> None:
        """Comment on the issue."""
        path = f"/repos/{self._repository}/issues/{number}/comments"
        with github_errors():
            self._client.requester.requestJsonAndCheck("POST", path, input={"body": markdown})

    def close(self, number: int) -> None:
        """Close the issue as done."""
        path = f"/repos/{self._repository}/issues/{number}"
        fields = {"state": "closed", "state_reason": "completed"}
        with github_errors():
            self._client.requester.requestJsonAndCheck("PATCH", path, input=fields)

    def _tip(self) -> Snapshot:
        """The default branch, read once in a run."""
        if self._default is None:
            self._default = self._remote.fetch(self._remote.default_branch())
        if self._default is None:
            raise RemoteFailed("The repository's default branch is gone.", "Run it again.")
        return self._default


def _login(user: _User | None) -> str:
    return user.login if user else GHOST
