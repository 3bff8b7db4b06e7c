"""A portfolio: what is public and theirs, each work once, the newest first."""

from bot.cohort.portfolio import Deeds, Work, WorkKind, make_portfolio
from bot.outcomes.progress import Outcome
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.builders_core import build_student

HOME = "https://github.com/lumen-lab/starcharts"


def made(*progress, more=None):
    student = build_student(name="Ada")
    deeds = Deeds(student, "Club", "UTC", NOW, days_ago(60), progress, more)
    return make_portfolio(deeds)


def merged(number=40, days=3, **changes):
    return build_progress(
        Outcome.MERGED, pull_url=f"{HOME}/pull/{number}", merged_at=days_ago(days), **changes
    )


def test_a_merged_pull_request_is_a_work_with_its_address():
    [work] = made(merged()).works
    title = "Explain the magnitude scale"
    url = f"{HOME}/pull/40"
    assert work == Work(WorkKind.MERGED, "lumen-lab/starcharts", title, url, days_ago(3))


def test_kinds_come_in_their_order_and_the_newest_first():
    talk = build_progress(
        Outcome.COMMENTED, comment_url=f"{HOME}/issues/12#c", commented_at=days_ago(1)
    )
    pull = build_progress(Outcome.REVIEWED, pull_url=f"{HOME}/pull/50", pulled_at=days_ago(2))
    works = made(talk, merged(40, 9), pull, merged(41, 3)).works
    assert [(one.kind, one.url.removeprefix(HOME)) for one in works] == [
        ("merged", "/pull/41"),
        ("merged", "/pull/40"),
        ("open", "/pull/50"),
        ("answer", "/issues/12#c"),
    ]


def test_what_github_tells_as_well_is_told_once_in_its_words():
    told = Work(WorkKind.MERGED, "lumen-lab/starcharts", "Its own title", f"{HOME}/PULL/40", NOW)
    assert made(merged(), more=(told,)).works == (told,)


def test_the_page_says_whether_github_was_asked():
    assert not made(merged()).is_complete
    assert made(more=()).is_complete


def test_what_cannot_be_seen_any_more_is_left_out():
    gone = build_progress(Outcome.GONE, pull_url=f"{HOME}/pull/40", merged_at=days_ago(3))
    missed = build_progress(Outcome.REVIEWED, pull_url=f"{HOME}/pull/41", missed_at=days_ago(3))
    assert made(gone, missed).works == ()


def test_what_is_somebody_elses_or_came_to_nothing_is_left_out():
    refused = build_progress(Outcome.NOT_MERGED, pull_url=f"{HOME}/pull/9", refused_at=NOW)
    assert made(refused, build_progress(), merged(login="bo-example")).works == ()


def test_a_comment_counts_where_no_pull_request_of_theirs_is_listed():
    talked = {"comment_url": f"{HOME}/issues/12#c", "commented_at": days_ago(9)}
    assert [one.kind for one in made(merged(**talked)).works] == [WorkKind.MERGED]
    [answer] = made(build_progress(Outcome.TAKEN, **talked)).works
    assert answer.kind is WorkKind.ANSWER
