"""How a world is read from a file."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.listings import LISTING_UNKNOWN
from bot.sandbox.loading import load_world
from bot.sandbox.world import World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLOCK = {"type": "clock", "now": "2026-11-22T12:00:00Z"}
KELP = {"type": "repository", "name": "tidepool-labs/kelp"}
ISSUE = {"type": "issue", "repository": "tidepool-labs/kelp", "number": 4, "title": "Buoys drift"}
PULL = {"type": "pull_request", "repository": "tidepool-labs/kelp", "number": 5, "title": "Anchor"}
LISTED = {
    "repo": "lantern/wick",
    "number": 3,
    "title": "Wick burns",
    "url": "https://github.com/lantern/wick/issues/3",
    "created_at": "2025-06-01T10:00:00Z",
    "seen_at": "2025-06-03T10:00:00+00:00",
    "labels": ["good first issue"],
    "comments": 2,
    "assignees": 1,
    "stars": 40,
    "description": "Lamps",
    "languages": ["HTML", "Shell", "Rust"],
}
SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture
def load(tmp_path):
    def load(*rows: dict, now: datetime | None = None) -> World:
        path = tmp_path / "world.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return load_world(path, now)

    return load


def test_a_world_has_what_its_rows_say_in_any_order(load):
    world = load(
        PULL | {"closes": [4], "state": "merged", "merged_at": "-1d", "author": "zoe-example"},
        ISSUE
        | {
            "body": "They do.",
            "labels": ["bug"],
            "assignees": ["zoe-example"],
            "state": "closed",
            "comments": [{"author": "mo-example", "association": "MEMBER", "body": "Oh"}],
        },
        KELP | {"language": "Rust", "languages": {"Rust": 9}, "topics": ["sea"], "licence": "MIT"},
        {"type": "user", "login": "tidepool-labs", "organization": True},
        CLOCK,
    )
    home, issue = world.repository("tidepool-labs/kelp"), world.issue("tidepool-labs/kelp", 4)
    pull = world.pull_request("tidepool-labs/kelp", 5)
    assert (home.language, home.languages, home.topics) == ("Rust", {"Rust": 9}, ("sea",))
    assert home.labels.keys() == {"bug"}
    assert world.user("tidepool-labs").organization
    assert (issue.body, issue.state, issue.state_reason) == ("They do.", "CLOSED", "COMPLETED")
    assert issue.linked == [pull]
    assert pull.merged_at == pull.closed_at == NOON - timedelta(days=1)
    (comment,) = issue.comments
    assert (comment.association, comment.parent) == ("MEMBER", issue)
    assert world.node(comment.node_id) is comment
    assert {event.kind for event in issue.timeline} == {
        "AssignedEvent",
        "ClosedEvent",
        "CrossReferencedEvent",
    }


def test_silence_means_none_and_null_means_unknown(load):
    world = load(CLOCK, KELP, ISSUE, ISSUE | {"number": 6, "body": None, "comments": None})
    silent, unknown = (world.issue("tidepool-labs/kelp", n) for n in (4, 6))
    assert (silent.body, silent.comments, silent.linked) == ("", [], [])
    assert (unknown.body, unknown.comments) == (None, None)


def test_times_count_back_from_the_clock(load):
    world = load(KELP | {"pushed_at": "-5h"}, ISSUE | {"created_at": "-2w"}, CLOCK)
    assert world.now == NOON
    assert world.repository("tidepool-labs/kelp").pushed_at == NOON - timedelta(hours=5)
    assert world.issue("tidepool-labs/kelp", 4).created_at == NOON - timedelta(weeks=2)


def test_a_clock_handed_in_moves_what_counts_back(load):
    later = NOON + timedelta(days=30)
    world = load(CLOCK, KELP, ISSUE | {"created_at": "-1d"}, now=later)
    assert world.now == later
    assert world.issue("tidepool-labs/kelp", 4).created_at == later - timedelta(days=1)


def test_the_newest_comment_dates_an_issue(load):
    said = {"body": "x", "created_at": "-1d"}
    world = load(CLOCK, KELP, ISSUE | {"created_at": "-9d", "comments": [said]})
    assert world.issue("tidepool-labs/kelp", 4).updated_at == NOON - timedelta(days=1)


def test_a_mention_is_a_reference_and_no_link(load):
    world = load(CLOCK, KELP, ISSUE, PULL | {"mentions": [4]})
    issue = world.issue("tidepool-labs/kelp", 4)
    assert issue.linked == []
    (event,) = issue.timeline
    assert (event.kind, event.will_close, event.pull_request.number) == (
        "CrossReferencedEvent",
        False,
        5,
    )


def test_reviews_of_a_pull_request_come_by_time(load):
    late = {"author": "mo-example", "association": "MEMBER", "state": "approved", "body": "Yes"}
    early = {"author": "ada-example", "submitted_at": "-2d"}
    rows = [late | {"submitted_at": "-1d"}, early, {"submitted_at": None}]
    world = load(CLOCK, KELP, PULL | {"created_at": "-3d", "reviews": rows})
    pull = world.pull_request("tidepool-labs/kelp", 5)
    nobody, first, second = pull.reviews
    assert (nobody.author, nobody.submitted_at) == (None, pull.created_at)
    assert (first.author, first.state, first.association) == ("ada-example", "COMMENTED", "NONE")
    assert (second.author, second.state, second.association, second.body) == (
        "mo-example",
        "APPROVED",
        "MEMBER",
        "Yes",
    )
    assert second.submitted_at == NOON - timedelta(days=1)
    assert all(world.node(review.node_id) is review for review in pull.reviews)


def test_new_issues_are_numbered_after_those_of_the_file(load):
    world = load(CLOCK, KELP, ISSUE)
    home = world.repository("tidepool-labs/kelp")
    assert world.open_issue(home, "ada-example", "Next", "").number == 5


def test_a_loaded_world_was_not_written_to(load):
    assert load(CLOCK, KELP, ISSUE, PULL | {"closes": [4]}).writes == []


def test_ids_stay_from_load_to_load(load):
    rows = [CLOCK, KELP, ISSUE, LISTED]
    assert set(load(*rows).nodes) == set(load(*rows).nodes)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (ISSUE | {"colour": "red"}, r"world.jsonl:3: issue.colour: Extra inputs"),
        (ISSUE | {"created_at": "soon"}, "'soon' is no time"),
        (ISSUE | {"created_at": "2026-11-22T12:00:00"}, "no time zone"),
        (ISSUE | {"repository": "no/where"}, "no row for the repository no/where"),
        (ISSUE | {"state": "merged"}, "issue.state"),
        (PULL | {"reviews": [{"state": "PENDING"}]}, "reviews.0.state"),
        (PULL | {"closes": [77]}, "there is no tidepool-labs/kelp#77"),
        (PULL | {"mentions": [77]}, "no row for the issue tidepool-labs/kelp#77"),
        ({"type": "galaxy"}, "galaxy"),
        ({"type": "issue"}, "Field required"),
        (LISTED | {"number": "many"}, "number"),
        (LISTED | {"seen_at": None}, "seen_at"),
        (KELP, "already"),
    ],
)
def test_a_bad_row_is_named_with_its_line(load, row, wrong):
    with pytest.raises(ValueError, match=wrong) as caught:
        load(CLOCK, KELP, row)
    assert "world.jsonl:3: " in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[1]", "null"])
def test_a_line_that_is_no_object_is_named(tmp_path, text):
    path = tmp_path / "broken.jsonl"
    path.write_text(f"\n{text}\n", "utf-8")
    with pytest.raises(ValueError, match=r"broken.jsonl:2: "):
        load_world(path)


def test_a_repository_has_the_past_that_its_row_tells(load):
    past = {
        "commits": 12,
        "merged_by": [["zoe-example", "CONTRIBUTOR"], [None, "NONE"]],
        "closed_pull_requests": 5,
    }
    told = load(CLOCK, KELP | past).repository("tidepool-labs/kelp")
    silent = load(CLOCK, KELP).repository("tidepool-labs/kelp")
    assert (told.commits, told.closed_pull_requests) == (12, 5)
    assert told.merged_by == (("zoe-example", "CONTRIBUTOR"), (None, "NONE"))
    assert (silent.commits, silent.merged_by, silent.closed_pull_requests) == (None, (), 0)


def test_a_repository_that_merged_more_than_it_closed_is_refused(load):
    with pytest.raises(ValueError, match="closed_pull_requests is less than merged_by has"):
        load(CLOCK, KELP | {"merged_by": [["zoe-example", "NONE"]]})


def test_a_listing_leaves_unknown_what_it_does_not_say(load):
    world = load(LISTED)
    home, issue = world.repository("lantern/wick"), world.issue("lantern/wick", 3)
    assert (home.language, home.stars, home.pushed_at, home.created_at) == ("Rust", 40, None, None)
    assert (issue.body, issue.comments, issue.linked, issue.author) == (None, None, None, None)
    assert (issue.comment_count, len(issue.assignees), issue.state) == (2, 1, "OPEN")
    assert (home.commits, home.merged_by) == (None, None)
    assert world.now == datetime(2025, 6, 3, 10, tzinfo=UTC)
    assert {
        "body",
        "pull_requests",
        "comment_texts",
        "pushed_at",
        "track_record",
    } <= LISTING_UNKNOWN


def test_the_newest_row_tells_of_a_repository_and_an_issue(load):
    newer = LISTED | {
        "repo": "Lantern/Wick",
        "seen_at": "2026-06-03T10:00:00Z",
        "stars": 90,
        "comments": 7,
        "title": "Wick glows",
    }
    for rows in [(LISTED, newer), (newer, LISTED)]:
        world = load(*rows)
        home, issue = world.repository("lantern/wick"), world.issue("lantern/wick", 3)
        assert (home.stars, issue.comment_count, issue.title) == (90, 7, "Wick glows")
        assert home.name_with_owner == "Lantern/Wick"
        assert world.now == datetime(2026, 6, 3, 10, tzinfo=UTC)


def test_a_packed_file_is_read(tmp_path):
    path = tmp_path / "listings.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(LISTED).encode()))
    assert load_world(path).issue("lantern/wick", 3) is not None


@pytest.mark.shared
def test_the_listings_load_whole():
    path = SHARED / "data" / "newcomer_issues.jsonl.gz"
    if not path.exists():
        pytest.skip("the listings do not lie beside the project")
    world = load_world(path)
    assert len(world.repositories) == 14_287
    assert sum(map(len, world.issues.values())) == 42_999
    assert world.now == datetime(2026, 8, 22, 20, 45, 47, tzinfo=UTC)
