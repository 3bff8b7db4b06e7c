"""On a runner that forgets, killed anywhere in a delivery: nothing goes out twice (promise 3).

Three students: Ada gets mail, Ben posts, and Chiyo the mail that asks. They are prepared by one
runner; another is killed; a third, on a fresh clone with nothing kept, ends the week.
"""

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.git_command import run_git
from bot.adapters.sealing import KeyPair, make_key_pair, seal
from bot.consent import make_address
from bot.sandbox.faults import Match, call_after
from bot.sandbox.world import World
from tests.adapters.smtp.sink import Sink
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, TOKEN, Stage, open_stage
from tests.week.branching import Runner
from tests.week.small import small_world

ADA, BEN, CHIYO = "ada-example", "ben-example", "chiyo-example"
KEYS = make_key_pair()
WRITES = Match(method="POST", path="/repos/*")


class Watched(Sink):
    """A mail server that calls when the nth mail is taken, before it says so."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[int, Callable[[], None]] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        self.calls.pop(len(self.accepted), lambda: None)()
        return answer


@dataclass
class Scene:
    """A world, a repository and a mail server, and the runners that come and go."""

    stage: Stage
    bare: Path
    sink: Watched
    numbers: Iterator[int] = field(default_factory=count)
    #: Of the run that is to die.
    pids: list[int] = field(default_factory=list)

    def kill(self) -> None:
        os.kill(self.pids[0], signal.SIGKILL)

    def runner(self, *jobs: str) -> Runner:
        """A new machine."""
        folder = self.stage.folder / f"runner-{next(self.numbers)}"
        way = self.stage.sandbox.url, TOKEN, self.bare, folder
        known = Runner(*way, NOW, self.sink.url, KEYS.identity, CLUB_REPOSITORY)
        return replace(known, jobs=jobs or known.jobs)

    def mails(self, login: str) -> int:
        return sum(one.recipient == _inbox(login) for one in self.sink.accepted)

    def ends_well(self) -> None:
        """Nothing is out twice now, nor after a next run, which tells of every mail it holds."""
        self._has_nothing_twice()
        last = self.runner()
        assert last.run() in (0, 5)
        self._has_nothing_twice()
        assert [body for _, _, body in self.stage.posts() if f"student={BEN} " in body[:200]]
        told = " ".join(last.told)
        for login in (ADA, CHIYO):
            assert self.mails(login) or f"--resend {login}" in told
        if last.told:
            assert "--resend" in told

    def _has_nothing_twice(self) -> None:
        assert len(self.stage.posts()) <= 1
        assert max(self.mails(ADA), self.mails(CHIYO)) <= 1


Fresh = Callable[[], AbstractContextManager[Scene]]


def _inbox(login: str) -> str:
    return f"{login}@inbox.example.org"


def _config(keys: KeyPair) -> dict[str, str]:
    def mailed(login: str) -> str:
        sealed = seal(login, _inbox(login), keys.public_key)
        return f"languages: [Go]\npicks: 1\nchannel: email\nemail: {sealed}\n"

    code = make_address(keys.identity, ADA, _inbox(ADA)).code
    return {
        ADA: f'{mailed(ADA)}confirmed: "{code}"\n',
        BEN: "languages: [Go]\npicks: 1\n",
        CHIYO: mailed(CHIYO),
    }


@dataclass(frozen=True)
class Prepared:
    """What the first runner left: a world and a repository."""

    world: bytes
    bare: Path


@contextmanager
def _opened(folder: Path, world: World, bare: Path) -> Iterator[Scene]:
    with (
        pytest.MonkeyPatch.context() as patch,
        open_stage(folder, patch, world) as stage,
        Watched() as sink,
    ):
        yield Scene(stage, bare, sink)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    bare = folder / "bare.git"
    run_git(["init", "--quiet", "--bare", "--initial-branch=main", str(bare)], folder)
    with _opened(folder, small_world(), bare) as scene:
        club = (
            f'{CLUB}sender: "Club <digest@example.org>"\nreply_to: officer@example.org\n'
            f"public_key: {KEYS.public_key}\n"
        )
        scene.stage.write_config(_config(KEYS), club)
        run_git(["init", "--quiet", "--initial-branch=main"], folder)
        for command in (
            ["add", "config"],
            ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x"],
            ["push", "--quiet", str(bare), "main"],
        ):
            run_git(command, folder)
        assert scene.runner("prepare").run() == 0
        assert not scene.sink.accepted
        return Prepared(pickle.dumps(scene.stage.world), bare)


@pytest.fixture
def fresh(prepared: Prepared, tmp_path: Path) -> Fresh:
    """Opens one prepared scene after the other."""
    numbers = count()

    @contextmanager
    def opened() -> Iterator[Scene]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        bare = shutil.copytree(prepared.bare, folder / "bare.git")
        with _opened(folder, pickle.loads(prepared.world), bare) as scene:
            yield scene

    return opened


def test_undisturbed_each_gets_one_and_two_commits_tell_of_the_digests(fresh: Fresh) -> None:
    with fresh() as scene:
        assert scene.runner().run() == 0
        assert (scene.mails(ADA), scene.mails(CHIYO), len(scene.stage.posts())) == (1, 1, 1)
        told = run_git(["log", "--format=%s", "foothold-state"], scene.bare).decode().splitlines()
        assert told == [
            *("deliver 2026-W47", "About to send: 2", "About to send: 1", "prepare 2026-W47"),
        ]
        scene.ends_well()
        assert (scene.mails(ADA), scene.mails(CHIYO), len(scene.stage.posts())) == (1, 1, 1)


def _killed(scene: Scene, doom: int = -1) -> bool:
    """A run that died after that step, or when `scene` was told to kill it."""
    process = scene.runner().start(doom)
    scene.pids.append(process.pid or 0)
    process.join()
    return process.exitcode == -signal.SIGKILL


def test_killed_after_any_push_or_before_any_sending_nothing_goes_out_twice(fresh: Fresh) -> None:
    n_kills = 0
    for nth in count():
        with fresh() as scene:
            if not _killed(scene, nth):
                break
            scene.ends_well()
            n_kills += 1
    # The pledge of the question, that of the digests, two intents, and the receipts.
    assert n_kills == 1 + 1 + 2 + 1


def test_killed_when_github_has_just_written_nothing_goes_out_twice(fresh: Fresh) -> None:
    n_kills = 0
    for nth in count():
        with fresh() as scene:
            scene.stage.sandbox.faults.add(call_after(scene.kill), WRITES, skip=nth)
            if not _killed(scene):
                break
            scene.ends_well()
            n_kills += 1
    # The proof of what is tried, Ben's thread, the digest in it, and proofs of what was done.
    assert n_kills >= 2


@pytest.mark.parametrize("nth", [1, 2])
def test_killed_when_a_mail_was_just_taken_it_is_not_sent_again(fresh: Fresh, nth: int) -> None:
    with fresh() as scene:
        scene.sink.calls[nth] = scene.kill
        assert _killed(scene)
        scene.ends_well()


def test_killed_when_a_form_was_just_closed_the_stop_in_it_counts(fresh: Fresh) -> None:
    with fresh() as scene:
        assert scene.runner().run() == 0
        club = scene.stage.world.repository(CLUB_REPOSITORY)
        form = scene.stage.world.open_issue(club, BEN, "Foothold: stop", "### Why\n\n_No response_")
        closing = Match(method="PATCH", path=f"/repos/*/issues/{form.number}")
        scene.stage.sandbox.faults.add(call_after(scene.kill), closing)
        assert _killed(scene)
        assert form.state == "CLOSED"
        later = NOW + timedelta(weeks=1)
        scene.stage.world.set_now(later)
        assert replace(scene.runner("prepare", "deliver"), now=later).run() == 0
        assert (scene.mails(ADA), len(scene.stage.posts())) == (2, 1)


def test_of_two_runners_at_once_one_delivers_and_the_other_sends_nothing(fresh: Fresh) -> None:
    with fresh() as scene:
        runs = [scene.runner().start() for _ in range(2)]
        for one in runs:
            one.join()
        assert sorted(one.exitcode or 0 for one in runs) == [0, 6]
        assert (scene.mails(ADA), scene.mails(CHIYO), len(scene.stage.posts())) == (1, 1, 1)
