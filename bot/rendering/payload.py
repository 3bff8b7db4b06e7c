"""The digest as JSON, which programs read: codes stay codes, sayings are worded.

Comes in: a `Letter`. Goes out: JSON as its schema fixes it (schema 1).
"""

from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from bot.digest import Digest, DigestReason, Letter
from bot.rendering.words import Words, load_words

_DIGEST: TypeAdapter[Digest] = TypeAdapter(Digest)
#: What the journal keeps of a pick, and nobody is shown.
_UNSHOWN = ("node_id", "topics")


def render_json(letter: Letter) -> str:
    """The digest, indented, keys in their order, UTC times with `Z`.

    `mentor_notes`, which the schema got later, stand there only if there are any.
    """
    digest, words = letter.digest, load_words(letter.locale)
    payload: dict[str, Any] = _DIGEST.dump_python(digest, mode="json")
    for told, pick in zip(payload["picks"], digest.picks, strict=True):
        told["reasons"] = [_worded(one, words) for one in pick.reasons]
        for key in _UNSHOWN:
            del told[key]
    payload["notes"] = [words.say(note) for note in digest.notes]
    if not digest.mentor_notes:
        del payload["mentor_notes"]
    return to_json(payload, indent=2).decode() + "\n"


def _worded(reason: DigestReason, words: Words) -> dict[str, object]:
    return {
        "feature": reason.feature,
        "contribution": reason.contribution,
        "text": words.say(reason.saying),
        "shown": reason.shown,
    }
