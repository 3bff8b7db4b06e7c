"""The digest as JSON, which programs read: codes stay codes, sayings are worded.

Comes in: a `Letter`. Goes out: JSON as its schema fixes it (schema 1).
"""

from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.digest import Digest, DigestReason, Letter, Pick
from bot.rendering.environment import render_first_step
from bot.rendering.introductions import person_why
from bot.rendering.words import Words, load_words
from bot.terms import Locale

_DIGEST: TypeAdapter[Digest] = TypeAdapter(Digest)
#: What the journal keeps of a pick, and nobody is shown.
_UNSHOWN = ("node_id", "topics")
#: What the schema got later, and stands there only where it is known.
_LATER = ("command", "conduct")


def render_json(letter: Letter) -> str:
    """The digest, indented, keys in their order, UTC times with `Z`.

    `mentor_notes`, which the schema got later, stand there only if there are any.
    """
    digest, words = letter.digest, load_words(letter.locale)
    payload: dict[str, Any] = _DIGEST.dump_python(digest, mode="json")
    payload["picks"] = [
        _told(told, pick, letter.locale)
        for told, pick in zip(payload["picks"], digest.picks, strict=True)
    ]
    for event in payload["events"]:
        del event["key"]
    payload["notes"] = [words.say(note) for note in digest.notes]
    if not digest.mentor_notes:
        del payload["mentor_notes"]
    return to_json(payload, indent=2).decode() + "\n"


def _told(told: dict[str, Any], pick: Pick, locale: Locale) -> dict[str, Any]:
    """A pick with its sentences."""
    words = load_words(locale)
    people = [{"login": one.login, "why": person_why(one, words)} for one in pick.people]
    reasons = [_worded(one, words) for one in pick.reasons]
    first_step = render_first_step(pick, locale)
    unshown = (*_UNSHOWN, *(key for key in _LATER if not told[key]))
    shown = {key: value for key, value in told.items() if key not in unshown}
    return shown | {"reasons": reasons, "people": people, "first_step": first_step}


def _worded(reason: DigestReason, words: Words) -> dict[str, object]:
    return {
        "feature": reason.feature,
        "contribution": reason.contribution,
        "text": words.say(reason.saying),
        "shown": reason.shown,
    }
