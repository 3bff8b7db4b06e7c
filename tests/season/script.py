"""The script of a season: who does what in which week, and what must come of it.

Weeks are counted from 1. A pick is told by its student, its week and its number in the digest.
What an act leaves a pick as is in `LEAVES`; what is not acted on stays open.
"""

from dataclasses import dataclass

from tests.season.world import PROJECTS

#: Grace reads and approves, Hugo never answers, Ines steers, and leaves after the eighth week.
GRACES = tuple(f"s{n:02}-example" for n in range(1, 11))
HUGOS = tuple(f"s{n:02}-example" for n in range(11, 17))
INESES = tuple(f"s{n:02}-example" for n in range(21, 26))
STUDENTS = (*GRACES, *HUGOS, *INESES)
N_WEEKS = 12
#: The week from which on Ines is no mentor any more, and Grace looks after hers too.
INES_LEFT = 9
#: The week before which this student's file is deleted, and what is known of them forgotten.
LEAVER, LEFT = "s10-example", 7

#: What a pick's outcome is after an act, as the next run learns it.
LEAVES = {
    "comments": "commented",
    "claims": "assigned",
    "pulls": "pull-request",
    "is reviewed": "reviewed",
    "is merged": "merged",
    "is refused": "not-merged",
    "says took": "took",
    "says done": "done",
    "is taken": "taken",
    "is freed": "free-again",
    "is closed": "closed",
}


#: What shows upstream that the student began.
STEPS = frozenset({"comments", "claims", "pulls"})


@dataclass(frozen=True, slots=True)
class Act:
    """In a week something happens to a pick of that week or an earlier one."""

    week: int
    login: str
    what: str
    pick_week: int
    n: int = 1


def _story(login: str, pick_week: int, *acts: tuple[int, str], n: int = 1) -> tuple[Act, ...]:
    return tuple(Act(week, login, what, pick_week, n) for week, what in acts)


#: From the first comment to the merge, in as many weeks.
_MERGED = ("claims", "pulls", "is reviewed", "is merged")


def _merges(login: str, pick_week: int) -> tuple[Act, ...]:
    return _story(login, pick_week, *enumerate(_MERGED, pick_week))


ACTS = (
    # Three merges: from first-timer to beginner to intermediate.
    *(_merges("s01-example", 1) + _merges("s01-example", 5) + _merges("s01-example", 8)),
    *_story("s02-example", 1, (1, "comments"), (2, "pulls"), (3, "is refused"), n=2),
    *_story("s07-example", 4, (4, "says took")),
    *_story("s07-example", 6, (6, "says done"), n=2),
    *_story("s08-example", 2, (2, "is taken"), (4, "is freed")),
    *_story("s09-example", 1, (1, "is closed"), n=2),
    *_story(LEAVER, 2, (2, "claims"), (3, "pulls")),
    *_merges("s11-example", 2),
    *_story("s12-example", 3, (3, "claims"), (5, "pulls"), (8, "is reviewed")),
    *_story("s13-example", 6, (6, "comments")),
    *_story("s14-example", 2, (2, "is taken")),
    *_story("s15-example", 10, (11, "pulls"), (12, "is merged")),
    *(_merges("s21-example", 3) + _merges("s22-example", 6) + _merges("s23-example", 9)),
    *_story("s24-example", 1, (1, "claims"), (4, "pulls"), (5, "is reviewed"), (6, "is refused")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """In a week a student writes something in their own thread, after the digest came."""

    week: int
    login: str
    text: str


#: Half of all projects, so that it is no chance that none of them comes.
DISLIKED = PROJECTS[::2]

WORDS = (
    Word(2, "s04-example", "Exams!\n\n/pause 2w"),
    Word(3, "s05-example", "/stop"),
    Word(8, "s05-example", "/resume"),
    Word(1, "s06-example", "\n".join(f"/less {name}" for name in DISLIKED)),
    Word(2, "s06-example", "/more 1"),
    Word(5, "s16-example", "/more 99"),
)
#: What of it, and of `says ...`, is an answer; there is no ninety-ninth pick.
ANSWERS = dict.fromkeys(("pause", "stop", "resume", "more", "took", "done"), 1)
ANSWERS["less"] = len(DISLIKED)

#: Who needs a word from a mentor after the last week, and why; most went silent.
NUDGED = {
    ("s02-example", "refused"),
    ("s12-example", "review-waits"),
    ("s13-example", "stuck"),
    ("s24-example", "refused"),
}
SEEN_LATELY = frozenset({"s01-example", "s15-example", "s23-example"})
#: What a student can show: how often, of which kind.
SHOWN = {
    "s01-example": {"merged": 3},
    "s12-example": {"open": 1},
    "s13-example": {"answer": 1},
    "s14-example": {},
}

#: Of whom no digest is sent in a week, by what the run says of them.
NOT_SENT = {
    (2, "s21-example"): "held",
    (3, "s04-example"): "skipped",
    (4, "s04-example"): "skipped",
    **{(week, "s05-example"): "skipped" for week in range(4, 9)},
}

#: What mentors write under their posts, by week: author, whose post, what.
MENTORS = {
    1: [("mallory-example", "ines-example", "/approve")],
    2: [
        ("ines-example", "ines-example", "/approve\n/hold s21\n/drop s22 1\n/frobnicate"),
        ("hugo-of-another-club", "hugo-example", "/hold s11"),
    ],
    3: [("ines-example", "ines-example", "/note s23 The maintainer is a friend.\n/approve")],
}
