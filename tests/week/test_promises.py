"""The README's promises where they are easiest to break: between two runs, and over a club."""

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.cli.main import call
from bot.sandbox import faults
from bot.sandbox.fault_nulls import null_field
from bot.sandbox.faults import Match
from bot.sandbox.world import World
from bot.terms import Week
from tests.contracts.steps import deliver, digest_of, record
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, WEEK, Stage, open_stage

DETAILS = Match(operation="ReadDetails")


def _run(stage: Stage, *arguments: str, command: str = "run", now=NOW) -> int:
    return stage.call(command, "--live", "--out", str(stage.folder / "out"), *arguments, now=now)


def _picks(stage: Stage, login: str) -> list[str]:
    text = (stage.folder / "out" / WEEK / f"{login}.json").read_text("utf-8")
    return [
        f"{one['repository']}#{one['number']}"
        for one in json.loads(text)["picks"]
        if not one["spare"]
    ]


def _letters(number: int) -> str:
    """A word of its own for every number: titles that share words are near-duplicates."""
    return "".join(chr(97 + int(digit)) for digit in str(number + 100_000))


def _busy_world(n_projects: int, **facts: object) -> World:
    """A world with a free, well described Python issue in each project."""
    world = World(NOW)
    for number in range(n_projects):
        known = {"stars": 120, "description": "Kites.", "pushed_at": NOW, "language": "Python"}
        repository = world.add_repository(f"lanternworks-{number}/kites", **(known | facts))
        world.open_issue(
            repository,
            "marisol-example",
            " ".join(_letters(number + start) for start in (0, 10_000, 50_000)),
            "Steps: look, tie, draw.\n" * 20,
            ("good first issue",),
        )
    return world


def test_consent_withdrawn_after_preparing_keeps_the_digest_from_a_public_place(stage) -> None:
    repository = stage.world.repository(CLUB_REPOSITORY)
    repository.private = False
    stage.write_config({"ada-example": "languages: [Python]\npublic: true\n"})
    assert _run(stage, command="prepare") == 0
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage, command="deliver") == 2
    assert stage.posts() == []
    stage.write_config({"ada-example": "languages: [Python]\nchannel: file\n"})
    assert _run(stage, command="deliver") == 0
    assert stage.posts() == []
    assert (stage.folder / "out" / WEEK / "ada-example.md").exists()


def test_who_stopped_keeps_nobody_elses_digest_from_a_public_place(stage: Stage) -> None:
    repository = stage.world.repository(CLUB_REPOSITORY)
    repository.private = False
    students = {"ada-example": "languages: [Python]\n", "ben-example": "languages: [Rust]\n"}
    students["ben-example"] += "public: true\n"
    stage.write_config(students)
    assert _run(stage) == 2
    assert stage.call("stop", "ada-example") == 0
    assert _run(stage) == 0
    assert "ada-example" not in str(stage.repository())
    assert len(stage.posts()) == 1


def test_a_pause_after_preparing_keeps_the_digest_back(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage, command="prepare") == 0
    stage.write_config({"ada-example": "languages: [Python]\npaused_until: 2026-12-31\n"})
    assert _run(stage, command="deliver") == 0
    assert stage.posts() == []
    assert "paused until 2026-12-31" in capsys.readouterr().out


def test_a_dry_run_into_a_folder_does_not_count_as_a_delivery_there(stage: Stage) -> None:
    stage.write_config({"ada-example": "languages: [Python]\nchannel: file\n"})
    out = str(stage.folder / "out")
    assert stage.call("run", "--out", out) == 0
    taken = _picks(stage, "ada-example")[0]
    name, _, number = taken.partition("#")
    stage.world.close(stage.world.issue(name, int(number)), "marisol-example", "COMPLETED")
    assert _run(stage) == 0
    assert taken not in _picks(stage, "ada-example")


def test_a_renamed_project_does_not_bring_its_issues_back(tmp_path: Path, monkeypatch) -> None:
    world = _busy_world(3)
    with open_stage(tmp_path, monkeypatch, world) as stage:
        stage.write_config({"ada-example": "languages: [Python]\n"})
        assert _run(stage) == 0
        assert len(_picks(stage, "ada-example")) == 3
        for number in range(3):
            repository = world.repositories[f"lanternworks-{number}/kites"]
            repository.name_with_owner = f"lanternworks-{number}/kite-school"
        world.revision += 1
        assert _run(stage, now=NOW + timedelta(weeks=1)) == 0
        next_week = stage.folder / "out" / "2026-W48" / "ada-example.json"
        assert json.loads(next_week.read_text("utf-8"))["dropped"] == {"seen": 3}


def test_a_failed_question_holds_only_the_digests_that_it_was_about(stage: Stage, capsys) -> None:
    tastes = "languages: [Python, JavaScript, Go]\npicks: 10\n"
    students = {f"s{n}-example": tastes for n in range(8)}
    stage.write_config(students)
    assert _run(stage, command="prepare") == 0
    stage.sandbox.faults.add(faults.not_json_body(), DETAILS, skip=1)
    assert _run(stage, command="deliver", now=NOW) == 3
    n_sent = len(stage.posts())
    assert 0 < n_sent < len(students)
    assert _run(stage, command="deliver") == 0
    assert len(stage.posts()) == len(students)


def test_students_of_one_taste_are_all_served_while_there_is_enough(tmp_path, monkeypatch) -> None:
    students = {f"s{n:02}-example": "languages: [Python]\nchannel: file\n" for n in range(30)}
    with open_stage(tmp_path, monkeypatch, _busy_world(300)) as stage:
        stage.write_config(students)
        assert _run(stage) == 0
        hands = [_picks(stage, login) for login in students]
    assert {len(hand) for hand in hands} == {5}
    everything = [pick for hand in hands for pick in hand]
    assert len(set(everything)) == len(everything)


def test_a_repository_gets_at_most_five_of_a_club_in_a_week_over_all_runs(tmp_path, monkeypatch):
    world = World(NOW)
    repository = world.add_repository(
        "lanternworks/kites", language="Python", stars=99, description="Kites.", pushed_at=NOW
    )
    for number, word in enumerate(
        ["tail", "string", "wind", "frame", "knot", "sail", "reel", "bow"]
    ):
        world.set_now(NOW - timedelta(days=number))
        labels = ("good first issue",)
        world.open_issue(repository, "marisol-example", f"Draw the {word}", "Look.\n" * 70, labels)
    students = {f"s{n}-example": "languages: [Python]\npicks: 1\n" for n in range(8)}
    with open_stage(tmp_path, monkeypatch, world) as stage:
        stage.write_config(students)
        for login in students:
            assert _run(stage, "--student", login) == 0
        picks = [pick for login in students for pick in _picks(stage, login)]
    assert len(picks) == 5


def test_forks_stay_out_although_their_facts_could_not_be_read(tmp_path, monkeypatch) -> None:
    with open_stage(tmp_path, monkeypatch, _busy_world(5, fork=True)) as stage:
        stage.write_config({"ada-example": "languages: [Python]\n"})
        stage.sandbox.faults.add(
            faults.not_json_body(), Match(operation="ReadRepositories"), times=None
        )
        assert _run(stage) == 0
        assert _picks(stage, "ada-example") == []
        text = (stage.folder / "out" / WEEK / "ada-example.json").read_text("utf-8")
    assert json.loads(text)["dropped"] == {"copy": 5}


@pytest.mark.parametrize(("every", "n_expected"), [("week", 4), ("2 weeks", 2), ("4 weeks", 1)])
def test_a_slot_that_came_late_costs_no_week(stage: Stage, every: str, n_expected: int) -> None:
    stage.write_config({"ada-example": f"languages: [Python]\nevery: {every}\n"})
    late = timedelta(days=3)
    monday = NOW + timedelta(days=1)
    for when in (monday + late, monday + timedelta(weeks=1), monday + timedelta(weeks=2)):
        assert _run(stage, now=when) == 0
    assert _run(stage, now=monday + timedelta(weeks=3)) == 0
    assert len(stage.posts()) == n_expected


def test_a_workflows_log_and_summary_hold_totals_and_no_names(
    stage: Stage, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    summary = stage.folder / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    stage.sandbox.faults.add(faults.unprocessable(), Match(method="POST", path="/repos/*/issues"))
    assert _run(stage) == 5
    told = capsys.readouterr()
    assert stage.call("run", "--json") == 0
    as_json = capsys.readouterr()
    assert stage.call("show", "ada-example") == 2
    refused = capsys.readouterr().out
    assert stage.call("explain", "ada-example", "lanternworks/plotwren#303") == 2
    unexplained = capsys.readouterr()
    assert "Run it on your own machine." in unexplained.err
    assert stage.call("show", "ada-example", "--out", str(stage.folder / "shown")) == 0
    shown = capsys.readouterr().out
    written = summary.read_text("utf-8")
    texts = (told.out, told.err, as_json.out, as_json.err, refused, shown, written)
    for text in (*texts, unexplained.out, unexplained.err):
        assert "-example" not in text
    assert "3 sent" in told.out
    assert "| failed | issue | 1 |" in written
    assert (stage.folder / "shown" / WEEK / "ada-example.md").exists()


def test_a_folder_that_cannot_be_written_costs_neither_posts_nor_report(stage, capsys) -> None:
    blocked = stage.folder / "blocked"
    blocked.write_text("a file, not a folder", "utf-8")
    assert stage.call("run", "--live", "--json", "--out", str(blocked / "x")) == 5
    assert len(stage.posts()) == 4
    report = json.loads(capsys.readouterr().out)
    assert Counter(one["status"] for one in report["students"]) == {"sent": 4}


def test_the_report_is_in_utc_whatever_the_zone_of_the_clock(stage: Stage) -> None:
    arguments = ("--now", "2026-11-22T01:23:00-04:00", "--config", str(stage.config))
    assert call(["run", "--live", "--out", str(stage.folder / "out"), *arguments]) == 0
    text = (stage.folder / "out" / WEEK / "ada-example.json").read_text("utf-8")
    assert json.loads(text)["taken_at"] == "2026-11-22T05:23:00Z"


def test_a_doubt_of_an_earlier_week_is_settled_before_anything_new(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\nevery: 2 weeks\n"})
    post = Match(method="POST", path=f"/repos/{CLUB_REPOSITORY}/issues/*/comments")
    listing = Match(method="GET", path=f"/repos/{CLUB_REPOSITORY}/issues/comments")
    stage.sandbox.faults.add(faults.bad_gateway(after_write=True), post)
    # The first two listings look for answers, and for what is posted already.
    stage.sandbox.faults.add(faults.bad_gateway(), listing, skip=2, times=None)
    assert _run(stage) != 0
    assert len(stage.posts()) == 1
    stage.sandbox.faults.clear()
    capsys.readouterr()
    assert _run(stage, now=NOW + timedelta(weeks=1)) == 0
    assert len(stage.posts()) == 1
    assert "gets a digest every 2 weeks" in capsys.readouterr().out


def test_the_points_of_the_searches_do_not_grow_with_the_number_of_students(stage, capsys) -> None:
    points = []
    for n_students in (1, 20):
        (stage.folder / "state.db").unlink(missing_ok=True)
        wish = "languages: [Python]\ninterests: [astronomy]\n"
        stage.write_config({f"s{n}-example": wish for n in range(n_students)})
        assert stage.call("run", "--json") == 0
        points.append(json.loads(capsys.readouterr().out)["harvest"]["points"])
    assert points[0] == points[1] > 0


def test_what_a_corpus_of_listings_does_not_tell_is_not_claimed(tmp_path: Path) -> None:
    listing = {
        "repo": "lanternworks/kites",
        "number": 3,
        "title": "Draw the tail",
        "url": "https://github.com/lanternworks/kites/issues/3",
        "created_at": "2026-11-20T00:00:00Z",
        "seen_at": "2026-11-21T00:00:00+00:00",
        "labels": ["good first issue"],
        "comments": 2,
        "assignees": 0,
        "stars": 90,
        "description": "Kites.",
        "languages": ["Python"],
    }
    corpus = tmp_path / "listings.jsonl"
    corpus.write_text(json.dumps(listing) + "\n", "utf-8")
    config = tmp_path / "config"
    (config / "students").mkdir(parents=True)
    (config / "club.yaml").write_text(CLUB, "utf-8")
    (config / "students" / "ada-example.yaml").write_text("languages: [Python]\n", "utf-8")
    options = ("--config", str(config), "--out", str(tmp_path / "out"))
    assert call(["demo", "--corpus", str(corpus), *options]) == 0
    (made,) = (tmp_path / "out").rglob("ada-example.json")
    text, body = made.read_text("utf-8"), made.with_suffix(".md").read_text("utf-8")
    (pick,) = json.loads(text)["picks"]
    assert pick["free"] is None
    assert "clarity" not in {reason["feature"] for reason in pick["reasons"]}
    assert "could not be seen" in body
    assert "no licence known" in body


def test_a_pick_whose_pull_requests_github_does_not_tell_is_not_sent(stage: Stage) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage, command="prepare") == 0
    assert _picks(stage, "ada-example")
    hidden = null_field("closedByPullRequestsReferences")
    stage.sandbox.faults.add(hidden, DETAILS, times=None)
    assert _run(stage, command="deliver") == 0
    assert _picks(stage, "ada-example") == []
    assert "no longer known to be free" in stage.post_of("ada-example")


def test_a_pick_whose_project_was_archived_since_is_not_sent(stage: Stage) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage, command="prepare") == 0
    taken = _picks(stage, "ada-example")
    name = taken[0].partition("#")[0]
    stage.world.repositories[name.lower()].archived = True
    assert _run(stage, command="deliver") == 0
    sent = _picks(stage, "ada-example")
    assert sent
    assert not [pick for pick in sent if pick.startswith(f"{name}#")]


def test_what_was_sent_is_forgotten_after_twelve_months_and_not_before(stage: Stage) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    state = f"sqlite:///{stage.folder / 'state.db'}"
    weeks = [str(Week.parse(WEEK).before(n)) for n in (54, 53, 1)]
    with SqlJournal.open(state) as journal:
        for number, week in enumerate(weeks):
            digest = digest_of("ada-example", f"lumen-lab/atlas#{number}", week=week)
            record(journal, digest, week=week)
            deliver(journal, "ada-example", week)
    assert _run(stage) == 0
    with SqlJournal.open(state) as journal:
        assert [bool(journal.entry(week, "ada-example")) for week in weeks] == [False, True, True]
