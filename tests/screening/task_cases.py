"""What makes each rule on tasks and living projects fire, and what does not."""

from datetime import timedelta

from bot.screening.reasons import DropCode
from tests.builders_core import (
    NOW,
    build_comment,
    build_details,
    build_issue,
    build_pull_request,
    days_ago,
)
from tests.screening.corpora import FREE, labelled, of_details, of_facts, titled

#: Each rule: its code, corpora whose first issue it drops, and corpora whose first it must not.
TASK_CASES = {
    "closed": (DropCode.CLOSED, [[of_details(is_open=False)]], [[FREE]]),
    "assigned": (
        DropCode.TAKEN,
        [[of_details(assigned=("bea-example",))]],
        [[of_details(assigned=())], [build_issue(details=None)]],
    ),
    "started-label": (
        DropCode.TAKEN,
        [
            [labelled(label)]
            for label in ("In Progress", "📍 Assigned", "status: in progress", "WIP", "is-assigned")
        ],
        [[labelled("not assigned", "needs progress bar")]],
    ),
    "pull-request": (
        DropCode.TAKEN,
        [
            [of_details(pull_requests=(build_pull_request(),))],
            [of_details(pull_requests=(build_pull_request(state="MERGED"),))],
        ],
        [
            [of_details(pull_requests=(build_pull_request(state="CLOSED"),))],
            [of_details(pull_requests=(build_pull_request(closes=False),))],
            [of_details(pull_requests=None)],
        ],
    ),
    "claimed-in-comment": (
        DropCode.TAKEN,
        [[of_details(build_comment("I'd like to work on this"))]],
        [
            [of_details(build_comment("Which file is it?"))],
            [of_details(build_comment("I'd like to work on this", created_at=days_ago(20)))],
        ],
    ),
    "not-a-task-label": (
        DropCode.NOT_A_TASK,
        [
            [labelled(label)]
            for label in ("duplicate", "Won't fix", "question ❓", "type: question", "kind/epic")
        ],
        [
            [labelled(label)]
            for label in ("never stale", "no-stale", "hardware support", "enhancement", "RFC")
        ],
    ),
    "withdrawn": (
        DropCode.NOT_A_TASK,
        [
            [build_issue(details=build_details(labels=labels))]
            for labels in ((), ("bug", "enhancement"))
        ],
        [
            [build_issue(labels=("bug",), details=build_details(labels=labels))]
            for labels in (None, ("Help Wanted",), ("E-easy",), ("jump in", "bug"))
        ],
    ),
    "locked": (
        DropCode.NOT_A_TASK,
        [[of_details(is_locked=True)], [build_issue(is_locked=True, details=None)]],
        [[build_issue(is_locked=True)]],
    ),
    "blocked": (
        DropCode.BLOCKED,
        [
            [of_details(n_blocked_by=1)],
            [labelled("Blocked")],
            [labelled("status: blocked")],
            [build_issue(details=build_details(labels=("blocked",)))],
        ],
        [
            [labelled("not blocked", "unblocked")],
            [build_issue(labels=("blocked",), details=build_details(labels=("bug",)))],
        ],
    ),
    "programme": (
        DropCode.RESERVED,
        [
            [labelled(label)]
            for label in (
                *("GSSoC'26", "kwoc", "ECSoC26", "LGM-SOC 21", "hacktoberfest-accepted"),
                *("ODHack14", "onlydust-wave", "Stellar Wave", "GrantFox OSS"),
            )
        ],
        [[labelled("hacktoberfest", "assoc", "wave form", "gsoc", "ssocket")]],
    ),
    "archived-since": (
        DropCode.ABANDONED,
        [[of_details(is_archived=True)]],
        [[of_details(is_archived=False)], [build_issue(details=None)]],
    ),
    "tracker": (
        DropCode.NOT_A_TASK,
        [
            titled("[Tracking] Round everything"),
            titled("Tracking issue for rounding"),
            titled("Epic: round everything"),
            titled("🚨 [ANNOUNCEMENT] No meeting"),
            titled("[Meta-issue] Round everything"),
            titled("Tracker"),
            titled("Roadmap 2027"),
            titled("Roadmap for Q3: what teachers asked for"),
            titled("RFC - rounding"),
            titled("[META] Ideas"),
            titled("Welcome new contributors!"),
            [of_details(body="- [ ] round it\n" * 16)],
        ],
        [
            titled("Meta description is missing on the start page"),
            titled("Roadmap page has a broken link"),
            titled("Roadmap 2/4: round the azimuth"),
            titled("Tracking pixels are not blocked"),
            titled("RFC 3339 dates are not read"),
            titled("[RFC]: add `round` to the charts"),
            titled("[META] 📇 Set up the linter"),
            titled("Epically slow start"),
            [of_details(body="- [ ] round it\n" * 15)],
            [of_details(body="- round it\n" * 30)],
        ],
    ),
    "nameless": (
        DropCode.NOT_A_TASK,
        [
            *(titled(title) for title in ("...", "", "🎉🎉", "Test Issue 3", "test#3")),
            *(titled(title) for title in ("My First Issue", "This is a title", "Hello World!")),
        ],
        [
            *(
                titled(title)
                for title in ("Go", "修正", "Tests", "Test the rounding", "Issue form")
            ),
        ],
    ),
    "pinned": (DropCode.NOT_A_TASK, [[build_issue(is_pinned=True)]], [[FREE]]),
    "archived": (DropCode.ABANDONED, [[of_facts(is_archived=True)]], [[FREE]]),
    "no-push": (
        DropCode.ABANDONED,
        [[of_facts(pushed_at=NOW - timedelta(days=180, hours=1))]],
        [[of_facts(pushed_at=days_ago(180))], [of_facts(pushed_at=None)]],
    ),
    "copy": (
        DropCode.COPY,
        [[of_facts(**{kind: True})] for kind in ("is_fork", "is_mirror", "is_template")],
        [[FREE]],
    ),
}
