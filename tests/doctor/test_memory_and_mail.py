"""What the journal says of missing weeks and doubts; what is missing to mail with."""

from datetime import timedelta

import pytest

from bot.doctor.finding import Seen, Severity
from bot.doctor.mail import SECRETS, MailSeen, judge_mail
from bot.doctor.memory import Doubt, MemorySeen, judge_last, judge_memory
from bot.terms import ChannelName
from tests.stage import NOW, WEEK

BOTH = frozenset(SECRETS)


def ago(days: float):
    return NOW - timedelta(days=days)


def wrong(seen: MemorySeen):
    return [one for one in judge_memory(seen, NOW) if one.severity is not Severity.OK]


@pytest.mark.parametrize(("days", "severity"), [(7, "ok"), (9, "ok"), (9.5, "fault")])
def test_a_week_without_a_digest_is_a_fault(days, severity):
    assert judge_last(MemorySeen(delivered_at=ago(days)), NOW).severity == severity


def test_where_nobody_expects_one_nothing_is_late():
    seen = MemorySeen(delivered_at=ago(50), expects_weekly=False)
    assert wrong(seen) == []


def test_an_empty_journal_is_not_called_right():
    [found] = wrong(MemorySeen(is_empty=True))
    assert found.severity is Severity.UNSEEN


def test_picks_that_nobody_followed_are_told():
    [found] = wrong(MemorySeen(delivered_at=ago(3), learned_at=ago(12)))
    assert (found.what, found.todo) == (
        "Picks were last followed 12 days ago.",
        "foothold learn --live",
    )


def test_a_mail_in_doubt_comes_with_the_line_that_releases_it():
    doubts = tuple(
        Doubt(WEEK, login, ChannelName.EMAIL) for login in ("ben-example", "ada-example")
    )
    [found] = wrong(MemorySeen(delivered_at=ago(1), doubts=doubts))
    assert found.severity is Severity.FAULT
    assert found.todo.endswith(
        f"foothold deliver --live --week {WEEK} --resend ada-example --resend ben-example"
    )


def test_a_post_in_doubt_is_looked_up_by_the_next_run():
    doubt = Doubt(WEEK, "ada-example", ChannelName.ISSUE)
    [found] = wrong(MemorySeen(delivered_at=ago(1), doubts=(doubt,)))
    assert (found.severity, found.names) == (Severity.WARNING, ())


def test_who_did_not_confirm_is_told():
    [found] = wrong(MemorySeen(delivered_at=ago(1), unconfirmed=("ada-example",)))
    assert found.names == ("ada-example",)


@pytest.mark.parametrize(
    ("here", "secrets", "severities"),
    [
        (BOTH, Seen(BOTH), ["ok", "ok"]),
        (BOTH, Seen(frozenset()), ["ok"]),
        (BOTH, Seen(blind="no right"), ["ok"]),
        (frozenset(), Seen(BOTH), ["ok"]),
        (frozenset(), Seen(blind="no right"), ["unseen"]),
        (frozenset(), Seen(frozenset({"FOOTHOLD_KEY"})), ["fault"]),
        (BOTH, Seen(frozenset({"FOOTHOLD_KEY"})), ["ok", "fault"]),
    ],
)
def test_the_two_secrets_are_looked_for_here_and_there(here, secrets, severities):
    seen = MailSeen(n_readers=2, here=here, stored=secrets)
    assert [one.severity for one in judge_mail(seen)] == severities


def test_a_club_that_mails_nobody_needs_no_secret():
    assert list(judge_mail(MailSeen(0, frozenset(), Seen(frozenset())))) == []


def test_keys_that_do_not_belong_together_are_told():
    seen = MailSeen(1, BOTH, Seen(blind="no"), wrong=("They do not belong together.", "Mend it."))
    assert [(one.severity, one.todo) for one in judge_mail(seen)] == [("fault", "Mend it.")]
