import pytest
from github import GithubException, UnknownObjectException

from bot.sandbox.world import World

from .conftest import DIGESTS, PROJECT, Connect


def test_a_label_is_created_once_and_found_in_any_case(connect: Connect, world: World):
    repository = connect().get_repo(DIGESTS)

    repository.create_label("Digest", "c5def5")

    assert repository.get_label("digest").color == "c5def5"
    assert [label.name for label in repository.get_labels()] == ["Digest"]
    assert world.writes[-1]["act"] == "create_label"
    with pytest.raises(GithubException) as refusal:
        repository.create_label("DIGEST", "000000")
    assert refusal.value.data["errors"][0]["code"] == "already_exists"


def test_a_missing_label_is_not_found(connect: Connect):
    with pytest.raises(UnknownObjectException):
        connect().get_repo(DIGESTS).get_label("none such").color  # noqa: B018


def test_labels_of_an_issue_are_added_set_and_removed(connect: Connect):
    issue = connect().get_repo(DIGESTS).create_issue("Digest", labels=["a"])

    issue.add_to_labels("b", "c d/e")
    assert [label.name for label in issue.get_labels()] == ["a", "b", "c d/e"]
    issue.remove_from_labels("A")
    issue.set_labels("b", "f")
    assert [label.name for label in issue.get_labels()] == ["b", "f"]
    issue.delete_labels()
    assert list(issue.get_labels()) == []


def test_a_label_that_is_not_on_cannot_come_off(connect: Connect):
    issue = connect().get_repo(DIGESTS).create_issue("Digest")

    with pytest.raises(UnknownObjectException):
        issue.remove_from_labels("never")


def test_a_stranger_may_not_label(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect("ada").get_repo(PROJECT).get_issue(1).add_to_labels("mine")

    assert refusal.value.status == 403


def test_an_emoji_label_survives_the_way_there_and_back(connect: Connect):
    repository = connect().get_repo(DIGESTS)

    repository.create_label("👶 good first issue", "ffffff")

    assert repository.get_label("👶 good first issue").name == "👶 good first issue"
