"""Something into each table of what was learned, and all of it back."""

from bot.adapters.database import SqlJournal
from bot.ladder import StatedLevel
from bot.terms import Level
from tests.builders_learned import build_answer, build_progress, build_review, build_verdict
from tests.contracts.steps import AT, W47


def learn(journal: SqlJournal) -> None:
    """All of it ada's and grace's."""
    journal.answer_book().record_answers("comment 12", [build_answer()])
    journal.answer_book().record_read(AT)
    journal.progress_book().record_progress([build_progress()])
    journal.progress_book().record_points(W47, 3)
    journal.review_book().record_review(build_review())
    journal.review_book().record_verdicts(W47, "grace-example", [build_verdict()])
    journal.register().record_stated_level(StatedLevel("ada-example", Level.BEGINNER, AT))


def recall(journal: SqlJournal) -> tuple[object, ...]:
    """All that is kept of it, a part a table or two."""
    return (
        journal.answer_book().answers(),
        journal.answer_book().read_until(),
        journal.progress_book().progress(),
        journal.progress_book().points(W47),
        journal.review_book().reviews(W47),
        journal.review_book().verdicts(),
        journal.register().stated_level("ada-example"),
    )
