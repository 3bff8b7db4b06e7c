"""What is wrong with a club's calendars is told with the line, before anything is asked."""

import pytest

from tests.subscriptions.folder import Folder

WISH = "interests: [maps]\n"


def events(folder: Folder, text: str, named: str = "events.yaml") -> Folder:
    (folder.root / "events.yaml").write_text(text, encoding="utf-8")
    return folder.student(WISH).club(f"name: Our Club\nevents: [{named}]\n")


def test_occasions_are_read_from_the_folder_however_the_file_is_named(folder: Folder) -> None:
    text = "events:\n  - title: Hack night\n    when: 2026-12-03 18:00\n"
    for named in ("events.yaml", "config/events.yaml", "events.yaml, events.yaml"):
        (occasion,) = events(folder, text, named).read().occasions
        assert (occasion.title, occasion.when) == ("Hack night", "2026-12-03 18:00")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("when: soon", "`events.when` is no day or time; write a day such as 2026-12-03"),
        ("when: 2026-02-30", "`events.when` is no day or time of the calendar; write a day"),
        ("when: 2026-12-03 25:00", "`events.when` is no day or time of the calendar; write"),
        ("at: 2026-12-03", "there is no key `at`; the keys are title, when, ends"),
        ("url: club.example.org", "`events.url` is no address; write one that begins with https"),
        ("kind: party", "`events.kind` cannot be `party`; write event or deadline"),
        ("every: day", "`events.every` cannot be `day`; write week, 2 weeks or 4 weeks"),
    ],
)
def test_a_mistake_is_told_with_its_line(folder: Folder, line: str, told: str) -> None:
    rest = "" if line.startswith("when") else "    when: 2026-12-03\n"
    problems = events(folder, f"events:\n  - title: A\n    {line}\n{rest}").problems()
    assert problems[0].startswith(f"events.yaml:3: {told}")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("ends: 2026-12-04 10:00", "`ends` and `when` are not alike"),
        ("ends: 2026-12-01", "`ends` lies before `when`"),
        ("until: 2026-12-24", "`until` needs `every`"),
        ("kind: deadline\n    ends: 2026-12-04", "a deadline has no `ends`"),
    ],
)
def test_what_does_not_fit_together_is_told(folder: Folder, lines: str, told: str) -> None:
    text = f"events:\n  - title: A\n    when: 2026-12-03\n    {lines}\n"
    (problem,) = events(folder, text).problems()
    assert problem.startswith(f"events.yaml:2: {told}")


def test_a_file_that_is_not_there_is_told_at_the_clubs_line(folder: Folder) -> None:
    (problem,) = events(folder, "events: []\n", "none.ics").problems()
    assert problem == (
        "club.yaml:2: there is no file none.ics here; write it, or take the entry out"
    )


@pytest.mark.parametrize("name", ["../secret.ics", "config/../../secret.ics"])
def test_a_file_outside_of_the_folder_is_refused(folder: Folder, name: str) -> None:
    (folder.root.parent / "secret.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    (folder.root.parent.parent / "secret.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    (problem,) = events(folder, "events: []\n", name).problems()
    assert problem.startswith("club.yaml:2: a calendar's file lies outside of the configuration")


@pytest.mark.parametrize(
    "location",
    [
        "http://calendar.example.org/private-5ecret/basic.ics",
        "webcal://calendar.example.org/private-5ecret/basic.ics",
        "file:///private-5ecret/basic.ics",
        "/private-5ecret/basic.ics",
        "private-5ecret.txt",
    ],
)
def test_what_is_no_calendar_is_told_without_what_may_be_secret(
    folder: Folder, location: str
) -> None:
    (problem,) = events(folder, "events: []\n", location).problems()
    assert problem.startswith("club.yaml:2: an entry of `events` is no calendar; write a file")
    assert "5ecret" not in problem
