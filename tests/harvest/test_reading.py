"""Which readings of a search are due, and what is known after each."""

from datetime import timedelta

from bot.harvest.reading import FRESH_FOR, INDEX_LAG, REREAD_AFTER, Headway, Reading
from tests.builders_core import NOW, days_ago

WEEK = timedelta(days=7)


def test_a_new_search_is_read_whole():
    due = Headway().with_due(NOW)

    assert due.unfinished == (Reading(NOW),)
    assert not due.knows_all_at(NOW)


def test_a_search_is_not_asked_twice_a_day():
    read = Headway().with_due(NOW).ended(Reading(NOW))

    assert read.knows_all_at(NOW)
    assert read.with_due(NOW + FRESH_FOR - timedelta(seconds=1)) == read


def test_a_day_later_only_changes_are_asked_for_from_a_little_before_the_last_look():
    read = Headway().with_due(NOW).ended(Reading(NOW))

    due = read.with_due(NOW + FRESH_FOR)

    assert due.unfinished == (Reading(NOW + FRESH_FOR, since=NOW - INDEX_LAG),)
    assert due.looked_at == NOW + FRESH_FOR
    assert not due.knows_all_at(NOW)


def test_after_four_weeks_everything_is_read_afresh():
    read = Headway().with_due(NOW).ended(Reading(NOW))
    later = NOW + REREAD_AFTER

    assert read.with_due(later).unfinished == (Reading(later),)


def test_changes_do_not_put_the_whole_reading_off():
    progress = Headway().with_due(NOW).ended(Reading(NOW))
    for n in (1, 2, 3):
        progress = progress.with_due(NOW + n * WEEK)
        progress = progress.ended(progress.unfinished[0])

    assert progress.read_at == NOW
    assert progress.with_due(NOW + 4 * WEEK).unfinished == (Reading(NOW + 4 * WEEK),)


def test_a_cut_reading_waits_behind_the_changes_of_the_next_week():
    below = "created:<=2026-05-01T00:00:00Z"
    cut = Headway().with_due(NOW).taken_further(Reading(NOW), below)

    due = cut.with_due(NOW + WEEK)

    assert due.unfinished == (
        Reading(NOW + WEEK, since=NOW - INDEX_LAG),
        Reading(NOW, below=below),
    )


def test_changes_that_were_left_are_looked_for_with_those_of_the_next_week():
    read = Headway().with_due(NOW).ended(Reading(NOW))
    cut = read.with_due(NOW + WEEK).taken_further(Reading(NOW + WEEK, NOW - INDEX_LAG), "x")

    due = cut.with_due(NOW + 2 * WEEK)

    assert due.unfinished == (Reading(NOW + 2 * WEEK, since=NOW - INDEX_LAG),)


def test_a_cut_reading_is_taken_up_on_the_same_day():
    cut = Headway().with_due(NOW).taken_further(Reading(NOW), "created:<=2026-05-01T00:00:00Z")

    assert cut.with_due(NOW + timedelta(hours=1)) == cut


def test_a_whole_reading_that_takes_months_is_not_begun_again():
    cut = Headway().with_due(days_ago(90)).taken_further(Reading(days_ago(90)), "created:<=x")

    assert Reading(days_ago(90), below="created:<=x") in cut.with_due(NOW).unfinished


def test_a_reading_that_is_taken_further_leaves_the_others_where_they_are():
    one, other = Reading(NOW, since=days_ago(7)), Reading(days_ago(7), below="created:<=x")
    progress = Headway(looked_at=NOW, unfinished=(one, other))

    assert progress.taken_further(one, "created:<=y").unfinished == (
        Reading(NOW, since=days_ago(7), below="created:<=y"),
        other,
    )
    assert progress.ended(one).unfinished == (other,)
    assert progress.ended(one).read_at is None
    assert progress.ended(other).read_at == days_ago(7)


def test_what_a_clock_ahead_of_time_wrote_is_read_anew():
    ahead = Headway().with_due(NOW + WEEK).ended(Reading(NOW + WEEK))

    assert ahead.with_due(NOW).unfinished == (Reading(NOW),)


def test_a_clock_that_is_a_little_ahead_costs_nothing():
    ahead = Headway().with_due(NOW + timedelta(hours=1)).ended(Reading(NOW + timedelta(hours=1)))

    assert ahead.with_due(NOW) == ahead


def test_a_search_knows_only_what_was_there_when_it_was_looked_at():
    read = Headway().with_due(NOW).ended(Reading(NOW))

    assert not read.knows_all_at(NOW + timedelta(hours=15))
    assert read.as_of == NOW


def test_changes_that_nobody_could_read_leave_a_search_as_old_as_it_was():
    read = Headway().with_due(NOW).ended(Reading(NOW))

    assert read.with_due(NOW + WEEK).as_of == NOW
    assert read.with_due(NOW + WEEK).ended(Reading(NOW + WEEK, NOW - INDEX_LAG)).as_of == NOW + WEEK
