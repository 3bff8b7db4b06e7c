"""Reviews and verdicts in SQL, in the journal's database.

Comes in: review posts, and what mentors decided there. Goes out: the same. Each method is one
transaction.
"""

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    true,
    update,
)

from bot.adapters.database_engine import transaction
from bot.adapters.database_learned_tables import (
    add_rows,
    issue_columns,
    issue_of,
    readable,
    review_lines,
    reviews,
    verdicts,
)
from bot.adapters.database_tables import aware, stored
from bot.adapters.harvest_rows import writable
from bot.review.verdict import Line, ReviewBook, ReviewPost, Verdict, VerdictKind
from bot.terms import IssueRef


class SqlReviewBook(ReviewBook):
    """What mentors decided, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reviews(self, week: str) -> tuple[ReviewPost, ...]:
        """The week's review posts, by mentor."""
        return self._reviews(reviews.c.week == week)

    def open_reviews(self) -> tuple[ReviewPost, ...]:
        """All that were not closed yet, of any week, by week and mentor."""
        return self._reviews(reviews.c.is_open)

    def _reviews(self, which: ColumnElement[bool]) -> tuple[ReviewPost, ...]:
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(select(reviews).where(which)).mappings().all()
            found = [_review_of(connection, row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.week, one.mentor)))

    def record_review(self, review: ReviewPost) -> None:
        """Write a review post down, in the place of what was known of its week and mentor."""
        week, mentor = review.week, review.mentor.casefold()
        place = {"week": week, "mentor": mentor}
        row = {
            **place,
            "repository": review.repository.casefold(),
            "number": review.number,
            "place": review.place,
            "posted_at": stored(review.posted_at),
            "is_open": review.is_open,
        }
        lines = [place | _line_row(*numbered) for numbered in enumerate(review.lines)]
        this = and_(reviews.c.week == week, reviews.c.mentor == mentor)
        with transaction(self._engine, writes=True) as connection:
            connection.execute(delete(reviews).where(this))
            connection.execute(insert(reviews).values(row))
            said = f"Two lines of {mentor}'s review of {week} have one student and number."
            add_rows(connection, review_lines, lines, said)

    def verdicts(self, week: str | None = None) -> tuple[Verdict, ...]:
        """Of a week, or all: oldest first; of one moment by source and position."""
        which = true() if week is None else verdicts.c.week == week
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(select(verdicts).where(which)).mappings().all()
        with readable("What a mentor decided"):
            found = [_verdict_of(row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.at, one.source, one.position, one.week)))

    def record_verdicts(self, week: str, mentor: str, verdicts_: Iterable[Verdict]) -> None:
        """Write down all that stands in that mentor's post, in the place of what was read."""
        post, given = mentor.casefold(), tuple(verdicts_)
        rows = [_verdict_row(week, post, one) for one in given]
        with transaction(self._engine, writes=True) as connection:
            before = delete(verdicts).where(verdicts.c.week == week)
            connection.execute(before.where(verdicts.c.post == post))
            for source in {one.source for one in given}:
                connection.execute(before.where(verdicts.c.source == source))
            said = f"Two verdicts in {mentor}'s review of {week} have one source and position."
            add_rows(connection, verdicts, rows, said)

    def places(self, login: str) -> tuple[str, ...]:
        """The posts that show a student, or were made for a mentor, by week and mentor."""
        folded = login.casefold()
        shows = exists().where(
            review_lines.c.week == reviews.c.week,
            review_lines.c.mentor == reviews.c.mentor,
            review_lines.c.login == folded,
        )
        return tuple(one.place for one in self._reviews(or_(reviews.c.mentor == folded, shows)))

    def forget(self, login: str) -> int:
        """Forget a person: as a student, as a mentor; how many rows of theirs."""
        folded = login.casefold()
        theirs = (
            (review_lines, review_lines.c.login == folded),
            (verdicts, or_(verdicts.c.login == folded, verdicts.c.mentor == folded)),
            (reviews, reviews.c.mentor == folded),
        )
        with transaction(self._engine, writes=True) as connection:
            # What others decided in their post counts on.
            connection.execute(update(verdicts).where(verdicts.c.post == folded).values(post=""))
            gone = (delete(table).where(which) for table, which in theirs)
            return sum(connection.execute(statement).rowcount for statement in gone)

    def forget_before(self, week: str) -> None:
        """Forget reviews and verdicts of earlier weeks."""
        with transaction(self._engine, writes=True) as connection:
            for table in (reviews, verdicts):
                connection.execute(delete(table).where(table.c.week < week))


def _line_row(position: int, line: Line) -> dict[str, object]:
    return {
        "position": position,
        "login": line.login.casefold(),
        "n": line.n,
        **issue_columns(line.ref),
        "spare": line.spare,
        "shown_at": line.shown_at and stored(line.shown_at),
    }


def _line_of(row: RowMapping) -> Line:
    ref, at = IssueRef(row["repository"], row["number"]), row["shown_at"]
    return Line(row["login"], row["n"], ref, row["spare"], at and aware(at))


def _review_of(connection: Connection, row: RowMapping) -> ReviewPost:
    this = and_(review_lines.c.week == row["week"], review_lines.c.mentor == row["mentor"])
    query = select(review_lines).where(this).order_by(review_lines.c.position)
    lines = tuple(_line_of(line) for line in connection.execute(query).mappings())
    return ReviewPost(
        row["week"],
        row["mentor"],
        row["repository"],
        row["number"],
        row["place"],
        aware(row["posted_at"]),
        lines,
        row["is_open"],
    )


def _verdict_row(week: str, post: str, verdict: Verdict) -> dict[str, object]:
    if verdict.week != week:
        raise ValueError(f"a verdict of {verdict.week} is not one of {week}")
    return {
        "week": week,
        "post": post,
        "source": verdict.source,
        "position": verdict.position,
        "login": verdict.login.casefold(),
        "mentor": verdict.mentor.casefold(),
        "kind": verdict.kind.value,
        "at": stored(verdict.at),
        **issue_columns(verdict.ref),
        "text": writable(verdict.text),
    }


def _verdict_of(row: RowMapping) -> Verdict:
    return Verdict(
        row["week"],
        row["login"],
        row["mentor"],
        VerdictKind(row["kind"]),
        aware(row["at"]),
        row["source"],
        row["position"],
        issue_of(row),
        row["text"],
    )
