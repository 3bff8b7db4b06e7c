"""Weeks whose state is lost and rebuilt: nothing goes out twice, and what can be known is again."""

import json
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.sealing import KeyPair, make_key_pair, seal
from bot.cli.main import call
from bot.consent import make_address
from bot.digest import Digest
from bot.register import Stop
from bot.sandbox.things import Comment, Issue
from bot.sandbox.world import World
from tests.adapters.smtp.sink import CONTENT, Accepted, Fault, Sink
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, WEEK, Stage, open_stage
from tests.week.small import small_world

ADA, BEN, CY = "ada-example", "ben-example", "cy-example"
MAILBOX = "ada@inbox.example.org"
NEXT = NOW + timedelta(weeks=1)
LATER = NOW + timedelta(weeks=2)
GO = "languages: [Go]\npicks: 1\n"


class Season:
    """Ada by mail, Ben and Cy by posts; a journal that can be lost."""

    def __init__(self, stage: Stage, sink: Sink) -> None:
        self.stage, self.sink = stage, sink
        keys, sealed = club_keys()
        code = make_address(keys.identity, ADA, MAILBOX).code
        ada = f'{GO}channel: email\nemail: {sealed}\nconfirmed: "{code}"\n'
        self.students = {ADA: ada, BEN: GO, CY: GO}
        self.club = (
            f'{CLUB}sender: "Club <digest@example.org>"\nreply_to: officer@example.org\n'
            f"public_key: {keys.public_key}\n"
        )
        stage.write_config(self.students, self.club)

    @property
    def state(self) -> Path:
        return self.stage.folder / "state.db"

    def run(self, *more: str, now: datetime = NOW, command: str = "run") -> int:
        return self.stage.call(command, "--live", *more, now=now)

    def lose(self) -> None:
        self.state.unlink()

    def rebuild(self, *more: str, now: datetime = NOW) -> int:
        clock = ("--now", now.isoformat(), "--config", str(self.stage.config))
        self.stage.world.set_now(now)
        return call(["state", "rebuild", *more, *clock])

    def journal(self) -> SqlJournal:
        return SqlJournal.open(f"sqlite:///{self.state}")

    @property
    def mails(self) -> list[Accepted]:
        return [one for one in self.sink.accepted if one.message_id.startswith("<2026-W")]

    def digests(self) -> list[str]:
        return sorted(body for _, _, body in self.stage.posts())

    def comment_of(self, login: str) -> Comment:
        """The first digest in the student's thread."""
        for issue in self.stage.world.issues[CLUB_REPOSITORY].values():
            for comment in issue.comments or ():
                if f"student={login} " in (comment.body or "")[:200]:
                    return comment
        raise LookupError(login)

    @property
    def cover(self) -> Issue:
        """The issue whose comments are the proofs."""
        issues = self.stage.world.issues[CLUB_REPOSITORY].values()
        return next(one for one in issues if one.title == "Foothold: proofs")


@cache
def club_keys() -> tuple[KeyPair, str]:
    """The club's keys, and Ada's address sealed with them."""
    keys = make_key_pair()
    return keys, seal(ADA, MAILBOX, keys.public_key)


@contextmanager
def opened(folder: Path, patch: pytest.MonkeyPatch, world: World) -> Iterator[Season]:
    patch.chdir(folder)
    with open_stage(folder, patch, world) as stage, Sink(logins={"club": "word"}) as sink:
        patch.setenv("FOOTHOLD_SMTP", sink.url.replace("smtp://", "smtp://club:word@"))
        patch.setenv("FOOTHOLD_KEY", club_keys()[0].identity)
        yield Season(stage, sink)


@cache
def first_week() -> tuple[bytes, bytes]:
    """The world and the state after a week that went out, played once in a process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        opened(Path(folder), patch, small_world()) as season,
    ):
        assert season.run() == 0
        assert len(season.mails) == 1
        return pickle.dumps(season.stage.world), season.state.read_bytes()


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Season]:
    """Before anything was sent."""
    with opened(tmp_path, monkeypatch, small_world()) as season:
        yield season


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Season]:
    """The first week went out, Ada's mail to a server that is gone."""
    world, state = first_week()
    with opened(tmp_path, monkeypatch, pickle.loads(world)) as season:
        season.state.write_bytes(state)
        yield season


def known(digest: Digest) -> list[tuple[object, ...]]:
    """What of a digest outlives its journal."""
    return [
        (one.ref, one.title, one.url, one.node_id, one.topics, one.effort, one.kind, one.language)
        for one in digest.offered
    ]


def memory(season: Season, *, mailed: bool = False) -> object:
    """What the README says can be rebuilt; of mails not which issues they offered."""
    logins = (ADA, BEN, CY)
    with season.journal() as journal:
        sent = journal.sent_since("2026-W01")
        return (
            [
                (one.digest.week, one.digest.student, one.delivered_at, known(one.digest))
                for one in sent
                if one.digest.student != ADA or mailed
            ],
            [one for one in journal.offers() if one.login != ADA or mailed],
            [journal.places(login) for login in logins],
            [journal.last_delivered_at(login) for login in logins],
            journal.answer_book().answers(),
            journal.register().posters(),
            [journal.register().stop_of(login) for login in logins],
        )


def test_what_can_be_rebuilt_is_as_it_was_and_nothing_goes_out_twice(sent: Season) -> None:
    thread = sent.comment_of(BEN).parent
    sent.stage.world.set_now(NOW + timedelta(days=1))
    sent.stage.world.comment(thread, BEN, "/more 1\n/pause 2w")
    assert sent.run(now=NEXT) == 0
    before, digests = memory(sent), sent.digests()
    sent.lose()
    assert sent.rebuild(now=NEXT) == 0
    assert memory(sent) == before
    assert sent.run(now=NEXT) == 0
    assert sent.digests() == digests
    assert len(sent.mails) == 1
    assert sent.run(now=LATER) == 0
    assert len(sent.mails) == 2
    assert len(sent.digests()) == len(digests) + 1
    with sent.journal() as journal:
        refs = [(one.login, one.ref) for one in journal.offers()]
    assert len(refs) == len(set(refs))


def test_issues_a_week_are_read_back_as_comments_are(season: Season) -> None:
    season.stage.write_config(season.students, season.club + "post: weekly\n")
    assert season.run() == 0
    before, digests = memory(season), season.digests()
    season.lose()
    assert season.rebuild() == 0
    assert memory(season) == before
    assert season.run() == 0
    assert season.digests() == digests


def test_a_prepared_week_is_made_anew_and_goes_out_once(sent: Season) -> None:
    assert sent.run(now=NEXT, command="prepare") == 0
    sent.lose()
    assert sent.rebuild(now=NEXT) == 0
    for _ in range(2):
        assert sent.run(now=NEXT) == 0
    assert len(sent.digests()) == 4
    assert len(sent.mails) == 1


def test_a_mail_that_died_before_its_proof_is_held_until_a_person_says_send(
    season: Season, capsys
) -> None:
    season.sink.fail(MAILBOX, Fault(CONTENT, drops=True, keeps=True))
    assert season.run() == 5
    season.lose()
    assert season.rebuild() == 0
    assert "held: ada-example" in capsys.readouterr().out
    assert season.run() == 5
    assert len(season.mails) == 1
    assert season.run("--resend", ADA, command="deliver") == 0
    assert len(season.mails) == 1
    assert season.run() == 0
    assert len(season.mails) == 2


def test_without_any_proofs_this_weeks_mails_are_held(sent: Season, capsys) -> None:
    for comment in tuple(sent.cover.comments):
        sent.stage.world.delete_comment(comment, "foothold-example")
    sent.lose()
    assert sent.rebuild() == 0
    assert "there are no proofs" in capsys.readouterr().out
    assert sent.run() == 5
    assert sent.mails == []


def test_stops_and_pauses_outlive_the_state_and_proofs_name_nobody(sent: Season) -> None:
    assert sent.stage.call("stop", BEN) == 0
    assert sent.stage.call("stop", CY, "--until", "2026-12-24") == 0
    assert sent.run(now=NEXT) == 0
    digests = sent.digests()
    sent.lose()
    assert sent.rebuild(now=NEXT) == 0
    with sent.journal() as journal:
        register = journal.register()
        assert register.stop_of(BEN) == Stop(BEN, NEXT, None)
        assert str(register.stop_of(CY).until) == "2026-12-24"
    assert sent.run(now=LATER) == 0
    assert sent.digests() == digests
    for comment in sent.cover.comments:
        assert "example" not in comment.body
        assert sum(len(line) == 16 for line in comment.body.splitlines()) == 8
    assert (sent.cover.state, sent.cover.locked) == ("CLOSED", True)


def test_a_live_run_on_a_lost_journal_repeats_nothing_that_is_proven(sent: Season) -> None:
    assert sent.stage.call("stop", CY) == 0
    assert sent.run(command="learn") == 0
    digests = sent.digests()
    sent.lose()
    assert sent.run() == 0
    assert (sent.mails, sent.digests()) == ([], digests)
    with sent.journal() as journal:
        assert journal.register().stop_of(CY) is not None


def test_who_was_asked_for_consent_is_not_asked_again(season: Season) -> None:
    unconfirmed = season.students[ADA].partition("confirmed")[0]
    season.stage.write_config({ADA: unconfirmed}, season.club)
    assert season.run() == 0
    season.lose()
    assert season.rebuild() == 0
    assert season.run() == 0
    assert len(season.sink.accepted) == 1


def test_what_others_pasted_edited_or_deleted_is_told_and_believed_no_further(
    sent: Season, capsys
) -> None:
    world, ben, cy = sent.stage.world, sent.comment_of(BEN), sent.comment_of(CY)
    pasted = ben.body.replace(WEEK, "2026-W46")
    world.comment(ben.parent, "mallory-example", pasted)
    world.edit_comment(cy, cy.body.replace("\n\n## ", "\n\nwords\n\n## ", 1), "grace-example")
    world.delete_comment(ben, "foothold-example")
    sent.lose()
    assert sent.rebuild() == 0
    out = capsys.readouterr().out
    assert out.count("foreign, by mallory-example: https://") == out.count("edited, by") == 1
    with sent.journal() as journal:
        assert journal.entries("2026-W46") == ()
        assert journal.entry(WEEK, BEN) is None
        assert len(journal.entry(WEEK, CY).digest.picks) == 1


def test_a_state_that_knows_something_is_left_as_it_is(sent: Season, capsys) -> None:
    before = memory(sent, mailed=True)
    assert sent.rebuild() == 6
    assert "holds digests already" in capsys.readouterr().err
    assert memory(sent, mailed=True) == before


def test_a_workflows_log_names_nobody(sent: Season, monkeypatch, capsys) -> None:
    for comment in tuple(sent.cover.comments):
        sent.stage.world.delete_comment(comment, "foothold-example")
    sent.lose()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert sent.rebuild("--json") == 0
    told = capsys.readouterr().out
    assert json.loads(told)["known"]["posts"] == 2
    for name in (ADA, BEN, CY, "github.com"):
        assert name not in told


def test_what_was_read_back_can_be_shown_and_answered_and_is_not_sent_over_its_post(
    sent: Season, capsys
) -> None:
    post, body = sent.comment_of(BEN), sent.comment_of(BEN).body
    sent.lose()
    assert sent.rebuild() == 0
    capsys.readouterr()
    assert sent.stage.call("show", BEN) == 0
    assert "The journal was lost" in capsys.readouterr().out
    assert sent.run("--resend", BEN, command="deliver") == 5
    assert sent.comment_of(BEN).body == body
    sent.stage.world.set_now(NOW + timedelta(hours=1))
    sent.stage.world.comment(post.parent, BEN, "/took 1")
    assert sent.run(command="learn", now=NOW + timedelta(days=2)) == 0
    with sent.journal() as journal:
        (offer,) = [one for one in journal.offers() if one.login == BEN]
        (answer,) = journal.answer_book().answers()
        (progress,) = [one for one in journal.progress_book().progress() if one.login == BEN]
    assert answer.ref == offer.ref == progress.ref


def test_what_a_mentor_approved_before_the_loss_goes_out_if_it_is_the_same(season: Season) -> None:
    review = f"{season.club}review: approve\nmentors: [{{github: grace-example}}]\n"
    season.stage.write_config({BEN: GO}, review)
    assert season.run() == 0
    (post,) = season.stage.world.issues[CLUB_REPOSITORY].values()
    season.stage.world.set_now(NOW + timedelta(hours=1))
    season.stage.world.comment(post, "grace-example", "/approve")
    season.lose()
    after = NOW + timedelta(hours=2)
    assert season.rebuild(now=after) == 0
    assert season.run(now=after) == 0
    assert season.digests() == []
    assert season.run(command="deliver", now=after) == 0
    assert len(season.digests()) == 1
