"""The digest as JSON: its schema, in the student's words."""

import json

from bot.digest import MentorNote
from bot.rendering.payload import render_json
from bot.sayings import Saying
from tests.builders import build_digest, build_letter, build_pick


def payload(**changes):
    return json.loads(render_json(build_letter(digest=build_digest(**changes))))


def test_reasons_and_notes_are_told_in_words():
    made = payload(notes=(Saying("lost", {"n": 2}),))

    assert made["picks"][0]["reasons"][1] == {
        "feature": "interest",
        "contribution": 0.9,
        "text": "astronomy is a topic of the project and in the title",
        "shown": True,
    }
    assert made["notes"] == [
        "2 picks are no longer known to be free, and nothing as good was left."
    ]


def test_codes_stay_codes_and_times_are_utc():
    made = payload()

    assert (made["schema"], made["taken_at"]) == (1, "2026-11-22T05:23:00Z")
    assert (made["picks"][0]["effort"], made["picks"][0]["claiming"]) == ("evening", "ask-first")


def test_what_only_the_journal_needs_is_not_shown():
    made = payload(picks=(build_pick(node_id="I-1", topics=("charts",)),))

    assert not {"node_id", "topics"} & made["picks"][0].keys()


def test_a_mentors_note_is_told_and_a_digest_without_one_is_as_before():
    noted = payload(mentor_notes=(MentorNote("grace-example", "Hi"),))

    assert noted["mentor_notes"] == [{"mentor": "grace-example", "text": "Hi"}]
    assert "mentor_notes" not in payload()
