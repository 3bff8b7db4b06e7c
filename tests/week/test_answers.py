"""What a student answers changes their next picks, as `foothold explain` says, and fades."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.things import Issue
from bot.sandbox.world import World
from tests.stage import CLUB_REPOSITORY, NOW, Stage, open_stage

WEEK = timedelta(weeks=1)
ADA, BEN = "ada-example", "ben-example"
STUDENTS = {ADA: "languages: [Go]\npicks: 3\n", BEN: "languages: [Rust]\npicks: 3\n"}
TOPICS = ("sailing", "cooking", "chess", "gardening")
WORDS = (
    *("mast", "keel", "rudder", "tiller", "jib", "boom"),
    *("hull", "deck", "oar", "anchor", "winch", "cleat"),
)


def world_of_projects() -> World:
    """Twelve projects in Go and twelve in Rust, three of each topic, an issue each."""
    world = World(NOW)
    for language in ("Go", "Rust"):
        for place, word in enumerate(WORDS):
            repository = world.add_repository(
                f"{TOPICS[place % 4]}-{language.lower()}-{place}/{word}",
                language=language,
                stars=99,
                description="Things.",
                topics=(TOPICS[place % 4],),
                pushed_at=NOW,
            )
            world.open_issue(
                repository,
                "marisol-example",
                f"Explain the {word} {word}",
                "Look, measure, draw.\n" * 40,
                ("good first issue",),
            )
    return world


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, world_of_projects()) as opened:
        opened.write_config(STUDENTS)
        yield opened


def run(stage: Stage, now: datetime = NOW, *arguments: str) -> None:
    out = str(stage.folder / "out")
    assert stage.call("run", "--out", out, *arguments, now=now) == 0


def digest(stage: Stage, week: str, login: str = ADA) -> dict:
    return json.loads((stage.folder / "out" / week / f"{login}.json").read_text("utf-8"))


def offered(stage: Stage, week: str, login: str = ADA) -> list[str]:
    """The projects of a digest's picks."""
    return [pick["repository"] for pick in digest(stage, week, login)["picks"] if not pick["spare"]]


def thread(stage: Stage, login: str = ADA) -> Issue:
    issues = stage.world.issues[CLUB_REPOSITORY].values()
    return next(one for one in issues if f"thread student={login} " in (one.body or "")[:99])


def say(stage: Stage, body: str, author: str = ADA, after: timedelta = WEEK / 7) -> None:
    stage.world.set_now(NOW + after)
    stage.world.comment(thread(stage), author, body)


def topic_of(repository: str) -> str:
    return repository.partition("-")[0]


def explained(stage: Stage, capsys, issue: str, now: datetime) -> tuple[float, str]:
    """What answers add to an issue, and why, as `foothold explain` prints it."""
    capsys.readouterr()
    assert stage.call("explain", ADA, issue, now=now) == 0
    told = " ".join(capsys.readouterr().out.split())
    row = re.search(r"answers ([+-]\d\.\d\d) (you .*?\))", told)
    return (float(row[1]), row[2]) if row else (0.0, "")


def test_more_moves_next_weeks_picks_by_what_explain_says(stage: Stage, capsys) -> None:
    run(stage, NOW, "--live")
    first = offered(stage, "2026-W47")
    wanted = topic_of(first[2])
    say(stage, "/more 3")

    run(stage, NOW + WEEK, "--live")

    picks = [one for one in digest(stage, "2026-W48")["picks"] if not one["spare"]]
    best = picks[0]
    assert topic_of(best["repository"]) == wanted
    said = {
        one["repository"]: (one["contribution"], one["text"])
        for one in ({**reason, **pick} for pick in picks for reason in pick["reasons"])
        if one["feature"] == "answers"
    }
    assert said.keys() == {p["repository"] for p in picks if topic_of(p["repository"]) == wanted}
    share, why = explained(stage, capsys, f"{best['repository']}#{best['number']}", NOW + WEEK)
    assert share == pytest.approx(said[best["repository"]][0], abs=0.005)
    assert (share > 0.4, why) == (True, said[best["repository"]][1])
    assert why == f"you asked for more like a pick of {wanted} (fades within 21 weeks)"


def test_less_of_a_topic_keeps_it_away_and_less_of_a_pick_moves_its_kin_down(
    stage: Stage, capsys
) -> None:
    run(stage, NOW, "--live")
    first = offered(stage, "2026-W47")
    away, down = topic_of(first[0]), topic_of(first[1])
    say(stage, f"/less {away}\n/less 2")

    run(stage, NOW + WEEK, "--live")

    after = digest(stage, "2026-W48")
    topics = [topic_of(one) for one in offered(stage, "2026-W48")]
    assert away not in topics
    assert down not in topics
    assert after["dropped"]["avoided"] == 2
    kin = next(
        f"{name}#1"
        for name in sorted(one.name_with_owner for one in stage.world.repositories.values())
        if name.startswith(f"{down}-go") and name != first[1]
    )
    share, why = explained(stage, capsys, kin, NOW + WEEK)
    assert share < -0.4
    assert why.startswith(f"you asked for less like a pick of {down} ")


def test_an_answer_fades_each_week_and_is_gone(stage: Stage, capsys) -> None:
    run(stage, NOW, "--live")
    other = next(one for one in TOPICS if one not in map(topic_of, offered(stage, "2026-W47")))
    say(stage, f"/more {other}")
    run(stage, NOW + WEEK, "--live")
    issue = f"{offered(stage, '2026-W48')[0]}#1"
    assert topic_of(issue) == other

    said = [explained(stage, capsys, issue, NOW + n * WEEK)[0] for n in (1, 3, 6, 12, 20, 27)]

    assert said == sorted(set(said), reverse=True)
    assert said[0] > 0.6
    assert said[-1] == 0


def test_one_students_answers_and_strangers_change_no_other_digest(
    stage: Stage, tmp_path_factory, monkeypatch
) -> None:
    run(stage, NOW, "--live")
    say(stage, "/more 3\n/less sailing")
    say(stage, "/less chess\n/stop", author=BEN)
    run(stage, NOW + WEEK, "--live")
    spoken = digest(stage, "2026-W48", BEN)

    other = tmp_path_factory.mktemp("silent")
    with open_stage(other, monkeypatch, world_of_projects()) as silent:
        silent.write_config(STUDENTS)
        run(silent, NOW, "--live")
        run(silent, NOW + WEEK, "--live")
        quiet = digest(silent, "2026-W48", BEN)
        assert offered(silent, "2026-W48") != offered(stage, "2026-W48")
    assert spoken["picks"] == quiet["picks"]
    assert spoken["dropped"] == quiet["dropped"]


def test_what_another_puts_into_a_students_comment_is_not_what_they_said(stage: Stage) -> None:
    run(stage, NOW, "--live")
    say(stage, "/more 3")
    comment = (thread(stage).comments or [])[-1]
    run(stage, NOW + WEEK / 7, "--live")
    stage.world.set_now(NOW + WEEK / 6)
    stage.world.edit_comment(comment, "/stop", BEN)
    run(stage, NOW + WEEK, "--live")
    assert topic_of(offered(stage, "2026-W48")[0]) == topic_of(offered(stage, "2026-W47")[2])


def test_a_dry_run_shows_what_a_live_run_would_make_of_answers(stage: Stage) -> None:
    run(stage, NOW, "--live")
    say(stage, "/more 3\n/less sailing")
    run(stage, NOW + WEEK)
    shown = offered(stage, "2026-W48")
    assert [one.body for one in thread(stage).comments or ()][-1].startswith("/more")
    run(stage, NOW + WEEK, "--live")
    assert offered(stage, "2026-W48") == shown


def test_a_stop_and_a_resume_are_told_and_kept(stage: Stage) -> None:
    run(stage, NOW, "--live")
    say(stage, "/stop")
    run(stage, NOW + WEEK, "--live")
    bodies = [one.body for one in thread(stage).comments or ()]
    assert sum("student=ada-example" in body[:99] for body in bodies) == 1
    assert "no digest comes any more" in bodies[-1]
    say(stage, "/resume", after=8 * WEEK / 7)
    run(stage, NOW + 2 * WEEK, "--live")
    bodies = [one.body for one in thread(stage).comments or ()]
    assert sum("student=ada-example" in body[:99] for body in bodies) == 2
    assert sum("your digests come again" in body for body in bodies) == 1
