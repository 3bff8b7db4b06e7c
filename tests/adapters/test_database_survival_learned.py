"""What was learned, under kill -9: each act is there whole, or not at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapters.database import SqlJournal
from bot.ladder import StatedLevel
from bot.outcomes.progress import Outcome
from bot.terms import IssueRef, Level
from tests.adapters.killing import Killed, kill_within
from tests.adapters.learning import learn, recall
from tests.builders_learned import (
    build_answer,
    build_line,
    build_progress,
    build_review,
    build_verdict,
)
from tests.contracts.steps import AT, W47, W48

prepare = learn


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


@pytest.fixture(scope="module")
def killed_acts(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return kill_within(tmp_path_factory.mktemp("killed"), __name__)


@pytest.mark.parametrize("act", ACTS)
def test_what_was_learned_is_as_it_was_before_an_act_that_was_killed(
    killed_acts: Killed, act: str
) -> None:
    killed, whole = killed_acts[act]
    with SqlJournal.open("sqlite://") as journal:
        learn(journal)
        before = recall(journal)
        ACTS[act](journal)
        after = recall(journal)
    assert before != after
    assert len(killed) >= 3, "killed after BEGIN and after every statement"
    for url in killed:
        with SqlJournal.open(url) as journal:
            assert recall(journal) == before
    with SqlJournal.open(whole) as journal:
        assert recall(journal) == after
