"""Where issues speak of an interest, and how strongly: BM25 over fields, for all issues at once.

Comes in: a wish and a catalogue. Goes out: `Matches`, a sparse column: the rows that speak of it.
A strength depends on the issue and the wish alone, never on what else was found, so that no other
student's subscription and no order changes it. Source of the formula: Robertson, Zaragoza (2009),
"The Probabilistic Relevance Framework: BM25 and Beyond"; the rarity of words is a fixed table's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bot.corpus.catalogue import ABOUT, BODY, LABELS, TITLE, TOPICS, Catalogue, Floats
from bot.corpus.texts import Found, Ints, Texts
from bot.corpus.wish import NEARNESS, Phrase, Wish, read_wish

#: BM25's saturation and its share of length, as usual.
K1, B = 1.2, 0.75
#: A text may say a word again; what is short says no more by saying it twice.
MAX_COUNT = 3
#: All words of a phrase in a title or a description, but apart, count so much of the phrase.
APART = 0.5


class Place(StrEnum):
    """Where an interest was found, the strongest evidence first."""

    TOPIC = "topic"
    MAIN_LANGUAGE = "main-language"
    TITLE = "title"
    ABOUT = "about"
    LABEL = "label"
    TOPIC_PART = "topic-part"
    HELD_LANGUAGE = "held-language"
    BODY = "body"


PLACES = tuple(Place)
#: What one occurrence is worth. Topics are chosen with care by maintainers; a word in a text may be
#: chance (our judgement; the rank of the fields is that of PFIRec, ASE 2023: preference first).
WORTH = {
    Place.TOPIC: 3.0,
    Place.MAIN_LANGUAGE: 3.0,
    Place.TITLE: 1.6,
    Place.ABOUT: 1.4,
    Place.LABEL: 1.0,
    Place.TOPIC_PART: 1.0,
    Place.HELD_LANGUAGE: 3.0,
    Place.BODY: 0.5,
}
#: Words of a usual title, description and text; what is longer pays, what is shorter gains nothing
#: (means over 42,999 listings; texts: our judgement).
_USUAL = {Place.TITLE: 8.0, Place.ABOUT: 14.0, Place.BODY: 120.0}
_ISSUE_PLACES = {TITLE: Place.TITLE, LABELS: Place.LABEL, BODY: Place.BODY}


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that speak of a wish, rising; every array is as long as they."""

    wish: Wish
    rows: Ints
    #: In (0, 1).
    strengths: Floats
    #: rows x places: which phrase of the wish was found there, or -1.
    phrases: NDArray[np.int16]

    def told(self, index: int) -> tuple[Phrase | None, tuple[Place, ...]]:
        """The phrase that was found at the best place of a row, and where all it stands."""
        found = self.phrases[index]
        places = tuple(place for place, one in zip(PLACES, found, strict=True) if one >= 0)
        best = int(found[PLACES.index(places[0])])
        return (self.wish.phrases[best] if best < len(self.wish.phrases) else None), places


@dataclass(frozen=True, slots=True)
class Matcher:
    """A catalogue, and where it speaks of interests; each interest is looked for once."""

    catalogue: Catalogue
    _found: dict[str, Matches] = field(default_factory=dict)

    def find(self, interest: str) -> Matches:
        """Where the catalogue's issues speak of an interest."""
        if interest not in self._found:
            self._found[interest] = find_matches(read_wish(interest), self.catalogue)
        return self._found[interest]


@dataclass(frozen=True, slots=True)
class _Hits:
    """Rows where one phrase stands at one place, and what each is worth."""

    rows: Ints
    place: Place
    phrase: int
    step: int
    worth: Floats


def find_matches(wish: Wish, catalogue: Catalogue) -> Matches:
    """All rows that speak of the wish; of its names and neighbours the nearest evidence counts."""
    hits = [one for one in _look(wish, catalogue) if len(one.rows)]
    found = [one.rows for one in hits]
    rows = np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)
    strengths = np.zeros(len(rows))
    phrases = np.full((len(rows), len(PLACES)), -1, np.int16)
    for step, nearness in enumerate(NEARNESS):
        worth = np.zeros((len(rows), len(PLACES)))
        speakers = np.full_like(phrases, -1)
        for one in hits:
            if one.step == step:
                at, column = np.searchsorted(rows, one.rows), PLACES.index(one.place)
                better = one.worth > worth[at, column]
                worth[at[better], column] = one.worth[better]
                speakers[at[better], column] = one.phrase
        total = worth.sum(axis=1)
        reached = nearness * total / (total + K1)
        nearer = reached > strengths
        strengths[nearer], phrases[nearer] = reached[nearer], speakers[nearer]
    return Matches(wish, rows, strengths, phrases)


def _look(wish: Wish, catalogue: Catalogue) -> Iterator[_Hits]:
    """What is found of each phrase, place by place; then of the language that the wish names."""
    for number, phrase in enumerate(wish.phrases):
        yield from _in_projects(number, phrase, catalogue)
        if phrase.is_topic_only:
            continue
        for column, place in _ISSUE_PLACES.items():
            found = _with_apart(catalogue.texts, phrase, column, is_short=column == TITLE)
            worth = _worth(found, place, phrase, catalogue.texts)
            yield _Hits(found.cells // catalogue.texts.n_fields, place, number, phrase.step, worth)
    if wish.language is not None:
        projects, shares = catalogue.speakers(wish.language)
        for place, is_meant in (
            (Place.MAIN_LANGUAGE, shares >= 1.0),
            (Place.HELD_LANGUAGE, (shares > 0.0) & (shares < 1.0)),
        ):
            rows, which = catalogue.spread(projects[is_meant])
            worth = WORTH[place] * shares[is_meant][which]
            yield _Hits(rows, place, len(wish.phrases), 0, worth)


def _in_projects(number: int, phrase: Phrase, catalogue: Catalogue) -> Iterator[_Hits]:
    """The phrase among topics, as a whole one or a part of one, and in the description."""
    texts = catalogue.projects
    found = texts.find(phrase.words)
    is_topic = found.cells % texts.n_fields == TOPICS
    places = [(Place.TOPIC, _only(found, is_topic & found.is_whole))]
    if not phrase.is_topic_only:
        places.append((Place.TOPIC_PART, _only(found, is_topic & ~found.is_whole)))
        places.append((Place.ABOUT, _with_apart(texts, phrase, ABOUT, is_short=True)))
    for place, here in places:
        rows, which = catalogue.spread(here.cells // texts.n_fields)
        worth = _worth(here, place, phrase, texts)[which]
        yield _Hits(rows, place, number, phrase.step, worth)


def _with_apart(texts: Texts, phrase: Phrase, column: int, *, is_short: bool) -> Found:
    """The cells of a field with the phrase; in a short text its words may stand apart (count 0)."""
    found = texts.find(phrase.words)
    found = _only(found, found.cells % texts.n_fields == column)
    if not is_short or phrase.step or len(phrase.words) == 1:
        return found
    apart = texts.find_apart(phrase.words).cells
    apart = np.setdiff1d(apart[apart % texts.n_fields == column], found.cells, assume_unique=True)
    zeros = np.zeros(len(apart), np.int32)
    return Found(
        np.concatenate([found.cells, apart]),
        np.concatenate([found.counts, zeros]),
        np.concatenate([found.is_whole, zeros.astype(bool)]),
    )


def _worth(found: Found, place: Place, phrase: Phrase, texts: Texts) -> Floats:
    """What each cell is worth: how often, how long, how rare."""
    if place is Place.TOPIC:
        return np.full(len(found.cells), WORTH[place])
    most = MAX_COUNT if place is Place.BODY else 1
    often = np.where(found.counts == 0, APART, np.minimum(found.counts, most))
    usual = _USUAL.get(place)
    if usual is None:
        return np.asarray(WORTH[place] * phrase.rarity * often)
    length = np.maximum(1.0, 1 - B + B * texts.lengths[found.cells] / usual)
    return np.asarray(WORTH[place] * phrase.rarity * often / length)


def _only(found: Found, chosen: NDArray[np.bool_]) -> Found:
    return Found(found.cells[chosen], found.counts[chosen], found.is_whole[chosen])
