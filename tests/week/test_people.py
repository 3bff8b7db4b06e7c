"""A week over sixty scripted projects, by the command line: what digests say of people is so."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import Sandbox
from tests.community.world import SCRIPT, build_world, students
from tests.stage import CLUB, NOW, WEEK, Stage, open_stage

PROJECTS = {one.repository: one for one in SCRIPT}
#: A club of thirty reaches all sixty projects.
LOGINS = students(30)
#: `@login` in the text of a post, which would notify; ours greet nobody so in a thread.
PING = re.compile(r"(?<![\w`/@])@[A-Za-z0-9][\w-]*")


class Told:
    """What a live run over the sixty projects told and cost."""

    def __init__(self, stage: Stage) -> None:
        self.report: dict[str, Any] = json.loads((stage.folder / "report.json").read_text("utf-8"))
        folder = stage.folder / "out" / WEEK
        self.digests = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
        self.texts = [path.read_text("utf-8") for path in folder.glob("*.md")]
        self.picks = [pick for digest in self.digests for pick in digest["picks"]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("people")
    with (
        pytest.MonkeyPatch.context() as patch,
        open_stage(folder, patch, build_world(NOW)) as stage,
    ):
        stage.write_config(LOGINS, CLUB)
        with (folder / "report.json").open("w", encoding="utf-8") as file:
            patch.setattr("sys.stdout", file)
            assert stage.call("run", "--live", "--json", "--out", str(folder / "out")) == 0
        yield Told(stage)


def test_every_fact_of_every_pick_is_the_scripted_one(told: Told) -> None:
    assert len({pick["repository"] for pick in told.picks}) == 60
    wrong = [
        (pick["repository"], key, pick.get(key), wanted)
        for pick in told.picks
        for key, wanted in _wanted(pick["repository"]).items()
        if pick.get(key) != wanted
    ]
    assert wrong == []


def _wanted(repository: str) -> dict[str, Any]:
    """What the script says of a project, as the digest's JSON tells it."""
    project = PROJECTS[repository]
    hours, share = project.median_reply_hours, project.merged_share
    return {
        "welcome": {
            "median_reply_hours": hours if hours is None else pytest.approx(hours),
            "newcomers_merged": share if share is None else pytest.approx(share),
        },
        "channels": [{"kind": kind, "url": url} for kind, url in project.places],
        "claiming": project.claiming,
        "ai_policy": project.ai_policy,
        "guide": project.guide,
        "conduct": project.conduct,
        "command": project.command or None,
    }


def test_the_people_of_a_pick_are_those_who_answered_newcomers_there(told: Told) -> None:
    for pick in told.picks:
        scripted = PROJECTS[pick["repository"]].answerers[:3]
        assert [one["login"] for one in pick["people"]] == [login for login, _ in scripted]
        for one, (_, n) in zip(pick["people"], scripted, strict=True):
            assert f"gave {n} of the last " in one["why"]


def test_questions_are_scripted_ones_that_nobody_answered(told: Told) -> None:
    asked = [question for digest in told.digests for question in digest["questions"]]
    assert asked
    for one in asked:
        assert (one["title"], one["url"]) in PROJECTS[one["repository"]].questions
    assert all(len(digest["questions"]) <= 2 for digest in told.digests)


def test_nothing_pings_and_no_login_stands_there_but_of_those_who_acted_in_public(
    told: Told,
) -> None:
    known = {person for one in SCRIPT for person in _acted(one)} | LOGINS.keys()
    for text in told.texts:
        assert PING.findall(text) == []
        assert set(re.findall(r"[a-z0-9-]+-example\b", text)) <= known


def _acted(project: Any) -> set[str]:
    """Who answered newcomers in a project, by the script."""
    return {login for login, _ in project.answerers}


def test_a_first_step_is_made_of_facts_and_asks(told: Told) -> None:
    for pick in told.picks:
        step = pick["first_step"]
        assert "?" in step
        assert pick["title"] not in step
        if pick["claiming"] == "assign-command":
            assert PROJECTS[pick["repository"]].command.lstrip("@") in step


def test_what_it_cost_is_told_and_is_little(told: Told) -> None:
    cost = told.report["harvest"]["by_step"]["community"]
    # One question for profiles, at most six pull requests of each, one search for twenty.
    assert 0 < cost["points"] <= 1 + 4 + 3
    assert cost["points"] <= 0.5 * len(LOGINS)


def test_a_dry_run_a_week_later_asks_for_nobody_again(told: Told, tmp_path: Path) -> None:
    """Kept knowledge is fresh for weeks, so only questions are searched for."""
    with (
        pytest.MonkeyPatch.context() as patch,
        open_stage(tmp_path, patch, build_world(NOW)) as one,
    ):
        one.write_config({login: LOGINS[login] for login in list(LOGINS)[:2]}, CLUB)
        assert one.call("run") == 0
        first = _asked(one.sandbox)
        one.sandbox.requests.clear()
        assert one.call("run", now=NOW + timedelta(days=1)) == 0
    assert first["ReadProfiles"] == 1
    assert _asked(one.sandbox).get("ReadProfiles", 0) == 0
    assert told.digests


def _asked(sandbox: Sandbox) -> dict[str, int]:
    return dict(Counter(one.kind.removeprefix("graphql ") for one in sandbox.requests))
