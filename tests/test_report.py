import json

from bot.harvest.source import Cost, Step
from bot.report import RunReport, StudentReport, StudentStatus


def build_report(**changes):
    report = {
        "week": "2026-W47",
        "live": True,
        "complete": False,
        "issues": 1204,
        "by_step": {Step.PAGE: Cost(12, 36, 4.5), Step.DETAILS: Cost(2, 4, 1.0)},
        "dropped": {"farm": 420, "taken": 311},
        "students": (
            StudentReport("ada-example", StudentStatus.SENT, 5, "issue"),
            StudentReport("bea-example", StudentStatus.SKIPPED, 0, "file", "paused"),
        ),
        "notes": ("Older issues are missing.",),
    }
    return RunReport(**report | changes)


def as_json(report):
    return json.loads(json.dumps(report.to_payload()))


def test_a_report_is_plain_json():
    payload = as_json(build_report())

    assert payload == {
        "week": "2026-W47",
        "live": True,
        "complete": False,
        "harvest": {
            "issues": 1204,
            "requests": 12,
            "points": 36,
            "seconds": 4.5,
            "by_step": {
                "page": {"requests": 12, "points": 36, "seconds": 4.5},
                "repositories": {"requests": 0, "points": 0, "seconds": 0.0},
                "details": {"requests": 2, "points": 4, "seconds": 1.0},
                "verification": {"requests": 0, "points": 0, "seconds": 0.0},
                "outcomes": {"requests": 0, "points": 0, "seconds": 0.0},
                "community": {"requests": 0, "points": 0, "seconds": 0.0},
            },
        },
        "dropped": {"farm": 420, "taken": 311},
        "students": [
            {"login": "ada-example", "status": "sent", "picks": 5, "channel": "issue", "why": ""},
            {
                "login": "bea-example",
                "status": "skipped",
                "picks": 0,
                "channel": "file",
                "why": "paused",
            },
        ],
        "notes": ["Older issues are missing."],
    }


def test_the_keys_stand_in_their_order():
    assert list(build_report().to_payload()) == [
        "week",
        "live",
        "complete",
        "harvest",
        "dropped",
        "students",
        "notes",
    ]


def test_a_run_that_asked_nothing_reports_every_step_with_nothing():
    harvest = as_json(build_report(by_step={}))["harvest"]

    assert (harvest["requests"], harvest["points"], harvest["seconds"]) == (0, 0, 0.0)
    steps = ["page", "repositories", "details", "verification", "outcomes", "community"]
    assert list(harvest["by_step"]) == steps


def test_every_status_has_the_word_that_readers_know():
    assert {str(status) for status in StudentStatus} == {
        "sent",
        "prepared",
        "held",
        "quiet",
        "skipped",
        "failed",
    }
