"""Issue farms: what is opened to be counted, in bulk or as bait, rather than to be solved.

Comes in: an issue and, where one issue shows nothing, the survey of the corpus. Goes out: why it
comes from a farm, in a clause, or None. A fact that is not known is no evidence.

What "measured" says: on GoodFirstIssues' listings (iedr/goodfirstissues) of six months from 2021-06
to 2026-08, 43,050 rows, each month a corpus, by `tests/benchmarks/screening.py`. Stars are those of
the owner's best known project: a young repository of a known organization is no farm.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from bot.harvest.issue import Issue
from bot.screening.survey import Survey, series_of, title_shape
from bot.vocabulary import is_newcomer_label

#: More beginner labels on one issue are bait: costajohnt/oss-autopilot drops five or more, too.
#: Measured: 283 rows, 278 of one repository.
MAX_NEWCOMER_LABELS = 4

#: Of so many titles that differ in numbers only, none is a task: oss-autopilot's number, too.
MIN_TEMPLATED = 3
#: A numbered series whose titles go on differently needs more of them: our judgement.
MIN_SERIES = 5
#: From here on a project is known: what it opens in series is a sprint (port every module, mend
#: every page), so it takes twice as many. Measured: 22 rows less, 13 of them of two real projects.
WELL_KNOWN_STARS = 500

#: At most so many beginner issues a day, by the stars that they need. Measured, by the most that a
#: project opened in a day: of those with 500 stars 75 (a database's sprint), and beyond 80 only a
#: farm; of those with 100 to 499 honest ones 10 to 34, farms 22 to 715; with 10 to 99 nearly all
#: beyond nine were farms or a team's own plan. Of projects with fewer than ten stars, six to nine a
#: day made 1 to 4 % of what other rules left of 2021 to 2025, and 11 % of 2026-08: lists that a
#: machine wrote in an hour.
MAX_A_DAY = ((500, 80), (100, 15), (10, 9), (0, 5))
#: An owner may open more over several repositories: twice as many, our judgement.
OWNER_TIMES = 2

#: So many beginner issues of a project that fewer people starred: nobody follows it. Ten are the
#: limit of a simple funnel that counts rows alone. Measured: of what other rules left 1 % of
#: 2021-06, 5 % of 2025-06, 8 % of 2026-08.
MIN_ISSUES_IF_UNFOLLOWED = 10
#: A project of yesterday with a list of tasks and hardly a follower. The listings tell no age, so
#: this is our judgement.
NEWBORN, MIN_ISSUES_IF_NEWBORN, MAX_STARS_IF_NEWBORN = timedelta(days=30), 5, 49

#: A bought star leaves no fork: far beyond the ratio of living projects (about ten stars a fork).
MIN_STARS_IF_BOUGHT, STARS_PER_FORK_IF_BOUGHT = 500, 200

#: An issue without a word says nothing against a project that people use: of 2,853 issues in
#: well-kept projects (the data of mcxwx123/RecGFI) 42 had an empty text, and newcomers solved 9.5 %
#: of them as of all.
MAX_STARS_IF_WORDLESS = 9
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

#: Known collections of algorithms, and what serves Hacktoberfest itself, mostly have more stars.
#: Measured: 533 rows that no earlier rule drops, in 2022-10 the most; by eye nearly all are course
#: copies, collections of exercises, and repositories opened to be counted.
MAX_STARS_OF_PRACTICE = 99
_NAME_LIST = re.compile(
    r"\b(?:add|put|write)\s+(?:your|ur)\s+(?:name|profile|bio|details|intro)|"
    r"(?<![\"'“])\bstar\s+(?:this|the)\s+repo|\bsign\s+the\s+(?:guest|contributors?)\b|"
    r"\bfirst\s+(?:pull\s+request|pr)\s+(?:practice|playground)|"
    r"\bmake\s+your\s+first\s+(?:pull\s+request|pr|contribution)\b",
    re.IGNORECASE,
)
_PRACTICE_NAME = re.compile(r"hack?t?ober ?fest|\bhack?tober\b", re.IGNORECASE)
_PRACTICE = re.compile(
    r"\brobot powered training repository|\bcreated by github classroom|^exercise:|"
    r"\b(?:valid|four|4) (?:prs?|pull requests?)\b|"
    r"\b(?:open|excluded|created|made|only) (?:for|from) hackt?ober|"
    r"\bhackt?ober.{0,60}\bswags?\b|\bswags?\b.{0,60}\bhackt?ober|"
    r"\bfirst open[- ]source (?:contribution|pull request|pr)\b|"
    r"\bpracti[cs]e (?:git|github|making|raising|project)\b|\bpull request for practice|"
    r"\b(?:leet ?code|hacker ?rank|geeks ?for ?geeks|dsa)\b[- ]*(?:solutions?|questions?|problems?|"
    r"sheets?|codes?|programs?|practice)\b|"
    r"\b(?:solutions?|codes?|programs?|questions?|problems?) (?:of|for|to|on|in)\b.{0,20}"
    r"\b(?:leet ?code|hacker ?rank|geeks ?for ?geeks|dsa)\b|"
    r"\b(?:programs?|codes?) in (?:any|all|every|different|various|multiple) (?:\w+ )?lang",
    re.IGNORECASE,
)


def many_labels(issue: Issue) -> str | None:
    """Label bait: every word for "beginner" at once."""
    n_labels = sum(is_newcomer_label(label) for label in issue.labels)
    return f"{n_labels} beginner labels on one issue" if n_labels > MAX_NEWCOMER_LABELS else None


def templated(issue: Issue, corpus: Survey) -> str | None:
    """Titles that differ in numbers only, or that number a series."""
    times = 2 if (corpus.standing(issue) or 0) >= WELL_KNOWN_STARS else 1
    n_alike = corpus.n_of_title[issue.ref.repository, title_shape(issue.title)]
    if n_alike >= MIN_TEMPLATED * times:
        return f"{n_alike} issues with the same title"
    n_series = corpus.n_of_series[issue.ref.repository, series_of(issue.title) or ""]
    return f"{n_series} issues of a numbered series" if n_series >= MIN_SERIES * times else None


def flood(issue: Issue, corpus: Survey) -> str | None:
    """More in a day than a project of that standing opens."""
    day = issue.created_at.date()
    n_repository = corpus.n_of_repository_on[issue.ref.repository, day]
    n_owner = corpus.n_of_owner_on[issue.ref.owner, day]
    most = _most_a_day(corpus.standing(issue))
    if n_repository > most or n_owner > most * OWNER_TIMES:
        return f"{max(n_repository, n_owner)} beginner issues opened in a day"
    return None


def unfollowed(issue: Issue, corpus: Survey) -> str | None:
    """A long list of tasks in a project that fewer people starred."""
    n_issues, stars = corpus.n_of_repository[issue.ref.repository], corpus.standing(issue)
    if stars is None or n_issues < MIN_ISSUES_IF_UNFOLLOWED or n_issues <= stars:
        return None
    return f"{n_issues} beginner issues and {stars} stars"


def newborn(issue: Issue, corpus: Survey, now: datetime) -> str | None:
    """A project of yesterday that opens with a list of beginner issues."""
    facts, stars = issue.repository.facts, corpus.standing(issue)
    if facts is None or facts.created_at is None or now - facts.created_at >= NEWBORN:
        return None
    n_issues = corpus.n_of_repository[issue.ref.repository]
    if n_issues < MIN_ISSUES_IF_NEWBORN or (stars or 0) > MAX_STARS_IF_NEWBORN:
        return None
    return f"{n_issues} beginner issues in a project {(now - facts.created_at).days} days old"


def warned_of(issue: Issue, corpus: Survey) -> str | None:
    """What Hacktoberfest's organizers say of the repository."""
    is_warned_of = issue.ref.repository in corpus.warned_of
    return "Hacktoberfest's organizers exclude the project" if is_warned_of else None


def name_list(issue: Issue) -> str | None:
    """A list that one adds oneself to."""
    facts = issue.repository.facts
    texts = (issue.title, (facts and facts.description) or "")
    return "a list to add names to" if any(map(_is_name_list, texts)) else None


def practice(issue: Issue, corpus: Survey) -> str | None:
    """A project to practise pull requests in, to collect exercises, or to be counted for swag."""
    facts, stars = issue.repository.facts, corpus.standing(issue)
    if facts is None or stars is None or stars > MAX_STARS_OF_PRACTICE:
        return None
    name = issue.ref.repository.partition("/")[2]
    is_practice = _is_practice(name, facts.description or "")
    return "a project to practise in" if is_practice else None


def bought_stars(issue: Issue) -> str | None:
    """Many stars, and nobody who forked it."""
    facts = issue.repository.facts
    if facts is None or facts.stars < MIN_STARS_IF_BOUGHT or facts.forks is None:
        return None
    is_bought = facts.stars > STARS_PER_FORK_IF_BOUGHT * max(facts.forks, 1)
    return f"{facts.stars} stars and {facts.forks} forks" if is_bought else None


def empty_project(issue: Issue, corpus: Survey) -> str | None:
    """Nothing said of it, and nobody who follows it or anything else of its owner."""
    facts = issue.repository.facts
    if facts is None or facts.description or corpus.standing(issue):
        return None
    return "a project without description or a single star"


def wordless(issue: Issue, corpus: Survey) -> str | None:
    """No word of text, in a project that hardly anybody follows."""
    stars, body = corpus.standing(issue), issue.details.body if issue.details else None
    if body is None or stars is None or stars > MAX_STARS_IF_WORDLESS:
        return None
    has_word = any(char.isalnum() for char in _UNSEEN.sub("", body))
    return None if has_word else "its text is empty"


def _most_a_day(stars: int | None) -> int:
    """How many issues a day pass; where the stars are unknown, as many as anywhere."""
    if stars is None:
        return MAX_A_DAY[0][1]
    return next(most for min_stars, most in MAX_A_DAY if stars >= min_stars)


@lru_cache(maxsize=2**15)
def _is_name_list(text: str) -> bool:
    return _NAME_LIST.search(text) is not None


@lru_cache(maxsize=2**15)
def _is_practice(name: str, description: str) -> bool:
    spaced = re.sub(r"[-_.]+", " ", name)
    return bool(
        _PRACTICE_NAME.search(spaced) or _PRACTICE.search(spaced) or _PRACTICE.search(description)
    )
