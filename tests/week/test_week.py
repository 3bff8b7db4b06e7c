"""The weekly job on the shipped world, over real HTTP, as an operator runs it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from bot.harvest.source import Step
from tests.played import Played
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, WEEK, Stage

STUDENTS = ("ada-example", "ben-example", "chiyo-example", "diego-example")


def _digest(stage: Stage, login: str) -> dict:
    return json.loads((stage.folder / "out" / WEEK / f"{login}.json").read_text("utf-8"))


def _run(stage: Stage, *arguments: str, command: str = "run", now=NOW) -> int:
    return stage.call(command, "--live", "--out", str(stage.folder / "out"), *arguments, now=now)


def _offered(digest: dict) -> list[str]:
    return [f"{one['repository']}#{one['number']}" for one in digest["picks"] if not one["spare"]]


def test_a_live_run_posts_one_digest_for_every_student(after_run: Stage) -> None:
    stage = after_run
    assert len(stage.posts()) == len(STUDENTS)
    for login in STUDENTS:
        assert _digest(stage, login)["picks"]
        assert stage.post_of(login).startswith("<!-- foothold:v1")


def test_a_second_run_in_the_week_sends_nothing(after_run: Stage, capsys) -> None:
    stage = after_run
    before = stage.posts()
    n_writes = len(stage.world.writes)
    assert _run(stage, now=NOW + timedelta(hours=9)) == 0
    assert stage.posts() == before
    assert len(stage.world.writes) == n_writes
    assert "skipped" in capsys.readouterr().out


def test_prepare_and_deliver_do_together_what_run_does(after_prepare: Stage) -> None:
    stage = after_prepare
    assert stage.posts() == []
    assert _run(stage, command="deliver") == 0
    assert len(stage.posts()) == len(STUDENTS)


def _journal_rows(stage: Stage) -> int:
    engine = create_engine(f"sqlite:///{stage.folder / 'state.db'}")
    with engine.connect() as connection:
        tables = ("digests", "picks", "deliveries")
        counts = [
            connection.execute(text(f"select count(*) from {one}")).scalar() for one in tables
        ]
    engine.dispose()
    return sum(counts)


def test_a_dry_run_posts_nothing_and_records_nothing_but_what_it_found(stage, capsys) -> None:
    assert stage.call("run") == 0
    assert "What comes first?" in capsys.readouterr().out
    assert stage.posts() == []
    assert _journal_rows(stage) == 0
    assert not stage.world.writes


def test_a_second_run_of_the_day_pays_for_no_harvest(stage: Stage, capsys) -> None:
    reports = []
    for _ in range(2):
        assert stage.call("run", "--json") == 0
        reports.append(json.loads(capsys.readouterr().out))
    first, second = (one["harvest"] for one in reports)
    assert first["points"] > 0
    assert second["issues"] == first["issues"]
    paid = {step: cost["points"] for step, cost in second["by_step"].items()}
    assert paid.pop("verification") > 0
    assert set(paid.values()) == {0}


def test_a_dry_run_shows_exactly_what_a_live_run_posts(stage: Stage, capsys) -> None:
    stage.call("run", "--student", "diego-example")
    shown = capsys.readouterr().out
    _run(stage, "--student", "diego-example")
    assert stage.post_of("diego-example") in shown


def test_a_pick_taken_after_preparing_is_replaced_by_a_spare(after_prepare: Stage) -> None:
    stage = after_prepare
    prepared = _digest(stage, "ada-example")
    first = prepared["picks"][0]
    issue = stage.world.issue(first["repository"], first["number"])
    assert issue is not None
    stage.world.comment(issue, "quick-example", "I'd like to work on this, please assign me.")
    assert _run(stage, command="deliver") == 0
    sent = _digest(stage, "ada-example")
    assert _offered(prepared)[0] not in _offered(sent)
    assert len(_offered(sent)) == len(_offered(prepared))
    spares = [f"{one['repository']}#{one['number']}" for one in prepared["picks"] if one["spare"]]
    assert _offered(sent)[-1] == spares[0]


@pytest.mark.parametrize("sign", ["close", "assign", "lock", "pull request", "delete"])
def test_no_pick_is_sent_that_is_not_free_any_more(after_prepare: Stage, sign: str) -> None:
    stage = after_prepare
    first = _digest(stage, "ben-example")["picks"][0]
    world, name = stage.world, f"{first['repository']}#{first['number']}"
    issue = world.issue(first["repository"], first["number"])
    assert issue is not None
    if sign == "close":
        world.close(issue, "maintainer-example", "COMPLETED")
    elif sign == "assign":
        world.assign(issue, "quick-example")
    elif sign == "lock":
        world.edit_issue(issue, "maintainer-example", locked=True)
    elif sign == "pull request":
        world.open_pull_request(issue.repository, "quick-example", "Fix it", closes=(issue.number,))
    else:
        world.delete_issue(issue)
    assert _run(stage, command="deliver") == 0
    assert name not in _offered(_digest(stage, "ben-example"))
    assert name not in stage.post_of("ben-example")


def test_every_sent_pick_was_verified_and_is_free(after_run: Stage) -> None:
    for login in STUDENTS:
        for pick in _digest(after_run, login)["picks"]:
            assert pick["free"] is True
            assert pick["verified_at"] == "2026-11-22T05:23:00Z"


def test_no_issue_goes_to_two_students_or_comes_back_next_week(after_run: Stage) -> None:
    stage = after_run
    seen: list[str] = []
    for weeks in range(3):
        if weeks:
            assert _run(stage, now=NOW + timedelta(weeks=weeks)) == 0
        folder = sorted((stage.folder / "out").iterdir())[weeks]
        for login in STUDENTS:
            seen += _offered(json.loads((folder / f"{login}.json").read_text("utf-8")))
    assert len(seen) == len(set(seen))
    assert len(seen) > 3 * len(STUDENTS)


def test_a_student_without_any_match_gets_a_quiet_week_that_says_why(stage: Stage) -> None:
    students = {"quiet-example": "languages: [Fortran]\n", "ada-example": "languages: [Python]\n"}
    stage.write_config(students)
    assert _run(stage) == 0
    quiet = _digest(stage, "quiet-example")
    assert quiet["considered"] == 0
    assert not quiet["picks"]
    assert "Fortran" in " ".join(quiet["notes"])
    assert "Fortran" in stage.post_of("quiet-example")
    assert _offered(_digest(stage, "ada-example"))


def test_the_report_counts_what_was_searched_dropped_and_sent(sent: Played) -> None:
    report = sent.report
    assert set(report) == {"week", "live", "complete", "harvest", "dropped", "students", "notes"}
    assert report["complete"] is True
    assert set(report["harvest"]["by_step"]) == set(Step)
    assert report["harvest"]["points"] == report["harvest"]["by_step"]["page"]["points"] > 0
    assert [one["status"] for one in report["students"]] == ["sent"] * 4
    assert report["dropped"]["farm"] > 0


def test_the_points_of_a_run_are_those_that_github_counted(sent: Played) -> None:
    steps = sent.report["harvest"]["by_step"]
    assert sum(step["points"] for step in steps.values()) == sent.points > 0


def test_a_budget_that_ends_early_makes_an_incomplete_digest_that_says_so(
    stage: Stage, capsys
) -> None:
    large = stage.world.add_repository("lanternworks/large", language="Python", stars=900)
    for n in range(1_500):
        stage.world.open_issue(large, "marisol-example", f"Draw mast {n}", "Steps.", ("easy",))
    stage.write_config({"ada-example": "languages: [Python, Go]\n"}, CLUB + "points_budget: 40\n")
    assert _run(stage, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["complete"] is False
    assert any("issues of Python created until" in note for note in report["notes"])
    digest = _digest(stage, "ada-example")
    assert digest["complete"] is False
    assert any("The next run goes on there" in note for note in digest["notes"])
    assert _offered(digest)


def test_a_pause_and_a_rhythm_are_kept(stage: Stage) -> None:
    stage.write_config(
        {
            "paused-example": "languages: [Python]\npaused_until: 2026-12-31\n",
            "fortnight-example": "languages: [Python]\nevery: 2 weeks\n",
        }
    )
    for weeks in range(3):
        assert _run(stage, now=NOW + timedelta(weeks=weeks)) == 0
    bodies = [body for _, _, body in stage.posts()]
    assert sum("student=fortnight-example" in body for body in bodies) == 2
    assert not any("student=paused-example" in body for body in bodies)


def test_show_prints_what_was_sent_and_composes_without_recording(stage: Stage, capsys) -> None:
    assert stage.call("show", "ada-example", "--format", "json") == 0
    composed = json.loads(capsys.readouterr().out)
    assert _journal_rows(stage) == 0
    _run(stage)
    capsys.readouterr()
    assert stage.call("show", "ada-example", "--format", "json") == 0
    sent = json.loads(capsys.readouterr().out)
    assert _offered(composed) == _offered(sent)
    assert sent == _digest(stage, "ada-example")
    for form, sign in {"md": "## ", "html": "<!DOCTYPE html>", "text": "Ada"}.items():
        stage.call("show", "ada-example", "--format", form)
        assert sign in capsys.readouterr().out


def test_explain_prints_the_ledger_of_a_pick(after_run: Stage, capsys) -> None:
    stage = after_run
    pick = _digest(stage, "ada-example")["picks"][0]
    name = f"{pick['repository']}#{pick['number']}"
    capsys.readouterr()
    assert stage.call("explain", "ada-example", name) == 0
    told = capsys.readouterr().out
    for reason in pick["reasons"]:
        assert reason["feature"] in told
        assert f"{reason['contribution']:+.2f}" in told
    assert f"{pick['log_odds']:+.2f}" in told
    assert f"in the digest of {WEEK}" in told
    assert "Not offered" not in told


def test_explain_names_the_rule_that_dropped_an_issue(stage: Stage, capsys) -> None:
    assert stage.call("explain", "ada-example", "lanternworks/plotwren#303") == 0
    assert "Not offered: taken (claimed-in-comment)" in capsys.readouterr().out


def test_a_delivery_without_digests_advises_what_makes_them(stage: Stage, capsys) -> None:
    assert _run(stage, "--student", "ada-example", command="deliver") == 0
    assert "`foothold prepare --live` does that" in capsys.readouterr().out
    assert _run(stage, "--student", "ada-example", command="prepare") == 0
    assert _run(stage, "--student", "ada-example", command="deliver") == 0
    assert len(stage.posts()) == 1


def test_files_are_a_channel_of_their_own(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\nchannel: file\n"})
    assert _run(stage) == 0
    assert stage.posts() == []
    assert (stage.folder / "out" / WEEK / "ada-example.md").exists()
    assert _run(stage) == 0
    assert "skipped" in capsys.readouterr().out


def test_an_email_subscriber_is_told_of_and_the_others_are_served(stage: Stage, capsys) -> None:
    club = CLUB + 'sender: "Club <digest@example.org>"\nreply_to: o@example.org\n'
    club += "public_key: age1qqq\n"
    stage.write_config(
        {
            "ada-example": "languages: [Python]\n",
            "mail-example": "languages: [Rust]\nchannel: email\nemail: age:c2VjcmV0\n",
        },
        club,
    )
    assert _run(stage) == 7
    assert len(stage.posts()) == 1
    assert "mail-example's digest is to go out by email" in capsys.readouterr().err


def test_a_public_repository_gets_only_digests_whose_students_agreed(stage: Stage, capsys) -> None:
    repository = stage.world.repository(CLUB_REPOSITORY)
    assert repository is not None
    repository.private = False
    assert _run(stage) == 2
    assert stage.posts() == []
    assert "ada-example" in capsys.readouterr().err
    stage.write_config({"ada-example": "languages: [Python]\npublic: true\n"})
    assert _run(stage) == 0
    assert len(stage.posts()) == 1
