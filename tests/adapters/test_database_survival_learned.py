"""What was learned, under kill -9: each act is there whole, or not at all."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.ladder import StatedLevel
from bot.outcomes.progress import Outcome
from bot.terms import IssueRef, Level
from tests.adapters.learning import learn, recall
from tests.builders_learned import (
    build_answer,
    build_line,
    build_progress,
    build_review,
    build_verdict,
)
from tests.contracts.steps import AT, W47, W48

REPOSITORY_ROOT = Path(__file__).parents[2]

#: Forks children, of which each kills itself one statement later within the act than the last.
MARTYR = """
import os, signal, sys
from sqlalchemy import event
from bot.adapters.database import SqlJournal
from tests.adapters.learning import learn
from tests.adapters.test_database_survival_learned import ACTS

folder, act = sys.argv[1:]

def child(url, fatal):
    journal = SqlJournal.open(url)
    seen = [0]
    def count(*_):
        seen[0] += 1
        if seen[0] == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(journal._engine, "after_cursor_execute", count)
    ACTS[act](journal)
    os._exit(0)

for fatal in range(1, 100):
    url = f"sqlite:///{folder}/{fatal}.db"
    with SqlJournal.open(url) as journal:
        learn(journal)
    pid = os.fork()
    if pid == 0:
        child(url, fatal)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFSIGNALED(status):
        assert status == 0
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
print(fatal - 1)
"""


def record_answers(journal: SqlJournal) -> None:
    answers = [build_answer(position=n, name="new") for n in range(2)]
    journal.answer_book().record_answers("comment 12", answers)


def record_progress(journal: SqlJournal) -> None:
    news = build_progress(outcome=Outcome.MERGED)
    other = build_progress(ref=IssueRef("lumen-lab/atlas", 7), node_id="I_7")
    journal.progress_book().record_progress([news, other])


def record_review(journal: SqlJournal) -> None:
    journal.review_book().record_review(build_review(number=8, lines=(build_line(n=5),)))


def record_verdicts(journal: SqlJournal) -> None:
    verdicts = [build_verdict(position=n, text="new") for n in range(2)]
    journal.review_book().record_verdicts(W47, "grace-example", verdicts)


def record_stated_level(journal: SqlJournal) -> None:
    stated = StatedLevel("ada-example", Level.INTERMEDIATE, AT)
    journal.register().record_stated_level(stated)


#: Each takes two statements at least, besides BEGIN.
ACTS: dict[str, Callable[[SqlJournal], object]] = {
    "record_answers": record_answers,
    "record_read": lambda journal: journal.answer_book().record_read(AT + timedelta(days=1)),
    "record_progress": record_progress,
    "record_points": lambda journal: journal.progress_book().record_points(W47, 4),
    "record_review": record_review,
    "record_verdicts": record_verdicts,
    "forget a student's review": lambda journal: journal.review_book().forget("ada-example"),
    "forget a mentor": lambda journal: journal.review_book().forget("grace-example"),
    "forget reviews before": lambda journal: journal.review_book().forget_before(W48),
    "record_stated_level": record_stated_level,
    "forget what was told": lambda journal: journal.register().forget("ada-example"),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_learned_is_as_it_was_before_an_act_that_was_killed(
    tmp_path: Path, act: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MARTYR, str(tmp_path), act],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    with SqlJournal.open("sqlite://") as journal:
        learn(journal)
        before = recall(journal)
        ACTS[act](journal)
        after = recall(journal)
    assert before != after
    n_killed = int(done.stdout)
    assert n_killed >= 3, "killed after BEGIN and after every statement"
    for number in range(1, n_killed + 1):
        with SqlJournal.open(f"sqlite:///{tmp_path}/{number}.db") as journal:
            assert recall(journal) == before
    with SqlJournal.open(f"sqlite:///{tmp_path}/{n_killed + 1}.db") as journal:
        assert recall(journal) == after
