"""Whole weeks of a club that wants its mentors to approve."""

import pytest

from tests.stage import CLUB, CLUB_REPOSITORY, NOW, POSTER, Stage


def _run(stage: Stage, command: str = "run") -> int:
    return stage.call(command, "--live", now=NOW)


APPROVE = CLUB + "review: approve\nmentors: [{github: grace-example}]\n"


def test_a_club_that_wants_approval_gets_nothing_sent_without_it(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"}, APPROVE)
    assert _run(stage) == 0
    assert stage.posts() == []
    assert "waits for grace-example until" in capsys.readouterr().out
    (post,) = stage.world.issues[CLUB_REPOSITORY].values()
    stage.world.comment(post, "mallory-example", "/approve")
    assert _run(stage, command="deliver") == 0
    assert stage.posts() == []
    stage.world.comment(post, "grace-example", "/approve")
    assert _run(stage, command="deliver") == 0
    assert len(stage.posts()) == 1


def test_a_club_that_wants_approval_names_who_may_give_it(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"}, CLUB + "review: approve\n")
    assert _run(stage) == 2
    assert "names none" in capsys.readouterr().err


def test_what_mentors_are_shown_stands_in_no_public_repository(stage: Stage, capsys) -> None:
    student = {"ada-example": "languages: [Python]\npublic: true\n"}
    stage.write_config(student, APPROVE.replace("approve", "notify"))
    repository = stage.world.repository(CLUB_REPOSITORY)
    assert repository is not None
    repository.private = False
    assert _run(stage) == 2
    assert not stage.world.issues.get(CLUB_REPOSITORY)
    assert "private_repository" in capsys.readouterr().err


@pytest.mark.parametrize("is_private", [True, False])
def test_a_mentors_note_stands_on_top_and_in_no_public_post(
    stage: Stage, capsys: pytest.CaptureFixture[str], is_private: bool
) -> None:
    student = {"ada-example": "languages: [Python]\npublic: true\n"}
    stage.write_config(student, APPROVE + "private_repository: campus-club/mentors\n")
    digests = stage.world.repository(CLUB_REPOSITORY)
    assert digests is not None
    digests.private = is_private
    stage.world.add_repository("campus-club/mentors", private=True, collaborators=(POSTER,))
    assert _run(stage) == 0
    (post,) = stage.world.issues["campus-club/mentors"].values()
    stage.world.comment(post, "grace-example", "/note ada The maintainer is a friend.\n/approve")
    assert _run(stage, "deliver") == 0
    assert ("The maintainer is a friend." in stage.post_of("ada-example")) is is_private
    told = [one.body for one in post.comments or ()][-1]
    assert ("stands in public" in told) is not is_private
    assert "grace-example" not in str(stage.repository()) or is_private


def test_who_is_forgotten_leaves_no_trace_and_is_told_which_posts_remain(
    stage: Stage, capsys
) -> None:
    students = {"ada-example": "languages: [Python]\n", "ben-example": "languages: [Go]\n"}
    stage.write_config(students, APPROVE)
    _run(stage)
    (post,) = stage.world.issues[CLUB_REPOSITORY].values()
    stage.world.comment(post, "grace-example", "/approve\n/drop ada 2\n/note ben See you.")
    _run(stage)
    assert len(stage.posts()) == 2

    for login in ("ada-example", "grace-example"):
        capsys.readouterr()
        assert stage.call("forget", login) == 0
        assert post.url in capsys.readouterr().out
        state = (stage.folder / "state.db").read_bytes()
        assert login.encode() not in state
    assert b"ben-example" in state
