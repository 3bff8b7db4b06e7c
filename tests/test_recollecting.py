"""What posts tell of a lost journal: ours alone, each once, and nothing that breaks a promise."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest import is_rebuilt
from bot.recollecting import Flaw, OldPost, Recollected, recollect
from bot.rendering.marker import make_marker, make_thread_marker
from bot.rendering.render import render_markdown
from bot.terms import ChannelName, IssueRef, Week
from tests.builders import build_digest, build_letter, build_pick
from tests.builders_core import NOW, build_student
from tests.fakes import MemoryJournal
from tests.rendering.page import hostile_text

ADA, BEN = "ada-example", "ben-example"
STUDENTS = {ADA: build_student("Ada-Example"), BEN: build_student(BEN)}
OLDEST, W46, W47 = Week(2025, 46), "2026-W46", "2026-W47"


def body_of(login: str = ADA, week: str = W47, *numbers: int) -> str:
    url = "https://github.com/lumen-lab/starcharts/issues"
    picks = tuple(build_pick(number=n, url=f"{url}/{n}", node_id=f"I_{n}") for n in numbers)
    return render_markdown(build_letter(digest=build_digest(student=login, week=week, picks=picks)))


def post(body: str, n: int = 1, *, poster: str = "bot-example", is_comment: bool = True) -> OldPost:
    return OldPost(
        body=body,
        place=f"https://github.com/campus-club/digests/issues/{n}",
        is_comment=is_comment,
        poster=poster,
        is_ours=poster == "bot-example",
        posted_at=NOW + timedelta(minutes=n),
    )


def told(*posts: OldPost) -> Recollected:
    return recollect(posts, STUDENTS, OLDEST, Week.parse(W47))


def flaws(found: Recollected) -> list[tuple[str, str]]:
    return [(one.flaw.value, one.place.rpartition("/")[2]) for one in found.doubtful]


def test_a_post_tells_week_student_place_moment_and_issues() -> None:
    found = told(post(body_of(ADA, W47, 3, 4)))
    (past,) = found.past
    assert (past.digest.week, past.digest.student) == (W47, "Ada-Example")
    assert is_rebuilt(past.digest)
    assert [one.number for one in past.digest.offered] == [3, 4]
    (receipt,) = past.receipts
    assert (receipt.channel, receipt.place, receipt.delivered_at) == (
        *(ChannelName.ISSUE, "https://github.com/campus-club/digests/issues/1"),
        NOW + timedelta(minutes=1),
    )
    assert (found.posters, found.doubtful) == ({"bot-example"}, ())


def test_what_others_wrote_or_is_of_nobody_or_of_no_week_does_not_count() -> None:
    found = told(
        post(body_of(ADA, W47, 1), 1, poster="mallory-example"),
        post(body_of("zoe-example", W47, 2), 2),
        post(make_marker("2026-W60", ADA, "x") + "\nx", 3),
        post(make_marker("2026-W48", ADA, "x") + "\nx", 4),
    )
    assert found.past == ()
    assert flaws(found) == [("foreign", "1"), ("left", "2"), ("strange", "3"), ("strange", "4")]


def test_what_is_older_than_the_journal_keeps_still_tells_where_a_student_is_heard() -> None:
    found = told(post(body_of(ADA, "2024-W10", 1), 7), post(make_thread_marker(BEN), 8))
    assert found.past == ()
    assert {login: len(places) for login, places in found.places.items()} == {ADA: 1, BEN: 1}


def test_of_two_the_newest_issue_counts_and_what_both_offered_was_offered() -> None:
    found = told(
        post(body_of(ADA, W47, 1), 1, is_comment=False),
        post(body_of(ADA, W47, 1, 2), 2, is_comment=False),
        post(body_of(ADA, W47, 3), 3),
    )
    (past,) = found.past
    assert past.receipts[0].place.endswith("/2")
    assert [one.number for one in past.digest.picks] == [1, 2, 3]
    assert sorted(flaws(found)) == [("doubled", "1"), ("doubled", "3")]


def test_an_edited_post_went_out_and_its_issues_count_as_far_as_they_can_be_read() -> None:
    found = told(post(body_of(ADA, W47, 1).replace("Hello", "Bye")))
    assert [one.number for one in found.past[0].digest.picks] == [1]
    assert flaws(found) == [("edited", "1")]


def test_an_issue_stays_with_the_first_to_whom_it_was_offered() -> None:
    found = told(
        post(body_of(ADA, W46, 1), 1), post(body_of(ADA, W47, 1, 2), 2), post(body_of(BEN, W47, 2))
    )
    assert [[one.number for one in past.digest.picks] for past in found.past] == [[1], [2], []]
    assert [flaw for flaw, _ in flaws(found)] == ["doubled", "doubled"]


weeks = st.sampled_from([W46, W47, "2026-W53", "2025-W53", "0000-W00", "9999-W99"])
logins = st.sampled_from([ADA, BEN, "ADA-EXAMPLE", "zoe-example"])
imprints = st.lists(
    st.sampled_from(
        [
            '{"repository":"a/b","number":1,"node_id":"I_1","effort":"evening","kind":"code"}',
            '{"repository":"A/B","number":1,"effort":"evening","kind":"code"}',
            '{"repository":"c/d","number":2,"node_id":"I_1","effort":"longer","kind":"docs"}',
            '{"repository":"c/d","number":2,"title":"\\u0000\\ud800","effort":"longer"}',
        ]
    ),
    max_size=4,
).map(lambda some: f"<!-- foothold:v1 picks [{','.join(some)}] -->")


@st.composite
def hostile_posts(draw: st.DrawFn) -> OldPost:
    """A post that begins with a marker, and goes on with whatever somebody wrote."""
    content = f"{draw(hostile_text)}\n{draw(hostile_text)}\n{draw(imprints)}"
    body = make_marker(draw(weeks), draw(logins), draw(st.sampled_from([content, ""])))
    number, is_comment = draw(st.integers(1, 3)), draw(st.booleans())
    return post(f"{body}\n{content}", number, is_comment=is_comment)


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile_posts(), max_size=8))
def test_whatever_stands_in_posts_the_journal_takes_it_back(posts: list[OldPost]) -> None:
    found = told(*posts)
    journal = MemoryJournal()
    journal.record_past(found.past)
    assert len(journal.sent_since("2025-W01")) == len(found.past)
    assert {one.ref.folded for one in journal.offers()} <= {
        IssueRef("a/b", 1),
        IssueRef("c/d", 2),
    }
    assert {one.flaw for one in found.doubtful} <= set(Flaw)
