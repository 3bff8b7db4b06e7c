"""A wish: what an interest stands for, in phrases that can be looked for, each as near as it is.

Comes in: an interest as a student wrote it. Goes out: a `Wish`: its own names, the topics that
GitHub's explorers call related, and what is related to those.
"""

import json
import math
from dataclasses import dataclass
from functools import cache

from bot.corpus.words import words_of
from bot.languages import canonical_language
from bot.resources import data
from bot.vocabulary import (
    interest_phrases,
    related_topics,
    topic_names,
    topic_slug,
)

#: How much of a match counts for the interest's own names, related topics, and theirs: a related
#: project is worth a look, one further off hardly (our judgement, held against the profiles of
#: `tests/benchmarks/profiles.py`).
NEARNESS = (1.0, 0.6, 0.25)
#: A word of every text says nothing, a rare one all; still, who asks for a common one gets it.
LEAST_RARITY = 0.3
#: Neighbours of neighbours are looked for up to so many.
MAX_FAR = 40

#: Names of languages that mostly mean something else in a text: a verb, a thing.
_AMBIGUOUS = frozenset(
    {
        *("assembly", "basic", "berry", "chapel", "clean", "click", "cool", "crystal", "dart"),
        *("desktop", "dune", "edge", "elm", "factor", "fish", "go", "hack", "io", "just", "less"),
        *(
            "lean",
            "logo",
            "max",
            "mint",
            "move",
            "opal",
            "pug",
            "puppet",
            "racket",
            "raku",
            "reason",
        ),
        *("red", "ring", "rouge", "sage", "salt", "scheme", "self", "shell", "slash", "stan"),
        *("stylus", "swift", "tape"),
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for; `step` counts how far they are from the interest (0: its own name)."""

    name: str
    words: tuple[str, ...]
    step: int
    #: In [0, 1]: how much it says when the words stand in a text.
    rarity: float
    #: Looked for among topics only: as words of a text it would mean anything.
    is_topic_only: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """All that an interest stands for; `language` where it names one."""

    interest: str
    language: str | None
    phrases: tuple[Phrase, ...]


@cache
def read_wish(interest: str) -> Wish:
    """The interest's own names first, then its neighbours, each phrase once."""
    language = _named_language(interest)
    own = [*interest_phrases(interest), *(name.replace("-", " ") for name in topic_names(interest))]
    near = [
        topic for name in topic_names(interest) or (interest,) for topic in related_topics(name)
    ]
    far = [topic for name in dict.fromkeys(near) for topic in related_topics(name)]
    steps = (own, near if language is None else [], far[:MAX_FAR] if language is None else [])
    phrases: dict[tuple[str, ...], Phrase] = {}
    for step, names in enumerate(steps):
        for name in names:
            words = words_of(name)
            is_topic_only = step == len(steps) - 1 or (language is not None and _is_ambiguous(name))
            if words:
                phrase = Phrase(name.replace("-", " "), words, step, rarity(words), is_topic_only)
                phrases.setdefault(words, phrase)
    return Wish(interest, language, tuple(phrases.values()))


def _named_language(interest: str) -> str | None:
    """The language whose name the interest is: `Go`, `golang`, but not `robots`."""
    try:
        language = canonical_language(interest)
    except ValueError:
        return None
    return language if topic_slug(language) in topic_names(interest) else None


def _is_ambiguous(name: str) -> bool:
    """Whether a language's name, met as a word of a text, mostly means something else."""
    return len(name) == 1 or name.casefold() in _AMBIGUOUS


def rarity(words: tuple[str, ...]) -> float:
    """How little chance there is that these words stand in a text, from 0 (in all) to 1 (rare)."""
    shares, rarest = _shares()
    surprise = sum(math.log(shares.get(word, rarest)) for word in words) / math.log(rarest)
    return min(max(surprise, LEAST_RARITY), 1.0)


@cache
def _shares() -> tuple[dict[str, float], float]:
    """In what share of real titles and descriptions the commoner words stand, and the rarest's."""
    facts = json.loads(data("word_shares.json").read_text(encoding="utf-8"))
    return facts["shares"], facts["rarest"]
