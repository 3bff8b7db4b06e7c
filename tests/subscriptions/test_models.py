"""What a club and a student may write, and what it becomes."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.subscriptions.club import Club, Review
from bot.subscriptions.student import Skill, Subscription
from bot.terms import ChannelName, Kind, Level
from tests.subscriptions.folder import Folder

EVERYTHING = """\
name: Ada
languages: {python: fluent, golang: learning}
interests: [data visualization, データ, 2048, no]
level: intermediate
kinds: [design, triage]
hours: 1.5
avoid: {repositories: [octo/repo], owners: [octo-org], topics: [crypto]}
channel: file
email: age:c2VhbGVk
confirmed: 0815
every: 4 weeks
picks: 2
locale: es
peers: yes
public: on
paused_until: 2026-12-01
"""


def test_every_key_of_a_student_is_read(folder: Folder) -> None:
    (ada,) = folder.student(EVERYTHING).read().students
    assert ada.login == "ada"
    assert ada.languages == {"Python": Skill.FLUENT, "Go": Skill.LEARNING}
    assert ada.interests == ("data visualization", "データ", "2048", "no")
    assert (ada.level, ada.kinds, ada.hours) == (
        Level.INTERMEDIATE,
        (Kind.DESIGN, Kind.TRIAGE),
        1.5,
    )
    assert (ada.avoid.repositories, ada.avoid.owners) == (("octo/repo",), ("octo-org",))
    assert (ada.channel, ada.confirmed, ada.every) == (ChannelName.FILE, "0815", "4 weeks")
    assert (ada.picks, ada.locale, ada.peers, ada.public) == (2, "es", True, True)
    assert ada.paused_until == date(2026, 12, 1)


def test_a_student_needs_one_wish_only_and_the_rest_has_defaults(folder: Folder) -> None:
    (ada,) = folder.student("interests: [maps]\n").read().students
    assert (ada.called, ada.level, ada.hours, ada.picks) == ("ada", Level.BEGINNER, 3, None)
    assert ada.kinds == (Kind.CODE, Kind.DOCS, Kind.TESTS)
    assert (ada.peers, ada.public, ada.channel) == (False, False, None)


def test_a_key_without_a_value_is_left_out(folder: Folder) -> None:
    (ada,) = (
        folder.student("interests: [maps]\nlevel:\npicks: ~\navoid:\n  owners:\n").read().students
    )
    assert (ada.level, ada.picks, ada.avoid.owners) == (Level.BEGINNER, None, ())


def test_languages_of_a_list_are_fluent_and_spelt_as_github_does() -> None:
    ada = Subscription(login="ada", languages=["js", "C#", "JavaScript"])
    assert ada.languages == {"JavaScript": Skill.FLUENT, "C#": Skill.FLUENT}


def test_a_student_who_wishes_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="name at least one language or one interest"):
        Subscription(login="ada")


def test_a_subscription_cannot_be_changed() -> None:
    ada = Subscription(login="ada", interests=("maps",))
    with pytest.raises(ValidationError):
        ada.level = Level.BEGINNER


@pytest.mark.parametrize("login", ["", "-a", "a-", "a--b", "a_b", "a b", "@a", "x" * 40, "a\nb"])
def test_a_login_that_github_would_refuse_is_refused(login: str) -> None:
    with pytest.raises(ValidationError):
        Subscription(login=login or " ", interests=("maps",))


CLUB = """\
name: Campus Club
repository: campus-club/digests
timezone: America/Puerto_Rico
picks: 4
channel: issue
locale: es
post: weekly
review: off
review_hours: 12
on_silence: hold
points_budget: 300
mentors:
  - github: grace-example
    students: [ada]
  - github: alan
exclude: {repositories: [a/b], owners: [c], topics: [d]}
sender: "Campus Club <digest@example.org>"
reply_to: officer@example.org
public_key: age1qqq
unsubscribe_url: https://example.org/leave
posters: ["digest-app[bot]", officer]
private_repository: campus-club/mentors
events: [config/events.yaml]
example: true
"""


def test_every_key_of_a_club_is_read(folder: Folder) -> None:
    (folder.root / "events.yaml").write_text("events: []\n", encoding="utf-8")
    club = folder.student("interests: [maps]\n").club(CLUB).read().club
    assert set(Club.model_fields) == club.model_fields_set
    assert club.review is Review.OFF
    assert club.zone == ZoneInfo("America/Puerto_Rico")
    assert [mentor.students for mentor in club.mentors] == [("ada",), "all"]
    assert club.exclude.topics == ("d",)
    assert club.posters == ("digest-app[bot]", "officer")


def test_a_club_needs_a_name_only() -> None:
    club = Club(name="C")
    assert (club.picks, club.channel, club.points_budget) == (5, ChannelName.ISSUE, 700)
    assert (club.review, club.on_silence, club.timezone) == (Review.OFF, "send", "UTC")
    assert not club.example


def test_the_word_off_means_off_even_where_yaml_made_it_false() -> None:
    assert Club(name="C", review=False).review is Review.OFF


@pytest.mark.parametrize("sender", ["a@b.org", "Club <a@b.org>", '"Club, Inc." <a@b.org>'])
def test_a_sender_is_an_address_with_or_without_a_name(sender: str) -> None:
    assert Club(name="C", sender=sender).sender == sender


@pytest.mark.parametrize("sender", ["Club", "Club <a>", "a@b, c@d", "a@b\nBcc: c@d"])
def test_a_sender_that_is_no_one_address_is_refused(sender: str) -> None:
    with pytest.raises(ValidationError, match="is no e-mail address"):
        Club(name="C", sender=sender)
