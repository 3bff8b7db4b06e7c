"""What an officer sees of a digest, and what is left of who was forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.people import Forgotten, forget_student, stop_student
from bot.commands.showing import show_digest
from bot.delivery import Receipt
from bot.digest import Peer
from bot.session import Request, Session, open_session
from bot.settings import Settings
from bot.terms import ChannelName, Week
from tests.builders import WEEK, build_digest
from tests.builders_core import NOW

PLACE = "https://github.com/campus-club/digests/issues/3"


def write_config(folder: Path, *, agrees: bool = True) -> Path:
    """Ada and Bo, who agree to be named, or Bo does not any more."""
    students = folder / "students"
    students.mkdir(parents=True, exist_ok=True)
    (folder / "club.yaml").write_text(
        "name: Campus Club\nrepository: campus-club/digests\ntimezone: UTC\n"
        "mentors: [{github: grace-example, students: all}]\n"
    )
    for login, peers in (("ada-example", True), ("bo-example", agrees)):
        (students / f"{login}.yaml").write_text(f"languages: [Go]\npeers: {str(peers).lower()}\n")
    return folder


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A journal in which Bo is named in the digest that Ada got."""
    digest = build_digest(
        student="ada-example", peers=(Peer("bo-example", "lumen-lab/starcharts"),)
    )
    request = Request(write_config(tmp_path), now=NOW, week=Week.parse(WEEK), records=True)
    with open_session(request, Settings(state=f"sqlite:///{tmp_path}/state.db")) as session:
        session.journal.record_week(WEEK, [(digest, ChannelName.ISSUE)])
        session.journal.record_receipt(Receipt(WEEK, "ada-example", ChannelName.ISSUE, PLACE, NOW))
        yield session


def is_shown(session: Session) -> bool:
    return "bo-example" in show_digest(session, "ada-example").markdown


def test_a_clubmate_who_agrees_is_shown(session: Session) -> None:
    assert is_shown(session)


def test_a_clubmate_who_takes_the_word_back_is_not_shown_from_the_journal(
    session: Session, tmp_path: Path
) -> None:
    request = Request(write_config(tmp_path, agrees=False), now=NOW, week=Week.parse(WEEK))
    with open_session(request, session.settings) as later:
        assert not is_shown(later)


def test_a_clubmate_who_left_is_not_shown_from_the_journal(session: Session) -> None:
    stop_student(session, "bo-example")
    assert not is_shown(session)


def test_who_is_forgotten_hears_where_others_digests_name_them(session: Session) -> None:
    told = forget_student(session, "BO-example")

    assert told == Forgotten("BO-example", True, (), (PLACE,), True)
    assert forget_student(session, "bo-example").named_in == ()
    assert not is_shown(session)
