"""The answers in SQL, in the journal's database.

Comes in: what students said. Goes out: the same. Each method is one transaction.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Engine, RowMapping, delete, insert, select

from bot.adapters.database_engine import transaction
from bot.adapters.database_learned_tables import (
    add_rows,
    answers,
    answers_read,
    issue_columns,
    issue_of,
    readable,
)
from bot.adapters.database_tables import aware, stored
from bot.adapters.harvest_rows import writable
from bot.feedback.answer import Answer, AnswerBook, AnswerKind

_TOPICS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])


class SqlAnswerBook(AnswerBook):
    """What students said, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def answers(self) -> tuple[Answer, ...]:
        """All that are kept, oldest first; of one moment by source and position."""
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(select(answers)).mappings().all()
        with readable("What a student answered"):
            found = [_answer_of(row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.at, one.source, one.position)))

    def record_answers(self, source: str, answers_: Iterable[Answer]) -> None:
        """Keep what was said in a source, in the place of what was read of it before."""
        rows = [_row_of(source, one) for one in answers_]
        with transaction(self._engine, writes=True) as connection:
            connection.execute(delete(answers).where(answers.c.source == source))
            said = f"Two answers of {source} have one position."
            add_rows(connection, answers, rows, said)

    def read_until(self) -> datetime | None:
        """Up to when remarks were read last."""
        with transaction(self._engine, writes=False) as connection:
            moment = connection.scalar(select(answers_read.c.until))
        return None if moment is None else aware(moment)

    def record_read(self, until: datetime) -> None:
        """Write down that everything said until then is read."""
        row = {"one": 1, "until": stored(until)}
        with transaction(self._engine, writes=True) as connection:
            connection.execute(delete(answers_read))
            connection.execute(insert(answers_read).values(row))

    def forget(self, login: str) -> int:
        """Forget all of a student; how many answers that were."""
        this = delete(answers).where(answers.c.login == login.casefold())
        with transaction(self._engine, writes=True) as connection:
            return connection.execute(this).rowcount

    def forget_before(self, moment: datetime) -> None:
        """Forget what was said earlier."""
        earlier = delete(answers).where(answers.c.at < stored(moment))
        with transaction(self._engine, writes=True) as connection:
            connection.execute(earlier)


def _row_of(source: str, answer: Answer) -> dict[str, object]:
    if answer.source != source:
        raise ValueError(f"an answer of {answer.source} is not one of {source}")
    return {
        "source": source,
        "position": answer.position,
        "login": answer.login.casefold(),
        "kind": answer.kind.value,
        "at": stored(answer.at),
        **issue_columns(answer.ref),
        "topics": json.dumps([writable(topic) for topic in answer.topics]),
        "name": writable(answer.name),
        "until": answer.until,
    }


def _answer_of(row: RowMapping) -> Answer:
    return Answer(
        row["login"],
        AnswerKind(row["kind"]),
        aware(row["at"]),
        row["source"],
        row["position"],
        issue_of(row),
        _TOPICS.validate_json(row["topics"]),
        row["name"],
        row["until"],
    )
