"""A student who changes the language keeps the thread, and nothing is sent twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rendering.marker import parse_thread_marker
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, Stage, open_stage
from tests.week.small import small_world

ADA, ENGLISH, SPANISH = "languages: [Go]\npicks: 2\n", "locale: en\n", "locale: es\n"


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, small_world()) as opened:
        opened.write_config({"ada-example": ADA})
        yield opened


def threads(stage: Stage) -> list[str]:
    """The titles of the students' threads."""
    issues = stage.world.issues[CLUB_REPOSITORY].values()
    return [one.title for one in issues if parse_thread_marker(one.body or "")]


def digests(stage: Stage) -> list[str]:
    return [body for _, _, body in stage.posts()]


def greeting(post: str) -> str:
    """The first line that a reader sees."""
    return next(line for line in post.splitlines() if line and not line.startswith("<"))


def test_another_language_is_the_same_thread_and_sends_nothing_twice(stage: Stage) -> None:
    assert stage.call("run", "--live") == 0
    (first,) = digests(stage)

    stage.write_config({"ada-example": ADA + SPANISH})
    assert stage.call("run", "--live") == 0
    assert digests(stage) == [first]

    assert stage.call("run", "--live", now=NOW + timedelta(weeks=1)) == 0
    assert [greeting(one) for one in digests(stage)] == [
        "Hello ada-example,",
        "Hola, ada-example:",
    ]
    assert threads(stage) == ["Digests for ada-example (Test Club)"]


def test_who_says_no_language_gets_the_clubs(stage: Stage) -> None:
    stage.write_config({"ada-example": ADA, "ben-example": ADA + ENGLISH}, CLUB + SPANISH)
    assert stage.call("run", "--live") == 0

    assert [greeting(one) for one in digests(stage)] == [
        "Hola, ada-example:",
        "Hello ben-example,",
    ]
    assert threads(stage) == [
        "Boletines para ada-example (Test Club)",
        "Digests for ben-example (Test Club)",
    ]
    assert stage.call("run", "--live") == 0
    assert len(digests(stage)) == 2


def test_what_a_student_is_shown_by_commands_is_in_their_language(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.write_config({"ada-example": ADA + SPANISH})
    assert stage.call("run", "--live") == 0
    capsys.readouterr()

    assert stage.call("explain", "ada-example", "tidepool-0/mast#1") == 0
    assert "escrito en Go, que ya conoces" in capsys.readouterr().out
    assert stage.call("report", "--student", "ada-example", "--format", "md") == 0
    assert "contribuciones al código abierto" in capsys.readouterr().out
    assert stage.call("show", "ada-example", "--format", "json") == 0
    assert "escrito en Go, que ya conoces" in capsys.readouterr().out
