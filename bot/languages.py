"""Languages by the names that students give them.

Comes in: a name as somebody wrote it. Goes out: GitHub's own spelling, or what may have been meant.
"""

import json
import re
from difflib import get_close_matches
from functools import cache

from bot.resources import data
from bot.vocabulary import folded, is_topic

# How students write languages, beside github-linguist's aliases.
_SPOKEN_LANGUAGES = {
    "c sharp": "C#",
    "c plus plus": "C++",
    "cplusplus": "C++",
    "css3": "CSS",
    "ecmascript": "JavaScript",
    "es6": "JavaScript",
    "html5": "HTML",
    "jupyter": "Jupyter Notebook",
    "kt": "Kotlin",
    "node.js": "JavaScript",
    "nodejs": "JavaScript",
    "vb": "Visual Basic .NET",
}


def canonical_language(name: str) -> str:
    """GitHub's spelling of a language, by its name or an alias in any case.

    Raises ValueError for an unknown one: the message says what is wrong; what to write instead.
    """
    found = known_language(name)
    if found is not None:
        return found
    if is_topic(name):
        raise ValueError(f"{name} is no language but a topic; put it under interests")
    guesses = similar_languages(name)
    instead = (
        f"did you mean {' or '.join(guesses)}?" if guesses else "write one such as Python or C++"
    )
    raise ValueError(f"{name} is no language that GitHub knows; {instead}")


def known_language(name: str) -> str | None:
    """GitHub's spelling of a language, by its name or an alias in any case, or None."""
    known, wanted = _languages(), folded(name)
    return next((known[form] for form in (wanted, _squeezed(wanted)) if form in known), None)


def similar_languages(name: str) -> tuple[str, ...]:
    """At most two languages that somebody may have meant."""
    known, wanted = _languages(), folded(name)
    close = get_close_matches(wanted, known, n=4, cutoff=0.75) if len(wanted) > 3 else []
    return tuple(dict.fromkeys(known[form] for form in close))[:2]


def is_language(name: str) -> bool:
    """Whether a name or an alias is a language's, in any case."""
    return folded(name) in _languages()


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_-]", "", text)


@cache
def _languages() -> dict[str, str]:
    """Every form in which a language may be written, to its name: names win over aliases."""
    listed: dict[str, list[str]] = json.loads(data("languages.json").read_text(encoding="utf-8"))
    known = {folded(name): name for name in listed}
    for name, aliases in listed.items():
        for alias in aliases:
            known.setdefault(folded(alias), name)
    known = _SPOKEN_LANGUAGES | known
    return {_squeezed(form): name for form, name in known.items()} | known
