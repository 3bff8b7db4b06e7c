"""What makes each sign that an issue is not free show, for screening and for verification alike."""

from tests.builders_core import build_comment, build_details, build_pull_request, days_ago

#: The name of each sign, details that show it and no other, and the clause that says so.
SIGN_CASES = [
    ("closed", build_details(is_open=False), "it is closed"),
    ("assigned", build_details(assigned=("bea-example",)), "somebody is assigned"),
    (
        "started-label",
        build_details(labels=("easy", "In Progress")),
        "it is labelled 'in progress'",
    ),
    (
        "pull-request",
        build_details(pull_requests=(build_pull_request(),)),
        "an open pull request would close it",
    ),
    (
        "pull-request",
        build_details(pull_requests=(build_pull_request(state="MERGED"),)),
        "a pull request for it was merged",
    ),
    (
        "claimed-in-comment",
        build_details(build_comment("I'll take this")),
        "somebody said in a comment that they are on it",
    ),
    (
        "not-a-task-label",
        build_details(labels=("easy", "duplicate")),
        "it is labelled 'duplicate'",
    ),
    ("withdrawn", build_details(labels=("bug",)), "its beginner label was taken off"),
    ("withdrawn", build_details(labels=()), "its beginner label was taken off"),
    ("locked", build_details(is_locked=True), "it is locked"),
    ("blocked", build_details(n_blocked_by=2), "it waits for other work"),
    ("blocked", build_details(labels=("easy", "status: blocked")), "it waits for other work"),
    (
        "programme",
        build_details(labels=("easy", "GSSoC'26")),
        "it is reserved for a contribution programme's participants",
    ),
    ("archived-since", build_details(is_archived=True), "its project was archived"),
]

#: Details in which no sign shows, for an issue that was found as a beginner's.
FREE_CASES = [
    build_details(),
    build_details(labels=("E-easy", "bug")),
    build_details(labels=None),
    build_details(build_comment("I'll take this", created_at=days_ago(30))),
    build_details(build_comment("Which file is it?")),
    build_details(comments=None),
    build_details(pull_requests=(build_pull_request(state="CLOSED"),)),
    build_details(pull_requests=(build_pull_request(closes=False),)),
    build_details(pull_requests=None),
]
