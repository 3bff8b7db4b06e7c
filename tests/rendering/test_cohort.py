"""The report: every figure in every format, nothing from elsewhere, plurals, days at the club."""

import json
import re
from dataclasses import replace

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from selectolax.lexbor import LexborHTMLParser

from bot.cohort.cohort import make_cohort
from bot.feedback.answer import Answer, AnswerKind
from bot.outcomes.progress import Outcome
from bot.rendering.cohort import (
    CohortPage,
    render_cohort_html,
    render_cohort_json,
    render_cohort_markdown,
)
from bot.rendering.render import MARKDOWN_LIMIT
from bot.sayings import Saying
from bot.terms import Level
from tests.builders import WEEK
from tests.builders_cohort import (
    build_enrolled,
    build_progress,
    build_records,
    build_sent,
    days_ago,
)
from tests.rendering.cohorts import build_club, build_empty
from tests.rendering.page import BACK_LINK, Page, live_parts

HOME = "https://github.com/lumen-lab/starcharts"
MERGED = build_progress(
    Outcome.MERGED, 3, title="Name the quays", pull_url=f"{HOME}/pull/40", merged_at=days_ago(4)
)
WAITING = build_progress(
    Outcome.REVIEWED,
    4,
    "bo-example",
    title="Round the azimuth",
    pull_url=f"{HOME}/pull/41",
    commented_at=days_ago(20),
    answered_at=days_ago(19.75),
    pulled_at=days_ago(19),
    reviewed_at=days_ago(9),
)
#: Two students: one had something merged, one has not answered a review.
SMALL = make_cohort(
    build_records(
        students=(
            build_enrolled(name="Ada", level=Level.FIRST_TIMER),
            build_enrolled("bo-example", name="Bo", mentors=("grace-example", "hal-example")),
            build_enrolled(
                "cy-example", name="Cy", halted=Saying("halt_paused", {"day": "2026-12-07"})
            ),
        ),
        progress=(MERGED, WAITING, build_progress(number=5), build_progress(number=6)),
        sent=(build_sent(), build_sent(login="bo-example")),
        answers=(Answer("ada-example", AnswerKind.MORE, days_ago(2), "comment 1"),),
    )
)

FACTS = (
    *("How our students fare", "Campus Open Source Club"),
    "3 students, and the last twelve weeks, as of Sunday 22 November at 01:23 (Puerto Rico time).",
    *("Who needs a word", "mentored by grace-example and hal-example"),
    *("A review waits for an answer (9 days): Round the azimuth in lumen-lab/starcharts",),
    *("Last sign of life: 3 November.", "Name the quays", "Ada in lumen-lab/starcharts"),
    *("18 November", "Offered", "4", "Merged", "50%", "first-timer", "paused until 2026-12-07"),
    *("16 November", "6 hours", "more like this: 1.", "counts in the totals under no name"),
)


def seen(cohort):
    return {
        "html": Page(render_cohort_html(cohort)).visible,
        "md": Page.of_markdown(render_cohort_markdown(cohort)).visible,
    }


@pytest.mark.parametrize("fact", FACTS)
def test_page_and_post_tell_every_fact(fact):
    for name, text in seen(SMALL).items():
        assert fact in text, name


def test_a_mentors_report_says_whose_it_is():
    for text in seen(replace(SMALL, mentor="grace-example")).values():
        assert "How the students of grace-example fare" in text
        assert "Only the students that grace-example looks after are counted." in text


def test_an_empty_club_is_told_what_will_stand_there():
    for text in seen(build_empty()).values():
        assert "No student yet" in text
        assert "Nobody: nothing has waited too long, and nobody went silent." in text
        assert "Nothing in these weeks. First pull requests take their time." in text
        assert "No pick has been sent in these weeks." in text
        assert "No student has stepped forward in a project in these weeks." in text
        assert "Nobody has answered a digest in these weeks." in text


def test_one_is_worded_as_one():
    one = make_cohort(build_records(progress=(MERGED,)))
    text = Page(render_cohort_html(one)).visible
    assert "One student, and the last twelve weeks" in text
    assert "pick merged1" in text
    assert "picks merged" not in text


def test_the_page_needs_nothing_from_elsewhere():
    html = render_cohort_html(build_club())
    tree = LexborHTMLParser(html)
    assert tree.css("script, link, img, iframe, object, embed, use, image, base, form") == []
    assert re.findall(r"@import|url\((?!#)", html) == []
    assert {node.attributes["href"][0] for node in tree.css("[href]")} <= {"#", "h"}
    assert not any(name.startswith("on") for name in Page(html).attributes)
    assert Page(html).comments == []


def test_the_page_cares_for_schemes_motion_and_paper():
    html = render_cohort_html(build_empty())
    for need in ("prefers-color-scheme: dark", "prefers-reduced-motion", "@media print"):
        assert need in html


def test_no_id_is_given_twice():
    ids = [
        node.attributes["id"]
        for node in LexborHTMLParser(render_cohort_html(build_club())).css("[id]")
    ]
    assert len(ids) == len(set(ids))


def test_every_figure_of_a_chart_stands_in_a_table():
    club = build_club()
    tree = LexborHTMLParser(render_cohort_html(club))
    rows = {
        caption.text(): [
            [cell.text(strip=True) for cell in row.css("th, td")]
            for row in caption.parent.css("tbody tr")
        ]
        for caption in tree.css("caption")
    }
    funnel, weeks, students, projects = rows.values()
    assert [row[1] for row in funnel] == [str(one.n) for one in CohortPage(club).funnel_rows]
    assert [row[4:] for row in weeks] == [
        [str(one.funnel.n_pulls), str(one.funnel.n_merged)] for one in club.weeks
    ]
    assert len(students) == len(club.students)
    assert [row[1] for row in projects] == [str(one.funnel.n_merged) for one in club.projects]


def test_the_post_is_quiet():
    source = render_cohort_markdown(build_club())
    page = Page.of_markdown(source)
    assert live_parts(page.outside) == []
    assert not BACK_LINK.search(source)
    assert set(page.tags) <= {
        *("h1", "h2", "p", "ul", "li", "strong", "a", "br"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }


def test_every_row_of_a_posts_tables_has_the_cells_of_its_head():
    page = LexborHTMLParser(github_flavored_markdown_to_html(render_cohort_markdown(build_club())))
    for table in page.css("table"):
        n = len(table.css("thead th"))
        assert n >= 4
        assert {len(row.css("td")) for row in table.css("tbody tr")} == {n}
    assert len(page.css("table")) == 4


def test_a_large_clubs_post_says_what_did_not_fit():
    club = build_club()
    many = replace(club, students=club.students * 20)
    body = render_cohort_markdown(many)
    assert len(body) <= MARKDOWN_LIMIT
    assert "more lines did not fit" in body
    assert "did not fit" not in render_cohort_markdown(club)


def test_json_has_the_keys_of_schema_1():
    made = json.loads(render_cohort_json(SMALL))
    assert list(made) == [
        *("schema", "club", "timezone", "mentor", "made_at", "funnel", "weeks", "students"),
        *("projects", "answers"),
    ]
    assert (made["schema"], made["made_at"], made["mentor"]) == (1, "2026-11-22T05:23:00Z", None)
    assert made["funnel"] == {"n_offered": 4, "n_commented": 2, "n_pulls": 2, "n_merged": 1}
    assert list(made["weeks"][-1]) == ["week", "n_students", "funnel"]
    assert made["weeks"][-1]["week"] == WEEK
    bo = made["students"][0]
    assert list(bo) == [
        *("login", "called", "level", "mentors", "n_digests", "funnel", "last_digest_at"),
        *("last_sign_at", "nudges", "halted", "at_work", "merged"),
    ]
    assert (bo["nudges"][0]["nudge"], bo["nudges"][0]["since"]) == (
        "review-waits",
        "2026-11-13T05:23:00Z",
    )
    assert bo["nudges"][0]["about"]["title"] == "Round the azimuth"
    [project] = made["projects"]
    assert project == {
        "repository": "lumen-lab/starcharts",
        "funnel": {"n_offered": 4, "n_commented": 2, "n_pulls": 2, "n_merged": 1},
        "n_answered": 1,
        "median_answer_hours": 6.0,
    }
    assert made["answers"] == {"more": 1}


def test_json_keeps_to_itself_how_the_ledger_asks():
    text = render_cohort_json(build_club())
    inner = ("node_id", "updated_at", "read_at", "asked_at", "missed_at")
    assert [key for key in inner if f'"{key}"' in text] == []
