"""How fast it ranks: all listings for a thousand students with reasons, beside known libraries.

Comes in: `newcomer_issues.jsonl.gz`. Goes out: tables of seconds and peak memory, every line from a
process of its own, all in one run. The libraries rank by text alone: no language, no scores, no
reasons.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np

from bot.harvest.issue import Issue
from bot.subscriptions.student import Subscription
from tests.benchmarks.listed import read_rows
from tests.benchmarks.profiles import PROFILES
from tests.benchmarks.tables import print_table

N_BEST, N_STUDENTS = 20, 1_000
SIZES, CLUBS = (1_000, 10_000, 43_050, 100_000), (10, 100, 1_000)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
LANGUAGES = ("Python", "JavaScript", "TypeScript", "Java", "Go", "Rust", "C++", "C", "C#", "PHP")


def main(path: Path) -> None:
    """Print the comparison and the curve."""
    rows = (("foothold", 43_050, N_STUDENTS), *((name, 43_050, N_STUDENTS) for name in RIVALS))
    print_table(
        f"43,050 issues ranked for {N_STUDENTS:,} students, the best {N_BEST} of each",
        ("what", "index, s", "rank, s", "reasons, s", "all, s", "MB"),
        (_line(_apart(path, *row)) for row in rows),
    )
    curve = [("foothold", size, N_STUDENTS) for size in SIZES]
    curve += [("foothold", 43_050, n) for n in CLUBS[:-1]]
    print_table(
        "The curve (more than 43,050: the same again under other numbers)",
        ("issues", "students", "index, s", "rank, s", "reasons, s", "all, s", "MB"),
        ((row[1], row[2], *_line(_apart(path, *row))[1:]) for row in curve),
    )


def _apart(path: Path, *row: object) -> dict[str, object]:
    """Measure in a process of its own, so that no peak is another's."""
    command = [sys.executable, "-m", "tests.benchmarks.ranking_speed", str(path), *map(str, row)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _line(told: dict[str, object]) -> Sequence[object]:
    steps = [told[step] for step in ("index", "rank", "reasons")]
    return told["name"], *steps, sum(one for one in steps if isinstance(one, float)), told["mb"]


def make_students(n: int) -> list[Subscription]:
    """Made-up students: two languages, and of the profiles' interests four."""
    dice = Random(1)
    interests = sorted(set(chain.from_iterable(one.interests for one in PROFILES.values())))
    return [
        Subscription.model_validate(
            {
                "login": f"student-{number}-example",
                "languages": dice.sample(LANGUAGES, 2),
                "interests": dice.sample(interests, 4),
            }
        )
        for number in range(n)
    ]


def _foothold(issues: Sequence[Issue], students: Sequence[Subscription]) -> list[float]:
    from bot.corpus.candidates import choose_candidates
    from bot.corpus.catalogue import build_catalogue
    from bot.corpus.interest import Matcher
    from bot.ranking.rank import build_ranker

    began = time.perf_counter()
    matcher = Matcher(build_catalogue(issues))
    ranker = build_ranker(matcher, NOW)
    indexed = time.perf_counter()
    best = [ranker.rank(one, choose_candidates(one, matcher), N_BEST) for one in students]
    ranked = time.perf_counter()
    for student, found in zip(students, best, strict=True):
        ranker.explain(student, (one.issue.ref for one in found))
    return [indexed - began, ranked - indexed, time.perf_counter() - ranked]


def _scikit(
    issues: Sequence[Issue], students: Sequence[Subscription], **options: object
) -> list[float]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    texts, wishes = list(map(_text, issues)), list(map(_wish, students))
    began = time.perf_counter()
    vectorizer = TfidfVectorizer(**options)
    index = vectorizer.fit_transform(texts)
    indexed = time.perf_counter()
    asked = vectorizer.transform(wishes)
    for start in range(0, len(wishes), 100):
        cosines = cosine_similarity(asked[start : start + 100], index)
        near = np.argpartition(-cosines, N_BEST, axis=1)[:, :N_BEST]
        np.take_along_axis(cosines, near, axis=1).argsort(axis=1)
    return [indexed - began, time.perf_counter() - indexed]


def _scikit_phrases(issues: Sequence[Issue], students: Sequence[Subscription]) -> list[float]:
    return _scikit(issues, students, ngram_range=(1, 2))


def _bm25s(issues: Sequence[Issue], students: Sequence[Subscription]) -> list[float]:
    import bm25s

    texts, wishes = list(map(_text, issues)), list(map(_wish, students))
    began = time.perf_counter()
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    indexed = time.perf_counter()
    asked = bm25s.tokenize(wishes, show_progress=False)
    index.retrieve(asked, k=N_BEST, show_progress=False)
    return [indexed - began, time.perf_counter() - indexed]


def _text(issue: Issue) -> str:
    facts = issue.repository.facts
    return f"{issue.title} {' '.join(issue.labels)} {(facts and facts.description) or ''}"


def _wish(student: Subscription) -> str:
    return " ".join((*student.languages, *student.interests))


RIVALS: dict[str, Callable[[Sequence[Issue], Sequence[Subscription]], list[float]]] = {
    "scikit-learn, words": _scikit,
    "scikit-learn, words and phrases of two": _scikit_phrases,
    "bm25s": _bm25s,
}


def _measure(path: Path, name: str, n_issues: int, n_students: int) -> None:
    issues = read_rows(path, n_issues)
    run = RIVALS.get(name, _foothold)
    steps = [*run(issues, make_students(n_students)), None][:3]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "name": name,
                **dict(zip(("index", "rank", "reasons"), steps, strict=True)),
                "mb": peak,
            }
        )
    )


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
