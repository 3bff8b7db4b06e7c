"""`foothold interests` proposes lines that a student's file takes as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.sandbox.world import World
from tests.stage import NOW, Stage, open_stage


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    world = World(NOW)
    world.add_user("zoe-example")
    world.add_repository(
        "zoe-example/tide",
        languages={"C++": 9, "Makefile": 1},
        topics=("astronomy", "hacktoberfest"),
    )
    kelp = world.add_repository("octo/kelp", language="Rust", topics=("astronomy",))
    world.star(kelp, "zoe-example")
    world.add_user("empty-example")
    with open_stage(tmp_path, monkeypatch, world) as opened:
        opened.write_config({"ada-example": "languages: [Python]\n"})
        yield opened


def test_what_a_profile_points_to_is_proposed_with_why_and_what_it_cost(stage, capsys):
    assert stage.call("interests", "zoe-example") == 0
    out, err = capsys.readouterr()
    assert yaml.safe_load(out) == {"languages": ["C++", "Rust"], "interests": ["astronomy"]}
    assert "# C++: 1 of their own\n" in out
    assert "# astronomy: 1 of their own and 1 starred\n" in out
    assert "3 of GitHub's points" in err


def test_an_empty_profile_is_said_to_be_empty(stage, capsys):
    assert stage.call("interests", "empty-example") == 0
    assert "Nothing public" in capsys.readouterr().out


def test_an_unknown_login_is_named(stage, capsys):
    assert stage.call("interests", "nobody-example") == 2
    assert "GitHub knows nobody called 'nobody-example'" in capsys.readouterr().err


def test_without_a_token_nothing_is_asked(stage, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN")
    assert stage.call("interests", "zoe-example") == 3
    assert "HARVEST_TOKEN" in capsys.readouterr().err
