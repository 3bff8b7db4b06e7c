"""The history beside the configuration is read, and `check` says what is no part of it."""

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.history.figures import WeekFigures
from bot.history.shelf import name_of, read_history, require_history
from bot.history.tally import Records, tally
from bot.terms import Week


def figures_of(week: str) -> WeekFigures:
    return tally(Records(Week.parse(week), "1.0", (), ()))


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_weeks_are_read_oldest_first(tmp_path):
    for week in ("2026-W47", "2026-W09"):
        put(tmp_path, name_of(week), figures_of(week).to_json())

    weeks, problems = read_history(tmp_path)

    assert [one.week for one in weeks] == ["2026-W09", "2026-W47"]
    assert problems == ()
    assert require_history(tmp_path) == 2


def test_a_club_without_a_history_has_none(tmp_path):
    assert require_history(tmp_path) == 0


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("2026-W47.json", "{}", "week: Field required"),
        ("2026-W47.json", "no JSON", "Invalid JSON"),
        ("2026-W47.json", figures_of("2026-W46").to_json(), "the file tells of 2026-W46"),
        ("2026-W99.json", figures_of("2026-W47").to_json(), "week"),
        ("notes.txt", "hello", "this is no week's file"),
        ("2026-W47.json", "[" * 70_000, "larger than 64 KiB"),
    ],
)
def test_what_is_no_week_is_a_problem_with_its_place(name, text, wrong, tmp_path):
    put(tmp_path, f"history/{name}", text)
    with pytest.raises(ConfigurationError) as told:
        require_history(tmp_path)
    [problem] = told.value.problems
    assert problem.startswith(f"{tmp_path.as_posix()}/history/{name}:1: ")
    assert wrong in problem


def test_hidden_files_are_nobodys_concern(tmp_path):
    put(tmp_path, "history/.gitkeep", "")
    assert read_history(tmp_path) == ((), ())
