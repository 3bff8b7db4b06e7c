"""A journal on its branch: pulled, pushed, leased, begun anew; no memory is lost on the way."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.git_command import run_git
from bot.adapters.git_remote import Change, GitRemote
from bot.adapters.state_branch import BRANCH
from bot.digest import Peer
from bot.errors import JournalError
from bot.register import Consent
from tests.adapters.state.machines import ISSUE, NOW, WEEK, Machine, files, log, pledge
from tests.builders import build_digest


def test_what_one_machine_pushed_another_pulls(machine: Callable[..., Machine]) -> None:
    one, other = machine(), machine()
    assert one.branch.pull().commit is None
    one.prepare("ada", "ben")
    one.send("ada")
    one.stop("ben")
    assert one.branch.push("First")
    pulled = other.branch.pull()
    assert pulled.n_rows == 6
    assert other.journal.entries(WEEK) == one.journal.entries(WEEK)
    assert other.is_sent("ada")
    assert other.has_stop("ben")
    assert other.branch.is_pulled


def test_what_is_there_already_is_not_pushed_again(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other = machine(), machine()
    one.prepare("ada")
    one.branch.push("First")
    other.branch.pull()
    assert not one.branch.push("Again")
    assert not other.branch.push("Again")
    assert log(bare) == ["First"]


def test_a_commit_changes_only_the_files_whose_rows_changed(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine()
    one.prepare("ada")
    one.branch.push("First")
    one.stop("ada")
    one.branch.push("Second")
    changed = run_git(["diff-tree", "--no-commit-id", "--name-only", "-r", BRANCH], bare)
    assert changed.decode().split() == ["stops.jsonl"]


def test_pledges_stand_on_the_branch_and_not_in_the_journal(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other = machine(), machine()
    one.branch.pull()
    one.prepare("ada")
    question = Consent("ben", "f00d", "Mail me.", asked_at=NOW)
    one.branch.attest([pledge("ada")], [question])
    assert not one.is_in_doubt("ada")
    assert one.journal.register().consent("ben", "f00d") is None
    other.branch.pull()
    assert other.is_in_doubt("ada")
    assert other.journal.register().consent("ben", "f00d") == question


def test_what_was_pledged_and_not_tried_is_off_the_branch_after_the_run(
    machine: Callable[..., Machine],
) -> None:
    one, other = machine(), machine()
    one.branch.pull()
    one.prepare("ada", "ben")
    run = one.branch
    run.begin()
    run.attest([pledge("ada"), pledge("ben")], [])
    one.send("ada")
    assert run.end("Done") is None
    other.branch.pull()
    assert other.is_sent("ada")
    assert other.journal.delivery(WEEK, "ben", ISSUE) is None


def test_of_two_runs_that_pledge_the_second_is_told_to_stop_and_pushes_nothing(
    machine: Callable[..., Machine], bare: Path
) -> None:
    first, one, other = machine(), machine(), machine()
    first.prepare("ada")
    first.branch.push("First")
    runs = []
    for each in (one, other):
        each.branch.pull()
        runs.append(each.branch)
        runs[-1].begin()
    runs[0].attest([pledge("ada")], [])
    other.stop("ben")
    with pytest.raises(JournalError, match="Another run"):
        runs[1].attest([pledge("ada")], [])
    assert runs[1].end("Done") is None
    assert len(log(bare)) == 2
    assert "stops.jsonl" not in files(bare)


def test_of_two_runs_that_pledge_the_same_at_the_same_time_the_second_stops_too(
    machine: Callable[..., Machine],
) -> None:
    """Alike in all, they would be one commit, which git takes twice."""
    first, one, other = machine(), machine(), machine()
    first.prepare("ada")
    first.branch.push("First")
    for each in (one, other):
        each.branch.pull()
    other.overtaken_by = lambda: one.branch.attest([pledge("ada")], [])
    with pytest.raises(JournalError, match="Another run"):
        other.branch.attest([pledge("ada")], [])


def test_a_run_on_a_branch_that_moved_stops_before_it_does_anything(
    machine: Callable[..., Machine],
) -> None:
    one, other = machine(), machine()
    one.branch.pull()
    other.branch.pull()
    other.stop("ada")
    other.branch.push("A stop")
    with pytest.raises(JournalError, match="Another run"):
        one.branch.begin()


def test_receipts_are_not_lost_to_a_stop_that_was_pushed_meanwhile(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, laptop, last = machine(), machine(), machine()
    one.branch.pull()
    one.prepare("ada", "ben")
    run = one.branch
    run.begin()
    run.attest([pledge("ada"), pledge("ben")], [])
    laptop.branch.pull()
    laptop.stop("ben")
    laptop.branch.push("A stop")
    one.send("ada")
    assert run.end("Done") is None
    assert one.has_stop("ben")
    last.branch.pull()
    assert last.is_sent("ada")
    assert not last.is_in_doubt("ben")
    assert last.has_stop("ben")
    assert log(bare) == ["Done", "A stop", "About to send: 2"]


def test_a_pull_never_throws_away_what_only_the_journal_here_holds(
    machine: Callable[..., Machine],
) -> None:
    one, other = machine(), machine()
    one.prepare("ada")
    one.branch.push("First")
    other.branch.pull()
    other.stop("ada")
    with pytest.raises(JournalError, match="1 things"):
        other.branch.pull()
    assert other.has_stop("ada")
    other.branch.pull(force=True)
    assert not other.has_stop("ada")


def test_a_journal_that_never_knew_a_branch_is_not_thrown_away(
    machine: Callable[..., Machine],
) -> None:
    one, other = machine(), machine()
    one.prepare("ada")
    one.branch.push("First")
    other.stop("ben")
    with pytest.raises(JournalError, match="1 things"):
        other.branch.pull()
    assert other.branch.push("Joined")
    assert other.has_stop("ben")
    assert other.journal.entries(WEEK) == one.journal.entries(WEEK)


def test_an_unchanged_journal_follows_the_branch(machine: Callable[..., Machine]) -> None:
    one, other = machine(), machine()
    one.stop("ada")
    one.branch.push("First")
    other.branch.pull()
    one.journal.register().lift_stop("ada")
    one.stop("ben")
    one.branch.push("Second")
    other.branch.pull()
    assert not other.has_stop("ada")
    assert other.has_stop("ben")


def test_a_journal_here_makes_the_branch_again_that_somebody_deleted(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other = machine(), machine()
    one.stop("ada")
    one.branch.push("First")
    run_git(["update-ref", "-d", f"refs/heads/{BRANCH}"], bare)
    with pytest.raises(JournalError, match="is gone"):
        one.branch.pull()
    assert one.branch.push("Again")
    other.branch.pull()
    assert other.has_stop("ada")


def test_where_posts_tell_of_a_lost_branch_live_runs_refuse_until_somebody_says_so(
    machine: Callable[..., Machine],
) -> None:
    one = machine(has_posts=True)
    assert one.branch.pull().is_lost
    with pytest.raises(JournalError, match="foothold-state"):
        one.branch.begin()
    assert not one.branch.pull(force=True).is_lost
    one.branch.begin()


def test_a_branch_that_is_lost_is_not_made_again_before_the_journal_is_rebuilt(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine(has_posts=True)
    one.branch.pull()
    one.prepare("ada")
    with pytest.raises(JournalError, match="not known here"):
        one.branch.push("A step of a workflow that always runs")
    assert GitRemote(str(bare)).tip(BRANCH) is None
    one.branch.remember()
    one.branch.begin()
    assert one.branch.push("Rebuilt")


def test_a_journal_that_was_never_pulled_asks_nobody(machine: Callable[..., Machine]) -> None:
    one = machine()
    run = one.branch
    run.begin()
    run.attest([pledge("ada")], [])
    assert run.end("Done") is None
    assert GitRemote(str(one.bare)).tip(BRANCH) is None


def test_the_first_push_of_a_month_leaves_no_history(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine()
    one.stop("ada")
    one.branch.push("November")
    one.now = NOW + timedelta(days=14)
    one.stop("ben")
    one.branch.push("December")
    assert log(bare) == ["December"]
    one.stop("chiyo")
    one.branch.push("December too")
    assert log(bare) == ["December too", "December"]


def test_who_was_forgotten_stands_in_no_commit_of_the_branch(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine()
    one.prepare("ada", "ben")
    one.branch.push("First")
    one.journal.forget("ada")
    one.branch.begin_anew()
    assert one.branch.push("Second")
    assert log(bare) == ["Second"]
    assert b"ada" not in b"".join(files(bare).values())
    one.stop("ben")
    one.branch.push("Third")
    assert log(bare) == ["Third", "Second"]


def test_who_was_forgotten_during_a_run_is_not_brought_back_by_it(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, laptop = machine(), machine()
    one.branch.pull()
    one.prepare("ada", "ben")
    run = one.branch
    run.begin()
    run.attest([pledge("ada"), pledge("ben")], [])
    laptop.branch.pull()
    laptop.now = NOW + timedelta(seconds=9)
    laptop.journal.forget("ada")
    laptop.branch.begin_anew()
    laptop.branch.push("Forgotten")
    one.send("ada")
    one.send("ben")
    assert run.end("Done") is None
    assert one.is_sent("ben")
    assert b"ada" not in b"".join(files(bare).values())


def test_who_was_forgotten_during_a_run_is_not_named_by_what_it_sends_to_others(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, laptop = machine(), machine()
    one.branch.pull()
    peers = (Peer("ada", "lumen-lab/starcharts"), Peer("chiyo", "lumen-lab/starcharts"))
    one.journal.record_week(WEEK, [(build_digest(student="ben", week=WEEK, peers=peers), ISSUE)])
    run = one.branch
    run.begin()
    run.attest([pledge("ben")], [])
    laptop.branch.pull()
    laptop.now = NOW + timedelta(seconds=9)
    laptop.journal.forget("ada")
    laptop.branch.begin_anew()
    laptop.branch.push("Forgotten")
    one.send("ben")
    assert run.end("Done") is None
    assert b'"ada"' not in b"".join(files(bare).values())
    (entry,) = one.journal.entries(WEEK)
    assert [each.login for each in entry.digest.peers] == ["chiyo"]
    assert one.is_sent("ben")


def test_what_lies_on_the_branch_elsewhere_than_we_would_put_it_is_kept(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other = machine(), machine()
    one.prepare("ada")
    one.branch.push("First")
    remote = GitRemote(str(bare))
    seen = remote.fetch(BRANCH)
    assert seen is not None
    moved = {"digests/2026-W47.jsonl": None, "digests.jsonl": seen.files["digests/2026-W47.jsonl"]}
    remote.push(BRANCH, moved, Change(seen, "Moved by hand", NOW))
    other.branch.pull()
    other.stop("ada")
    other.branch.push("Second")
    last = machine()
    last.branch.pull()
    assert last.journal.entries(WEEK) == one.journal.entries(WEEK)
    assert "digests/2026-W47.jsonl" in files(bare)


def test_a_protected_branch_stops_a_run_before_it_sends(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine()
    one.branch.pull()
    one.prepare("ada")
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    run = one.branch
    run.begin()
    with pytest.raises(JournalError, match="declined"):
        run.attest([pledge("ada")], [])


def test_a_remote_that_is_gone_after_the_run_is_an_error_of_the_journal(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one = machine()
    one.branch.pull()
    one.stop("ada")
    run = one.branch
    run.begin()
    bare.rename(bare.with_name("gone"))
    trouble = run.end("Done")
    assert trouble is not None
    assert trouble.exit_code == 6
    assert one.has_stop("ada")


def test_what_was_told_is_kept_before_the_world_hears_of_it_and_only_by_who_has_the_lease(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other, last = machine(), machine(), machine()
    for each in (one, other):
        each.branch.pull()
    one.stop("ada")
    one.branch.keep("Told by form")
    last.branch.pull()
    assert last.has_stop("ada")
    other.stop("ben")
    run = other.branch
    with pytest.raises(JournalError, match="Another run"):
        run.keep("Told by form")
    assert run.end("Done") is None
    assert log(bare) == ["Told by form"]


def test_a_rebuilding_that_was_cut_short_does_not_hide_that_the_branch_is_lost(
    machine: Callable[..., Machine],
) -> None:
    one = machine(has_posts=True)
    one.branch.pull()
    one.stop("ada")
    assert one.branch.pull().is_lost
    with pytest.raises(JournalError, match="not known here"):
        one.branch.begin()


def test_a_live_run_on_a_journal_that_ignores_the_branch_is_refused_with_the_way_out(
    machine: Callable[..., Machine],
) -> None:
    one, empty, full = machine(), machine(), machine()
    one.stop("ada")
    one.branch.push("First")
    full.stop("ben")
    for each in (empty, full):
        with pytest.raises(JournalError, match="never knew it") as caught:
            each.branch.begin()
        assert "`foothold state pull`" in caught.value.advice
    empty.branch.pull()
    empty.branch.begin()
    full.branch.push("Joined")
    full.branch.begin()
    assert full.has_stop("ada")


def test_a_damaged_branch_is_given_up_by_the_line_that_its_error_names(
    machine: Callable[..., Machine], bare: Path
) -> None:
    one, other = machine(), machine(has_posts=True)
    one.stop("ada")
    one.branch.push("First")
    remote = GitRemote(str(bare))
    remote.push(BRANCH, {"stops.jsonl": b"{"}, Change(remote.fetch(BRANCH), "By hand", NOW))
    with pytest.raises(JournalError, match="line 1") as caught:
        other.branch.pull()
    advice = caught.value.advice
    order = [advice.index(one) for one in (f"--delete {BRANCH}", "pull`", "rebuild`", "push`")]
    assert order == sorted(order)
    run_git(["update-ref", "-d", f"refs/heads/{BRANCH}"], bare)
    assert other.branch.pull().is_lost
    other.prepare("ada")
    other.branch.remember()
    assert other.branch.push("Rebuilt")
