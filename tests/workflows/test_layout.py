"""A club's own repository has our workflows and forms, with the action's address filled in."""

import pytest
import yaml

from bot.cli.main import call
from bot.commands.layout import UNFILLED, pin_of
from tests.workflows.layout import CLUB, as_a_clubs, layout
from tests.workflows.reading import ROOT, read_workflows

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PINNED = f"campus-example/foothold@{COMMIT}"


def test_the_layout_is_in_step_with_our_own_workflows_and_forms():
    """If not: `uv run python -m tests.workflows.layout`."""
    wanted = dict(layout())
    there = {path.relative_to(CLUB) for path in (CLUB / ".github").rglob("*.yml")}
    assert there == set(wanted)
    assert [place for place in there if (CLUB / place).read_text("utf-8") != wanted[place]] == []


def test_a_clubs_workflows_use_no_code_of_their_own_checkout():
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        steps = yaml.safe_load(as_a_clubs(path.read_text("utf-8")))["jobs"].values()
        used = {step.get("uses", "") for job in steps for step in job["steps"]}
        assert not any(one.startswith("./") for one in used)


def test_init_writes_a_repository_whose_configuration_is_right(tmp_path, monkeypatch, capsys):
    assert call(["init", str(tmp_path), "--action", PINNED]) == 0
    monkeypatch.chdir(tmp_path)
    assert call(["check", "--offline"]) == 0
    assert "0 students, all files are right" in capsys.readouterr().out
    workflows = read_workflows(tmp_path / ".github/workflows")
    used = {step["uses"] for one in workflows for _, step in one.steps if "uses" in step}
    assert {use for use in used if "foothold" in use} == {PINNED}
    everything = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.*ml"))
    assert UNFILLED not in everything


def test_init_writes_nothing_over(tmp_path, capsys):
    (tmp_path / "README.md").write_text("Mine.")
    assert call(["init", str(tmp_path), "--action", PINNED]) == 2
    assert "README.md" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "action", ["campus-example/foothold@main", "foothold", f"{PINNED}; echo", PINNED[:-1]]
)
def test_init_takes_a_whole_commit_only(action, tmp_path, capsys):
    assert call(["init", str(tmp_path / "new"), "--action", action]) == 2
    assert f"`{action}` names no commit" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/campus-example/foothold.git",
        "https://github.com/campus-example/foothold",
        "ssh://git@github.com/campus-example/foothold.git",
    ],
)
def test_the_pin_is_the_commit_that_was_installed(url):
    assert pin_of({"url": url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}) == PINNED


@pytest.mark.parametrize(
    "told",
    [
        {"url": "file:///campus-example/foothold", "dir_info": {"editable": True}},
        {"url": "file:///campus-example/foothold", "vcs_info": {"commit_id": COMMIT}},
        {"url": "https://example.org/foothold.whl", "archive_info": {}},
    ],
)
def test_what_nobody_else_can_fetch_has_no_pin(told):
    assert pin_of(told) is None
