"""No case that screening and rendering have to meet is missing from the shipped world."""

import re
from collections.abc import Callable

import pytest

from tests.sandbox.world_rows import (
    CLAIM,
    DISCUSSIONS,
    FLAGS,
    ISSUES,
    NOT_FREE_LABELS,
    PULLS,
    REPOSITORIES,
    TRACKER,
    Row,
    beginner_labels,
    closing,
    closing_states,
    comments,
    days,
    guide,
    is_claimed,
    is_living,
    labels,
    minutes,
    prose,
)


def says(row: Row, pattern: str, *associations: str) -> bool:
    """Did somebody (of these associations, if any are given) comment so?"""
    return any(
        re.search(pattern, comment["body"], re.IGNORECASE)
        and (not associations or comment["association"] in associations)
        for comment in row.get("comments", ())
    )


def boxes(row: Row) -> int:
    return len(re.findall(r"(?m)^- \[[ x]\] ", row["body"]))


TEAM = ("OWNER", "MEMBER", "COLLABORATOR")


def replies(repository: Row) -> list[bool]:
    """For each pull request of an outsider: did somebody of the team say a word?"""
    return [
        any(
            post["association"] in TEAM
            for post in (*pull.get("comments", ()), *pull.get("reviews", ()))
        )
        for pull in PULLS
        if pull["repository"] == repository["name"] and pull["association"] not in TEAM
    ]


def is_answered(row: Row) -> bool:
    return any(comment.get("answer") for comment in row.get("comments", ()))


Case = tuple[str, int, Callable[[Row], object]]

#: What screening has to meet among the issues: the case, how many at least, how it is known.
ISSUE_CASES: list[Case] = [
    ("assigned to a person", 2, lambda r: any("[bot]" not in a for a in r.get("assignees", ()))),
    ("assigned to a bot", 2, lambda r: any("[bot]" in a for a in r.get("assignees", ()))),
    ("open linked pull request", 5, lambda r: "OPEN" in closing_states(r)),
    ("draft that will close it", 2, lambda r: any(pull.get("draft") for pull in closing(r))),
    ("merged, still open", 2, lambda r: (closing_states(r), r["state"]) == ({"MERGED"}, "OPEN")),
    ("only a closed pull request", 2, lambda r: closing_states(r) == {"CLOSED"}),
    ("claim: like to work on", 2, lambda r: re.search(r"like to work on this", prose(r))),
    ("claim: /assign", 2, lambda r: re.search(r"(?m)^/assign", prose(r))),
    ("claim: .take", 2, lambda r: re.search(r"(?m)^\.take", prose(r))),
    ("claim: can I take this", 2, lambda r: re.search(r"(?i)can i take this", prose(r))),
    ("claim in Spanish", 2, lambda r: re.search(r"(?i)¿puedo trabajar en esto\?", prose(r))),
    ("claim in Portuguese", 2, lambda r: re.search(r"(?i)posso pegar essa issue\?", prose(r))),
    ("claim withdrawn", 3, lambda r: says(r, "take over|give this to someone|unclaiming")),
    ("claim refused", 2, lambda r: says(r, "(never|not) assign", *TEAM)),
    ("claim granted", 3, lambda r: says(r, "go ahead|with pleasure|toda tuya", *TEAM)),
    ("idle claim", 2, lambda r: is_claimed(r) and days(r["comments"][0]["created_at"]) > 80),
    ("quoted claim, or in code", 3, lambda r: CLAIM.search(comments(r)) and not is_claimed(r)),
    ("locked", 2, lambda r: r.get("locked")),
    ("closed", 3, lambda r: r["state"] == "CLOSED"),
    ("pinned", 3, lambda r: r.get("pinned")),
    ("blocked", 2, lambda r: r.get("blocked_by")),
    ("tracker by title", 6, lambda r: TRACKER.search(r["title"])),
    ("task list of 40 boxes", 2, lambda r: boxes(r) == 40),
    ("farm: numbered titles", 12, lambda r: re.search(r"Add frog #\d+", r["title"])),
    ("farm: five beginner labels", 3, lambda r: len(beginner_labels(r)) >= 5),
    ("farm: flood", 15, lambda r: not r["body"] and minutes(r["created_at"]) <= 2160),
    ("farm: add your name", 3, lambda r: re.search(r"(?i)add your (name|profile)", r["title"])),
    ("farm: programme labels", 10, lambda r: {"gssoc26", "hacktoberfest"} <= labels(r)),
    ("deleted account", 2, lambda r: r["author"] is None),
    ("thirty labels", 1, lambda r: len(r["labels"]) == 30),
    ("sixty comments", 1, lambda r: len(r.get("comments", ())) == 60),
    ("near-duplicates", 4, lambda r: re.search(r"^Add type hints to \w+ module$", r["title"])),
    ("younger than three hours", 1, lambda r: minutes(r["created_at"]) <= 180),
    ("four years old", 1, lambda r: days(r["created_at"]) >= 1460),
    ("title of 300 characters", 1, lambda r: len(r["title"]) == 300),
    ("empty title", 1, lambda r: not r["title"]),
]

#: The same among the repositories.
REPOSITORY_CASES: list[Case] = [
    ("stars without forks", 1, lambda r: r["stars"] >= 1900 and r["forks"] <= 2),
    ("no description", 1, lambda r: r["description"] is None),
    ("private", 1, lambda r: r.get("private")),
    ("issues switched off", 2, lambda r: r.get("has_issues") is False),
    ("last push 14 months ago", 2, lambda r: 400 < days(r["pushed_at"]) < 460),
    ("last push three years ago", 2, lambda r: days(r["pushed_at"]) > 1095),
    ("AI is forbidden", 2, lambda r: re.search("No AI|AI tools are forb", guide(r))),
    ("no main language", 1, lambda r: r["language"] is None and is_living(r)),
    ("guide with a command", 2, lambda r: re.search(r"`(/assign|\.take)`", guide(r))),
    ("AI policy in a file", 2, lambda r: "AI_POLICY.md" in r.get("files", ())),
    ("code of conduct in a file", 7, lambda r: "CODE_OF_CONDUCT.md" in r.get("files", ())),
    ("chat or forum in the README", 9, lambda r: ".test" in str(r.get("files", ""))),
    ("newcomers of whom nobody was answered", 1, lambda r: replies(r) == [False] * 3),
    ("newcomers who all were answered", 9, lambda r: len(replies(r)) > 2 and all(replies(r))),
    ("too few newcomers to tell", 5, lambda r: len(replies(r)) == 2),
]

#: The same among the discussions.
DISCUSSION_CASES: list[Case] = [
    ("question without a word", 4, lambda r: not r.get("comments")),
    ("question with a word, but no answer", 2, lambda r: says(r, "") and not is_answered(r)),
    ("answered question", 6, is_answered),
]

TITLES = {
    "a line break": r"\r\n",
    "bidirectional marks": "[\u202a-\u202e]",
    "a workflow command": r"^::error::",
    "a template expression": r"\{\{ 7\*7 \}\}",
    "bold markup": r"<b>bold</b>",
    "a script": r"<script>",
    "a mention": r"@someone-example look",
    "a closing word": r"^fixes #1",
    "a reference": r"owner/repo#12",
    "the end of a link": r"\]\(https://evil\.example\)",
    "emoji only": "^[\U0001f300-\U0001faff]+$",
    "Japanese": "[\u3040-\u30ff]",
    "Arabic": "[\u0600-\u06ff]",
    "Spanish": r"\bal importar\b",
}


@pytest.mark.parametrize(
    ("case", "at_least", "holds"), ISSUE_CASES, ids=[case[0] for case in ISSUE_CASES]
)
def test_screening_meets_each_case_among_the_issues(
    case: str, at_least: int, holds: Callable[[Row], object]
) -> None:
    assert sum(1 for row in ISSUES if holds(row)) >= at_least, case


@pytest.mark.parametrize(
    ("case", "at_least", "holds"), REPOSITORY_CASES, ids=[case[0] for case in REPOSITORY_CASES]
)
def test_screening_meets_each_case_among_the_repositories(
    case: str, at_least: int, holds: Callable[[Row], object]
) -> None:
    assert sum(1 for row in REPOSITORIES.values() if holds(row)) >= at_least, case


@pytest.mark.parametrize(
    ("case", "at_least", "holds"), DISCUSSION_CASES, ids=[case[0] for case in DISCUSSION_CASES]
)
def test_the_search_for_questions_meets_each_case(
    case: str, at_least: int, holds: Callable[[Row], object]
) -> None:
    assert sum(1 for row in DISCUSSIONS if holds(row)) >= at_least, case


@pytest.mark.parametrize("flag", sorted(set(FLAGS) - {"private"}))
def test_two_repositories_with_issues_carry_each_flag(flag: str) -> None:
    flagged = {name for name, row in REPOSITORIES.items() if row.get(flag)}
    assert len(flagged & {row["repository"] for row in ISSUES}) >= 2


@pytest.mark.parametrize("label", sorted(NOT_FREE_LABELS - {"blocked"}))
def test_two_issues_carry_each_label_that_speaks_against_them(label: str) -> None:
    assert sum(label in labels(row) for row in ISSUES) >= 2


@pytest.mark.parametrize("case", TITLES)
def test_a_title_holds(case: str) -> None:
    assert any(re.search(TITLES[case], row["title"], re.DOTALL) for row in ISSUES)
