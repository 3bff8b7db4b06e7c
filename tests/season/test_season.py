"""A season of twelve weeks in the sandbox: twenty-one students, three mentors, one test.

Each Tuesday a run learns, prepares and shows; mentors have until Wednesday; then it is delivered,
and people act. What the runs, the journal and the report say is compared with the script.
"""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.database import SqlJournal
from bot.learning import POINTS_AT_LEAST
from bot.sandbox.things import Issue
from bot.terms import Week
from tests.season.script import (
    ACTS,
    ANSWERS,
    DISLIKED,
    GRACES,
    HUGOS,
    INES_LEFT,
    INESES,
    LEAVER,
    LEAVES,
    LEFT,
    MENTORS,
    N_WEEKS,
    NOT_SENT,
    NUDGED,
    SEEN_LATELY,
    SHOWN,
    STEPS,
    STUDENTS,
    WORDS,
)
from tests.season.stagehand import MENTORS_REPOSITORY, Stagehand
from tests.season.world import N_A_WEEK, grow, season_world, titles
from tests.stage import CLUB_REPOSITORY, POSTER, Stage, open_stage

TUESDAY = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
WEEKS = tuple(str(Week.of(TUESDAY + timedelta(weeks=n), UTC)) for n in range(N_WEEKS + 1))
CLUB = f"""\
name: Test Club
repository: {CLUB_REPOSITORY}
private_repository: {MENTORS_REPOSITORY}
example: true
picks: 2
review: approve
mentors:
"""


def club(week: int) -> str:
    """club.yaml in that week."""
    has_ines = week < INES_LEFT
    known = subscribed(week)
    graces = [one for one in (*GRACES, *(() if has_ines else INESES)) if one in known]
    mentors = [("grace-example", graces), ("hugo-example", list(HUGOS))]
    mentors += [("ines-example", list(INESES))] if has_ines else []
    lines = (f"  - {{github: {name}, students: [{', '.join(of)}]}}\n" for name, of in mentors)
    return CLUB + "".join(lines)


def subscribed(week: int) -> dict[str, str]:
    """The students' files in that week."""
    level = "level: first-timer\n"
    return {
        login: f"languages: [Go]\n{level if login in GRACES else ''}"
        for login in STUDENTS
        if login != LEAVER or week < LEFT
    }


class Season:
    """The season, week by week."""

    def __init__(self, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
        self.stage, self.capsys = stage, capsys
        self.hand = Stagehand(stage, WEEKS)
        self.titles = titles()
        #: What the next run must learn, by (login, week, number).
        self.outcomes: dict[tuple[str, int, int], str] = {}
        #: What the outcomes have cost, by week.
        self.points: Counter[int] = Counter()

    def at(self, week: int, **after: float) -> datetime:
        return TUESDAY + timedelta(weeks=week - 1, **after)

    def run(self, command: str, *out: str, week: int, **after: float) -> dict:
        """The run's report; its exit code must be 0."""
        self.capsys.readouterr()
        code = self.stage.call(command, "--live", "--json", *out, now=self.at(week, **after))
        said = self.capsys.readouterr()
        assert code == 0, said.err
        report = json.loads(said.out)
        self.points[week] += report["harvest"]["by_step"]["outcomes"]["points"]
        return report

    def mentors(self, week: int) -> None:
        """What is written under review posts between the run and the delivery."""
        self.stage.world.set_now(self.at(week, hours=6))
        world = self.stage.world
        world.comment(self.hand.review_post("grace-example"), "grace-example", "/approve")
        for author, whose, text in MENTORS.get(week, ()):
            world.comment(self.hand.review_post(whose), author, text)

    def people(self, week: int) -> None:
        """What people do after the delivery."""
        self.stage.world.set_now(self.at(week, days=2))
        for word in (one for one in WORDS if one.week == week):
            self.hand.speak(word)
        for act in (one for one in ACTS if one.week == week):
            if (act.login, week) < (LEAVER, 0) or act.login != LEAVER or week < LEFT:
                self.hand.perform(act)
                self.outcomes[act.login, act.pick_week, act.n] = LEAVES[act.what]

    def learned(self) -> dict[tuple[str, int, int], str]:
        """What the journal knows of picks that are not untouched."""
        with SqlJournal.open(f"sqlite:///{self.stage.folder / 'state.db'}") as journal:
            progress = journal.progress_book().progress()
        numbers = {}
        for one in progress:
            week = WEEKS.index(one.week) + 1
            refs = [(p["repository"], p["number"]) for p in self.hand.offered(week, one.login)]
            n = refs.index((one.ref.repository, one.ref.number)) + 1
            numbers[one.login, week, n] = str(one.outcome)
        return {key: outcome for key, outcome in numbers.items() if outcome != "open"}

    def posts(self, repository: str) -> list[Issue]:
        return list(self.stage.world.issues[repository].values())

    def digest_post(self, week: int, login: str) -> str:
        """The digest of that week as it stands in the student's thread."""
        marked = f"week={WEEKS[week - 1]} student={login} "
        thread = self.hand.thread(login)
        return next(one.body for one in thread.comments or () if marked in one.body[:200])

    def dropped_of(self, login: str, week: int) -> tuple[str, int]:
        """The pick that a mentor dropped, by the journal."""
        with SqlJournal.open(f"sqlite:///{self.stage.folder / 'state.db'}") as journal:
            verdicts = journal.review_book().verdicts(WEEKS[week - 1])
        (ref,) = [one.ref for one in verdicts if one.ref is not None and one.login == login]
        return ref.repository, ref.number

    def report(self, *arguments: str) -> dict:
        self.capsys.readouterr()
        now = self.at(N_WEEKS, days=4)
        assert self.stage.call("report", "--format", "json", *arguments, now=now) == 0
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def season(tmp_path, monkeypatch, capsys):
    world = season_world(TUESDAY - timedelta(days=2))
    world.add_repository(MENTORS_REPOSITORY, private=True, collaborators=(POSTER,))
    with open_stage(tmp_path, monkeypatch, world) as stage:
        yield Season(stage, capsys)


@pytest.mark.long
def test_a_season_goes_as_the_script_says(season: Season) -> None:
    statuses: Counter[str] = Counter()
    for week in range(1, N_WEEKS + 1):
        season.stage.write_config(subscribed(week), club(week))
        if week == LEFT:
            assert season.stage.call("forget", LEAVER, now=season.at(week)) == 0
            season.outcomes = {k: one for k, one in season.outcomes.items() if k[0] != LEAVER}
        grow(season.stage.world, season.titles, N_A_WEEK)
        _play(season, week, statuses)
    assert statuses == Counter(_expected(week)[login] for week in _weeks() for login in _of(week))
    season.run("learn", week=N_WEEKS + 1)
    assert season.learned() == season.outcomes
    assert all(0 < season.points[week] <= POINTS_AT_LEAST for week in range(2, N_WEEKS + 2))
    _check_words(season)
    _check_report(season)
    _check_portfolios(season)


def _check_words(season: Season) -> None:
    """What mentors and students were told, and what their words did."""
    said = [one.body for issue in season.posts(MENTORS_REPOSITORY) for one in issue.comments or ()]
    assert sum("/frobnicate" in one and "no such command" in one for one in said) == 1
    assert sum("mallory-example" in one for one in said) == 1
    assert all(issue.state == "CLOSED" for issue in season.posts(MENTORS_REPOSITORY)[:-1])
    noted = season.digest_post(3, "s23-example")
    assert "A word from ines-example" in noted
    assert "The maintainer is a friend." in noted
    later = [season.hand.offered(week, "s06-example") for week in range(2, N_WEEKS + 1)]
    assert all(len(picks) == 2 for picks in later)
    assert not {pick["repository"] for picks in later for pick in picks} & set(DISLIKED)
    dropped = season.dropped_of("s22-example", 2)
    sent = [season.hand.offered(week, "s22-example") for week in _weeks()]
    assert dropped not in {(pick["repository"], pick["number"]) for some in sent for pick in some}
    assert len(sent[1]) == 2
    echoes = [one.body for one in season.hand.thread("s16-example").comments or ()]
    assert sum("/more 99" in one and one != "/more 99" for one in echoes) == 1
    told = season.hand.digest(5, "s01-example")
    assert {"merged"} <= {one["outcome"] for one in told["earlier"]}
    assert any("“beginner”" in note for note in told["notes"])


def _check_report(season: Season) -> None:
    """The funnel, from the script alone."""
    acts = [act for act in ACTS if act.login != LEAVER]
    begun = {(act.login, act.pick_week, act.n) for act in acts if act.what in STEPS}
    pulled = {(act.login, act.pick_week, act.n) for act in acts if act.what == "pulls"}
    merged = {(act.login, act.pick_week, act.n) for act in acts if act.what == "is merged"}
    digests = [
        (week, one)
        for week in _weeks()
        for one, how in _expected(week).items()
        if how == "sent" and one != LEAVER
    ]
    n_offered = sum(len(season.hand.offered(week, login)) for week, login in digests)
    report = season.report()
    assert report["funnel"] == {
        "n_offered": n_offered,
        "n_commented": len(begun),
        "n_pulls": len(pulled),
        "n_merged": len(merged),
    }
    levels = {one["login"]: one["level"] for one in report["students"]}
    assert (levels["s01-example"], levels["s02-example"]) == ("intermediate", "first-timer")
    assert set(levels) == set(_of(N_WEEKS))
    told = {(who["login"], one["nudge"]) for who in report["students"] for one in who["nudges"]}
    assert {one for one in told if one[1] != "silent"} == NUDGED
    assert {login for login, why in told if why == "silent"} == set(levels) - SEEN_LATELY
    assert report["answers"] == ANSWERS
    assert [one["n_students"] for one in report["weeks"]] == [
        sum(at == week for at, _ in digests) for week in _weeks()
    ]
    assert sum(one["funnel"]["n_merged"] for one in report["projects"]) == len(merged)


def _check_portfolios(season: Season) -> None:
    for login, shown in SHOWN.items():
        works = season.report("--student", login)["works"]
        assert Counter(one["kind"] for one in works) == shown, login
    of_hugo = season.report("--mentor", "hugo-example")
    assert {one["login"] for one in of_hugo["students"]} == set(HUGOS)


def _weeks() -> range:
    return range(1, N_WEEKS + 1)


def _of(week: int) -> tuple[str, ...]:
    return tuple(subscribed(week))


def _expected(week: int) -> dict[str, str]:
    return {login: NOT_SENT.get((week, login), "sent") for login in _of(week)}


def _play(season: Season, week: int, statuses: Counter[str]) -> None:
    """One week: learn and prepare, hear the mentors, deliver, let people act."""
    season.run("run", week=week)
    assert season.learned() == season.outcomes, week
    season.mentors(week)
    early = season.run("deliver", week=week, hours=8)
    waiting = {one["login"] for one in early["students"] if one["status"] == "held"}
    assert waiting == _waiting(week), week
    # All that went out this week, for later runs to be compared with.
    out = ("--out", str(season.stage.folder / "out"))
    late = season.run("deliver", *out, week=week, hours=30)
    became = {
        one["login"]: one["status"]
        for one in (*early["students"], *late["students"])
        if one["status"] in ("sent", "held") or one["login"] not in waiting
    }
    became |= {one["login"]: "sent" for one in early["students"] if one["status"] == "sent"}
    assert became == _expected(week), week
    statuses.update(became.values())
    season.people(week)


def _waiting(week: int) -> set[str]:
    """Whose digests wait for a word eight hours after the run, and for how long silence lasts."""
    approved = {
        (author, text.startswith("/approve") or "/approve" in text.split("\n"))
        for author, _, text in MENTORS.get(week, ())
    }
    silent = set(HUGOS)
    if week < INES_LEFT and ("ines-example", True) not in approved:
        silent |= set(INESES)
    held = {login for (at, login), status in NOT_SENT.items() if (at, status) == (week, "held")}
    skipped = {login for (at, login), one in NOT_SENT.items() if (at, one) == (week, "skipped")}
    return (silent | held) - skipped
