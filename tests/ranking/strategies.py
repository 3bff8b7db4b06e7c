"""Issues and students of all sorts, for properties of whole scores."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st

from bot.harvest.issue import TrackRecord
from bot.terms import Kind, Level
from tests.builders_core import (
    NOW,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
)

WORDS = ("tides", "astronomy", "typo", "rewrite", "tests", "translate", "round", "label", "sky")
INTERESTS = ("tides", "astronomy", "data visualization", "machine learning", "Go")
LABELS = ("good first issue", "help wanted", "docs", "easy", "bug", "hard", "tides", "P1")

#: A busy machine is no error; examples enough to meet each rule.
unhurried = settings(deadline=None, max_examples=30)

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
moments = st.timedeltas(timedelta(0), timedelta(days=3_000)).map(lambda age: NOW - age)
counts = st.integers(0, 100_000)
records = st.builds(
    TrackRecord,
    n_commits=st.none() | counts,
    n_closed_pull_requests=st.none() | counts,
    n_merged_lately=st.integers(0, 50),
    n_from_newcomers=st.just(0),
    read_at=moments,
)
facts = st.none() | st.builds(
    build_facts,
    description=st.none() | texts,
    topics=st.none() | st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    language_shares=st.none() | st.floats(0, 1).map(lambda share: (share, 1 - share)),
    languages=st.just(("Go", "Python")),
    stars=st.integers(0, 200_000),
    pushed_at=st.none() | moments,
    guide=st.none() | st.just("https://example.org/guide"),
    record=st.none() | records,
)
comments = st.builds(
    build_comment,
    texts,
    association=st.sampled_from(["NONE", "MEMBER"]),
    author=st.sampled_from([None, "mira-example", "bea-example"]),
)
details = st.none() | st.builds(
    lambda told, **changes: build_details(*told, **changes),
    st.lists(comments, max_size=2),
    body=st.none() | texts,
    n_comments=st.none() | st.integers(0, 300),
)
issues = st.builds(
    build_issue,
    number=st.integers(1, 10_000),
    repository=st.builds(
        build_repository,
        st.sampled_from(["lumen-lab/starcharts", "anchor-guild/tides"]),
        language=st.sampled_from([None, "Python", "Go"]),
        facts=facts,
    ),
    title=texts,
    labels=st.lists(st.sampled_from(LABELS), max_size=3, unique=True).map(tuple),
    created_at=moments,
    association=st.sampled_from(["NONE", "MEMBER"]),
    details=details,
)
corpora = st.lists(issues, min_size=1, max_size=8, unique_by=lambda one: one.ref)
students = st.builds(
    build_student,
    languages=st.dictionaries(
        st.sampled_from(["Python", "Go"]), st.sampled_from(["fluent", "learning"]), min_size=1
    ),
    interests=st.lists(st.sampled_from(INTERESTS), unique=True),
    level=st.sampled_from(Level),
    kinds=st.lists(st.sampled_from(Kind), min_size=1, unique=True),
    hours=st.integers(1, 20),
)
