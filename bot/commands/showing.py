"""Showing: a digest or an issue's ledger for one person at a terminal; nothing is recorded.

Comes in: a session. Goes out: a message, or an explanation.
"""

from bot.adapters.folder import write_message
from bot.digest import Letter
from bot.dispatch import letter_to, without_the_silent
from bot.explanation import Explanation, explain_issue
from bot.harvest.budget import harvest_budget
from bot.learning import recall
from bot.pipeline import prepare_week
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.schedule import channel_of, why_not_due
from bot.selection import Task
from bot.session import Session
from bot.terms import IssueRef


def show_digest(session: Session, login: str) -> Message:
    """The student's digest of the week, rendered, and written to `--out` where that is given."""
    message = render_message(_compose_letter(session, login))
    if session.request.out is not None:
        write_message(session.request.out, message)
    return message


def _compose_letter(session: Session, login: str) -> Letter:
    """The journal's digest, else one composed without recording it.

    It is composed for the whole club, because clubmates share the issues.
    """
    student, everyone = session.student(login), session.configuration.students
    entry = session.journal.entry(str(session.run.week), student.login)
    if entry is not None:
        students = {one.login.casefold(): one for one in everyone}
        digest = without_the_silent(entry.digest, students, session.register)
        return letter_to(student, digest, session.club, entry.channel)
    others = (
        one
        for one in everyone
        if why_not_due(one, session.journal, session.register, session.run) is None
    )
    due = sorted({one.login: one for one in (*others, student)}.values(), key=lambda one: one.login)
    with session.office() as office:
        prepared = prepare_week(session.run, due, office, recall(office))
    digests = {digest.student: digest for digest in prepared.digests}
    if prepared.failure is not None and student.login not in digests:
        raise prepared.failure
    channel = channel_of(session.club, student)
    return letter_to(student, digests[student.login], session.club, channel)


def explain(session: Session, login: str, ref: IssueRef) -> Explanation:
    """Why the issue is, or is not, for this student."""
    student = session.student(login)
    with session.office() as office:
        lessons = recall(office)
    leanings = {
        one.login.casefold(): lessons.leaning(one, session.run.now)
        for one in session.configuration.students
    }
    climbed = student.model_copy(update={"level": lessons.level(student)})
    task = Task(
        club=session.club,
        students=(climbed,),
        offers=session.journal.offers(),
        week=session.run.week,
        now=session.run.now,
        allowance=harvest_budget(session.club.points_budget),
        leanings=leanings,
    )
    return explain_issue(task, climbed, ref, session.issue_source())
