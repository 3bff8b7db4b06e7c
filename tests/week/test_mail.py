"""Weeks by mail: asked first, sent once, held in doubt, posted instead; no address is told."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.sealing import KeyPair, make_key_pair, seal
from bot.cli.main import call
from bot.consent import make_address
from bot.sandbox.faults import Match, forbidden, server_error
from tests.adapters.smtp.sink import CONTENT, RCPT, Accepted, Fault, Sink
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, TOKEN, Stage, open_stage
from tests.week.small import small_world

ADA, BEN = "ada-example", "ben-example"
INBOX = "ada.lovelace+digest@inbox.example.org"
PASSWORD = "a-password-of-the-mail-server"


@dataclass
class Post:
    """A stage whose students may get mail, the server that takes it, and the club's keys."""

    stage: Stage
    sink: Sink
    keys: KeyPair

    def subscribe(self, *, confirmed: str = "", owner: str = ADA, more: str = "") -> None:
        """Ada by mail and Ben by posts; `owner` is for whom Ada's address was sealed."""
        club = (
            f'{CLUB}sender: "Club <digest@example.org>"\nreply_to: officer@example.org\n'
            f"public_key: {self.keys.public_key}\n{more}"
        )
        sealed = seal(owner, INBOX, self.keys.public_key)
        ada = f"languages: [Go]\npicks: 1\nchannel: email\nemail: {sealed}\n"
        if confirmed:
            ada += f'confirmed: "{confirmed}"\n'
        self.stage.write_config({ADA: ada, BEN: "languages: [Go]\npicks: 1\n"}, club)

    def run(self, *more: str, command: str = "run", now: datetime = NOW) -> int:
        return self.stage.call(command, "--live", *more, now=now)

    def confirm(self) -> None:
        """Let Ada's file hold the code that a mail would bring."""
        self.subscribe(confirmed=self.code)

    @property
    def code(self) -> str:
        return make_address(self.keys.identity, ADA, INBOX).code

    @property
    def digests(self) -> list[Accepted]:
        return [one for one in self.sink.accepted if one.message_id.startswith("<2026-W")]

    def hand_in(self, author: str, title: str, body: str) -> object:
        club = self.stage.world.repository(CLUB_REPOSITORY)
        return self.stage.world.open_issue(club, author, title, body)


def text_of(mail: Accepted) -> str:
    return mail.message.get_payload(0).get_payload(decode=True).decode()


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    keys = make_key_pair()
    monkeypatch.chdir(tmp_path)
    with (
        open_stage(tmp_path, monkeypatch, small_world()) as stage,
        Sink(logins={"club": PASSWORD}) as sink,
    ):
        url = sink.url.replace("smtp://", f"smtp://club:{PASSWORD}@")
        monkeypatch.setenv("FOOTHOLD_SMTP", url)
        monkeypatch.setenv("FOOTHOLD_KEY", keys.identity)
        yield Post(stage, sink, keys)


def test_a_new_address_is_asked_once_and_gets_nothing_else(post: Post, capsys) -> None:
    post.subscribe()
    for _ in range(3):
        assert post.run() == 0
    assert [one.recipient for one in post.sink.accepted] == [INBOX]
    assert f'confirmed: "{post.code}"' in text_of(post.sink.accepted[0])
    out = capsys.readouterr().out
    assert "asked for consent by mail just now" in out
    assert "no code was given yet" in out
    assert len(post.stage.posts()) == 1


def test_with_the_code_in_the_file_the_digest_comes_once(post: Post) -> None:
    post.subscribe()
    assert post.run() == 0
    mailed = re.search(r'confirmed: "(.*)"', text_of(post.sink.accepted[0]))[1]
    post.subscribe(confirmed=mailed)
    for _ in range(2):
        assert post.run() == 0
    (digest,) = post.digests
    assert digest.recipient == INBOX
    assert "Hello ada-example" in text_of(digest)
    assert set(post.sink.by_message_id.values()) == {1}


def test_a_wrong_code_is_told_and_nothing_is_sent(post: Post, capsys) -> None:
    post.subscribe(confirmed="00000-00000")
    for _ in range(2):
        assert post.run("--student", ADA) == 0
    assert "is not the one for this address" in capsys.readouterr().out
    assert post.digests == []


def test_the_code_counts_from_a_form_of_the_students_own(post: Post) -> None:
    post.subscribe()
    post.run()
    body = f"### The code from the mail\n\n{post.code}"
    strange = post.hand_in("stranger-example", "Foothold: confirm", body)
    post.run()
    assert post.digests == []
    own = post.hand_in(ADA, "Foothold: confirm", body)
    assert post.run() == 0
    assert len(post.digests) == 1
    assert (strange.state, own.state) == ("OPEN", "CLOSED")


def test_a_stop_by_form_counts_in_the_run_that_reads_it(post: Post, capsys) -> None:
    post.confirm()
    assert post.run(command="prepare") == 0
    post.hand_in(ADA, "Foothold: stop", "### Anything you want to tell us?\n\n_No response_")
    assert post.run() == 0
    assert post.digests == []
    assert "stopped on 2026-11-22" in capsys.readouterr().out
    assert len(post.stage.posts()) == 1


def test_a_stop_that_an_officer_writes_down_counts_until_it_is_taken_back(post: Post) -> None:
    post.confirm()
    assert post.stage.call("stop", ADA) == 0
    assert post.run() == 0
    assert post.digests == []
    assert post.stage.call("stop", ADA, "--undo") == 0
    assert post.run() == 0
    assert len(post.digests) == 1
    assert post.stage.call("stop", ADA, "--until", "2026-12-06") == 0
    assert post.run(now=NOW + timedelta(weeks=1)) == 0
    assert len(post.digests) == 1
    assert post.run(now=NOW + timedelta(weeks=2)) == 0
    assert len(post.digests) == 2


def test_a_refused_address_gets_posts_instead_and_is_not_tried_next_week(post: Post) -> None:
    post.confirm()
    post.sink.fail(INBOX, Fault(RCPT, "550 5.1.1 <ada> does not exist"))
    assert post.run() == 0
    assert {title for _, title, _ in post.stage.posts()} == {
        "Digests for ada-example (Test Club)",
        "Digests for ben-example (Test Club)",
    }
    n_asked = post.sink.commands[RCPT]
    assert post.run(now=NOW + timedelta(weeks=1)) == 0
    assert post.sink.commands[RCPT] == n_asked
    assert len(post.stage.posts()) == 4
    assert post.digests == []


def test_greylisting_lets_the_second_run_in(post: Post, capsys) -> None:
    post.confirm()
    post.sink.fail(INBOX, Fault(RCPT, "451 4.7.1 come back later"))
    assert post.run() == 5
    assert "held" in capsys.readouterr().out
    assert post.run() == 0
    assert len(post.digests) == 1


def test_a_server_that_is_down_keeps_no_post_back_and_costs_no_mail(post: Post, capsys) -> None:
    post.confirm()
    url = os.environ["FOOTHOLD_SMTP"]
    os.environ["FOOTHOLD_SMTP"] = "smtp://127.0.0.1:9"
    assert post.run() == 5
    assert len(post.stage.posts()) == 1
    os.environ["FOOTHOLD_SMTP"] = url
    assert post.run() == 0
    assert len(post.digests) == 1


def test_a_mail_in_doubt_is_held_until_a_person_says_send(post: Post, capsys) -> None:
    post.confirm()
    post.sink.fail(INBOX, Fault(CONTENT, drops=True, keeps=True))
    for _ in range(2):
        assert post.run() == 5
    assert len(post.digests) == 1
    assert "--resend ada-example" in capsys.readouterr().err
    assert post.run("--resend", ADA, command="deliver") == 0
    assert len(post.digests) == 2
    assert len({one.message_id for one in post.digests}) == 1
    assert post.run() == 0
    assert len(post.digests) == 2


def test_an_address_that_was_sealed_for_another_is_refused(post: Post, capsys) -> None:
    post.subscribe(owner="mallory-example")
    assert post.run() == 7
    told = capsys.readouterr()
    assert "was encrypted for another login" in told.err
    assert post.sink.accepted == []
    assert len(post.stage.posts()) == 1


def test_a_dry_run_opens_no_address_and_shows_the_digest(post: Post, capsys) -> None:
    post.confirm()
    n_asked = len(post.sink.accepted)
    assert post.stage.call("run") == 0
    assert "picks by email" in capsys.readouterr().out.replace("1 pick by", "picks by")
    assert len(post.sink.accepted) == n_asked


def test_who_is_forgotten_leaves_nothing_in_the_state(post: Post, capsys) -> None:
    post.confirm()
    post.run()
    assert post.stage.call("forget", ADA) == 0
    said = capsys.readouterr().out
    assert "1 mail, in ada-example's own mailbox" in said
    assert "students/ada-example.yaml" in said
    assert ADA.encode() not in (post.stage.folder / "state.db").read_bytes()
    assert post.stage.call("forget", BEN) == 0
    assert f"https://github.com/{CLUB_REPOSITORY}/issues/" in capsys.readouterr().out


def test_a_workflow_is_told_to_hide_an_address_before_anything_else(
    post: Post, monkeypatch, capfd
) -> None:
    post.confirm()
    capfd.readouterr()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert post.run() == 0
    told = capfd.readouterr()
    assert told.err.startswith(f"::add-mask::{INBOX}\n")
    assert INBOX not in told.out
    assert told.err.count(INBOX) == told.err.count(f"::add-mask::{INBOX}\n")


@pytest.mark.parametrize("fault", [None, Fault(RCPT, f"550 5.1.1 <{INBOX}> unknown")])
def test_no_address_and_no_secret_is_in_anything_that_is_written(
    tmp_path: Path, monkeypatch, capfd, fault: Fault | None
) -> None:
    """Over state, cache, output, summary, files and posts of a whole run with the real clock."""
    now = datetime.now(UTC).replace(microsecond=0)
    keys = make_key_pair()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    with (
        open_stage(tmp_path, monkeypatch, small_world(now)) as stage,
        Sink(logins={"club": PASSWORD}) as sink,
    ):
        stage.world.set_now(now)
        url = sink.url.replace("smtp://", f"smtp://club:{PASSWORD}@")
        monkeypatch.setenv("FOOTHOLD_SMTP", url)
        monkeypatch.setenv("FOOTHOLD_KEY", keys.identity)
        post = Post(stage, sink, keys)
        post.subscribe()
        live = ["run", "--live", "--config", str(stage.config), "--out", "out", "--json"]
        assert call(live) == 0
        post.subscribe(confirmed=post.code)
        if fault:
            sink.fail(INBOX, fault)
        assert call(live) == 0
        assert call([*live, "--student", ADA]) == 0
        assert len(post.digests) == int(fault is None)
        told = capfd.readouterr()
        posts = str(stage.repository())
    sealed = (stage.config / "students" / f"{ADA}.yaml").read_text("utf-8")
    written = {
        str(path): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and path.suffix != ".yaml"
    }
    assert len(posts) > 1_000
    assert {Path(name).name for name in written} >= {
        *("state.db", "http.sqlite", "summary.md", f"{ADA}.md"),
    }
    written |= {"out": told.out.encode(), "err": told.err.encode(), "posts": posts.encode()}
    local, _, domain = INBOX.partition("@")
    planted = (INBOX, local, domain, TOKEN, PASSWORD, keys.identity, "AGE-SECRET-KEY")
    leaks = [
        (name, one) for name, text in written.items() for one in planted if one.encode() in text
    ]
    assert leaks == []
    assert INBOX not in sealed


def test_check_names_what_mail_lacks_and_tries_what_is_there(post: Post, monkeypatch, capsys):
    post.subscribe()
    assert post.stage.call("check") == 0
    out = capsys.readouterr().out
    assert "ada-example gets a mail that asks for consent" in out
    assert "The mail server's address and the key for students' addresses can be used." in out
    monkeypatch.setenv("FOOTHOLD_KEY", make_key_pair().identity)
    assert post.stage.call("check") == 2
    assert "does not belong to the `public_key`" in capsys.readouterr().err
    monkeypatch.delenv("FOOTHOLD_KEY")
    assert post.stage.call("check", "--offline") == 0
    assert "FOOTHOLD_KEY must be set" in capsys.readouterr().out


def test_an_address_that_refuses_the_question_gets_posts_instead(post: Post, capsys) -> None:
    post.subscribe()
    post.sink.fail(INBOX, Fault(RCPT, "550 5.1.1 unknown"))
    for _ in range(2):
        assert post.run() == 0
    assert len(post.stage.posts()) == 2
    assert post.sink.accepted == []
    assert "takes no mail" in capsys.readouterr().out
    assert "An answer to this mail" not in str(post.stage.repository())


def test_a_question_that_is_in_doubt_is_told_of(post: Post, capsys) -> None:
    post.subscribe()
    post.sink.fail(INBOX, Fault(CONTENT, drops=True))
    for _ in range(2):
        assert post.run() == 5
    assert "--resend ada-example" in capsys.readouterr().err
    assert post.run("--resend", ADA, command="deliver") == 0
    assert len(post.sink.accepted) == 1


def test_a_slip_in_the_week_forgets_and_sends_nothing(post: Post) -> None:
    post.confirm()
    assert post.run() == 0
    assert post.run("--week", "2062-W47", command="deliver") == 2
    assert post.run(command="deliver", now=NOW + timedelta(weeks=2_000)) == 0
    assert post.run() == 0
    assert len(post.digests) == 1


def test_a_mail_is_not_sent_again_with_picks_that_are_taken(post: Post, capsys) -> None:
    post.confirm()
    assert post.run() == 0
    (mail,) = post.digests
    url = re.search(r"https://github.com/(tidepool-\d/\w+)/issues/(\d+)", text_of(mail))
    post.stage.world.assign(post.stage.world.issue(url[1], int(url[2])), "ben-example", None)
    assert post.run("--resend", ADA, command="deliver") == 5
    assert "not free any more" in capsys.readouterr().err
    assert len(post.digests) == 1


def test_a_refusal_of_one_address_is_not_told_of_the_next(post: Post) -> None:
    post.confirm()
    post.sink.fail(INBOX, Fault(RCPT, "550 5.1.1 unknown"))
    assert post.run() == 0
    post.subscribe(confirmed=post.code)
    assert post.run("--resend", ADA, command="deliver", now=NOW + timedelta(weeks=1)) == 0
    assert post.run(now=NOW + timedelta(weeks=1)) == 0
    assert len(post.digests) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("FOOTHOLD_SMTP", "http://x"), ("FOOTHOLD_KEY", "AGE-SECRET-KEY-1NO")]
)
def test_a_wrong_setting_of_mail_keeps_no_post_back(
    post: Post, monkeypatch, capsys, name: str, value: str
) -> None:
    post.confirm()
    monkeypatch.setenv(name, value)
    assert post.run() == 7
    assert len(post.stage.posts()) == 1
    said = capsys.readouterr()
    assert f"ada-example can get nothing by email: {name}" in said.out
    assert value not in said.out + said.err


def test_who_changes_the_channel_after_preparing_gets_the_digest_there(post: Post) -> None:
    post.confirm()
    assert post.run(command="prepare") == 0
    post.stage.write_config(
        {ADA: "languages: [Go]\npicks: 1\n", BEN: "languages: [Go]\npicks: 1\n"}, CLUB
    )
    assert post.run() == 0
    assert post.digests == []
    assert len(post.stage.posts()) == 2


def test_a_stop_counts_although_its_form_cannot_be_closed(post: Post, capsys) -> None:
    post.confirm()
    post.hand_in(ADA, "Foothold: stop", "### Anything you want to tell us?\n\n_No response_")
    patch = Match(method="PATCH", path=f"/repos/{CLUB_REPOSITORY}/issues/*")
    post.stage.sandbox.faults.add(forbidden(), patch, times=None)
    assert post.run() == 0
    assert post.digests == []
    assert "could not be closed" in capsys.readouterr().out


def test_a_state_that_is_lost_reads_the_forms_again(post: Post) -> None:
    post.confirm()
    post.hand_in(ADA, "Foothold: stop", "### Anything you want to tell us?\n\n_No response_")
    assert post.run() == 0
    (post.stage.folder / "state.db").unlink()
    assert post.run() == 0
    assert post.digests == []
    assert len(post.stage.posts()) == 1


@pytest.mark.parametrize(
    ("key", "value"), [("direction", "asc"), ("labels", "foothold-proofs")], ids=["form", "officer"]
)
def test_a_state_that_is_lost_sends_nothing_until_stops_were_read(
    post: Post, request: pytest.FixtureRequest, key: str, value: str
) -> None:
    post.confirm()
    if "form" in request.node.callspec.id:
        post.hand_in(ADA, "Foothold: stop", "### Anything you want to tell us?\n\n_No response_")
    else:
        assert post.stage.call("stop", ADA) == 0
    assert post.run() == 0
    (post.stage.folder / "state.db").unlink()
    asked = Match(method="GET", where=lambda one: one.query.get(key) == value)
    post.stage.sandbox.faults.add(server_error(), asked, times=None)
    assert post.run(now=NOW + timedelta(weeks=1)) == 3
    assert len(post.stage.posts()) == 1
    post.stage.sandbox.faults.clear()
    assert post.run(now=NOW + timedelta(weeks=1)) == 0
    assert (post.digests, len(post.stage.posts())) == ([], 2)


def test_whom_nothing_is_known_of_is_not_said_to_be_forgotten(post: Post, capsys) -> None:
    post.subscribe()
    assert post.stage.call("forget", "adda-example") == 0
    assert "Nothing was known of adda-example" in capsys.readouterr().out


def test_to_send_again_to_somebody_else_than_the_run_is_about_is_a_slip(post: Post, capsys) -> None:
    post.confirm()
    assert post.run("--resend", ADA, "--student", BEN, command="deliver") == 2
    assert "--resend names ada-example" in capsys.readouterr().err


def test_a_workflows_log_names_nobody_when_something_goes_wrong(post: Post, monkeypatch, capsys):
    more = "mentors: [{github: grace-example, students: [ada-example]}]\n"
    post.subscribe(owner="mallory-example", more=more)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert post.run() == 7
    repository = post.stage.world.repository(CLUB_REPOSITORY)
    repository.private = False
    assert post.run() == 2
    said = capsys.readouterr()
    assert "SOMEBODY" in said.err
    for name in (ADA, BEN, "grace-example"):
        assert name not in said.out + said.err
