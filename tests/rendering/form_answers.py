"""Every answer to a subscription form, and every request that one leads to, as one golden text.

`python -m tests.rendering.form_answers` writes the files anew; the diff shows what students read.
"""

from pathlib import Path

from bot.enrolment.likings import Liking, Likings
from bot.enrolment.questions import PUBLIC, WANTED, Question
from bot.enrolment.wishes import Complaint
from bot.rendering.enrolment import Answer, Outcome, Petition, render_answer, render_petition
from bot.sayings import Saying
from bot.terms import Locale

GOLDEN = Path(__file__).parent / "golden"
SHA = "0123456789abcdef"
COMPLAINTS = tuple(
    Complaint(question, Saying(key, values))
    for question, key, values in (
        (Question.MORE_LANGUAGES, "form_near_language", {"name": "Pyton", "near": ("Python",)}),
        (Question.MORE_LANGUAGES, "form_no_language", {"name": "Klingon"}),
        (Question.MORE_LANGUAGES, "form_topic", {"name": "django", "question": "Interests"}),
        (Question.INTERESTS, "form_no_wishes", {}),
        (Question.INTERESTS, "form_too_many", {"given": 21, "most": 20}),
        (Question.INTERESTS, "form_too_long", {"text": "All that…", "most": 100}),
        (Question.INTERESTS, "form_address", {}),
        (Question.HOURS, "form_no_choice", {"text": "99", "choices": ("1", "2", "3")}),
        (Question.CHANNEL, "form_no_mail", {}),
        (Question.AVOID, "form_no_exclusion", {"text": "a/b/c"}),
        (Question.AGREEMENTS, "form_tick", {"choice": WANTED}),
        (Question.AGREEMENTS, "form_must_be_public", {"choice": PUBLIC}),
        (Question.LANGUAGES, "form_refused", {"text": "`name` is too long"}),
    )
)
NOTES = (
    Saying("note_mail_later", {"command": "foothold encrypt --student ada-example"}),
    Saying("note_paused", {"day": "2026-12-24"}),
    Saying("note_anew"),
)
LIKINGS = Likings((Liking("Go", 1, 0), Liking("Rust", 0, 4)), (Liking("maps", 2, 1),))
WITH_PULL = {Outcome.NEW, Outcome.CHANGED, Outcome.STOPPED, Outcome.WITHDRAWN}


def answer_of(outcome: Outcome) -> Answer:
    is_wrong = outcome is Outcome.WRONG
    return Answer(
        login="ada-example",
        club="Campus Open Source Club",
        sha=SHA,
        outcome=outcome,
        pull=12 if outcome in WITH_PULL else None,
        complaints=COMPLAINTS if is_wrong else (),
        notes=NOTES if outcome is Outcome.CHANGED else (),
        has_address=is_wrong,
        likings=LIKINGS if outcome is Outcome.NEW else None,
    )


def compose(locale: Locale) -> str:
    """All of it, each under what it answers."""
    parts = [f"## {one}\n\n{render_answer(answer_of(one), locale)}" for one in Outcome]
    for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.STOPPED):
        kept = ("email", "name") if outcome is Outcome.CHANGED else ()
        title, body = render_petition(Petition("ada-example", 7, outcome, kept), locale)
        parts.append(f"## request: {title}\n\n{body}")
    return "\n".join(parts)


def golden(locale: Locale) -> Path:
    return GOLDEN / f"form_answers.{locale}.md"


if __name__ == "__main__":
    for one in Locale:
        golden(one).write_text(compose(one), "utf-8")
