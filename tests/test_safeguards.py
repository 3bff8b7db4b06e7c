import pytest

from bot.errors import ConfigurationError, DeliveryError
from bot.safeguards import (
    numbers_of,
    repositories_of,
    require_consent,
    require_known_places,
    require_mentors,
    require_place,
    require_private,
    require_real_club,
    require_volume,
)
from bot.schedule import channel_of
from tests.builders_core import build_club, build_student

ADA = build_student("ada-example")
BEA = build_student("bea-example", public=True)
CLEO = build_student("cleo-example", channel="file")


def test_an_example_club_posts_to_a_sandbox_only():
    require_real_club(build_club(example=True), is_loopback=True)
    with pytest.raises(ConfigurationError) as refused:
        require_real_club(build_club(example=True), is_loopback=False)

    assert "example" in refused.value.message
    assert "remove that line" in refused.value.advice


@pytest.mark.parametrize("is_loopback", [True, False])
def test_a_real_club_posts_anywhere(is_loopback):
    assert require_real_club(build_club(), is_loopback=is_loopback) is None


def test_posting_needs_a_repository_and_a_token():
    club = build_club(repository="campus-club/digests")

    assert require_place(club, "a token") is None
    with pytest.raises(ConfigurationError, match="token"):
        require_place(club, None)
    with pytest.raises(ConfigurationError, match="repository"):
        require_place(build_club(), "a token")


def test_a_public_repository_takes_only_those_who_agreed():
    assert require_consent([BEA], "campus-club/digests") is None
    with pytest.raises(ConfigurationError) as refused:
        require_consent([CLEO, BEA, ADA], "campus-club/digests")

    assert "ada-example, cleo-example did not agree" in refused.value.message
    assert "bea-example" not in refused.value.message
    assert "public: true" in refused.value.advice


MENTORS = [{"github": "grace-example"}]


@pytest.mark.parametrize("review", ["notify", "approve"])
def test_a_review_needs_mentors_and_a_repository(review):
    with pytest.raises(ConfigurationError, match="names none"):
        require_mentors(build_club(review=review, repository="o/r"))
    with pytest.raises(ConfigurationError, match="needs a repository"):
        require_mentors(build_club(review=review, mentors=MENTORS))
    require_mentors(build_club(review=review, mentors=MENTORS, private_repository="o/p"))
    require_mentors(build_club())


def test_review_posts_stand_in_no_public_repository():
    require_private("o/r", is_private=True)
    with pytest.raises(ConfigurationError, match="o/r is public"):
        require_private("o/r", is_private=False)


def test_the_numbers_of_a_students_issues_are_read_from_places():
    places = [
        "https://github.com/Campus-Club/Digests/issues/7#issuecomment-70",
        "https://github.com/campus-club/digests/issues/9",
        "https://github.com/campus-club/elsewhere/issues/8",
        "out/2026-W47/ada-example.md",
        "mail <12@example.org>",
    ]

    assert numbers_of(places, "campus-club/digests") == {7, 9}


def test_a_first_run_may_begin_with_both_repositories_and_a_later_one_not():
    require_known_places(["o/r", "o/p"], [])
    require_known_places(["o/r", "o/p"], ["O/R"])
    with pytest.raises(DeliveryError, match="2 new repositories"):
        require_known_places(["o/r", "o/p"], ["o/old"])


@pytest.mark.parametrize("channel", ["issue", "file"])
def test_a_student_without_a_channel_has_the_clubs(channel):
    assert channel_of(build_club(channel=channel), ADA) == channel


def test_a_students_own_channel_wins():
    assert channel_of(build_club(channel="issue"), CLEO) == "file"


@pytest.mark.parametrize(("n_wanted", "n_students"), [(0, 0), (1, 1), (2, 1), (400, 200)])
def test_a_run_of_ordinary_size_may_send(n_wanted, n_students):
    assert require_volume(n_wanted, n_students) is None


@pytest.mark.parametrize(("n_wanted", "n_students"), [(1, 0), (3, 1), (401, 200)])
def test_a_run_that_wants_to_send_too_much_stops_and_says_so(n_wanted, n_students):
    with pytest.raises(DeliveryError, match=f"would send {n_wanted} digests") as refused:
        require_volume(n_wanted, n_students)
    assert refused.value.exit_code == 5


def test_a_run_may_begin_in_one_new_repository():
    wanted, known = ["campus-club/Digests", "campus-club/mentors"], ["Campus-Club/digests"]
    assert require_known_places(["campus-club/digests"], []) is None
    assert require_known_places(wanted, known) is None


def test_the_places_of_posts_name_their_repositories():
    places = [
        "https://github.com/campus-club/digests/issues/1#issuecomment-2",
        "https://github.com/campus-club/digests/issues/3",
        "out/2026-W47/ada-example.json",
        "mail <2026-W47.0@example.org>",
    ]
    assert repositories_of(places) == {"campus-club/digests"}


def test_a_run_that_would_begin_in_two_repositories_stops():
    with pytest.raises(DeliveryError, match="2 new repositories at once: a-club/x, b-club/y"):
        require_known_places(["b-club/y", "a-club/x"], ["campus-club/digests"])
