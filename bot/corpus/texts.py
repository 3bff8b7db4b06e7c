"""Many short texts, word by word: where does a phrase stand?

Comes in: documents of the same fields. Goes out: the cells (a field of a document) that hold a
phrase. An inverted index over one stream of words, so that neighbours are known.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.corpus.words import FIELD_BREAK, PART_BREAK, base_form, split_words

Ints: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]

#: Letters of scripts that put no blanks between words: Thai, Lao, Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: So many documents are taken apart at once: their words are short-lived Python strings.
_CHUNK = 4_096
_FIELD, _PART = 0, 1


@dataclass(frozen=True, slots=True)
class Found:
    """Cells that hold a phrase, rising, each once; and how it stands there."""

    cells: Ints
    counts: Ints
    #: Is the phrase a whole part of the cell: a label, a topic, all of the title?
    is_whole: Flags


@dataclass(frozen=True)
class Texts:
    """n documents of `n_fields` fields; the cell of a field is document x n_fields + field."""

    n_fields: int
    n_documents: int
    #: The stream: each word's id; a break stands before and behind every part.
    ids: Ints
    #: The cell of each word of the stream.
    cells: Ints
    #: The ids by word, in its base form; one may have several (`map`, `maps`).
    known: dict[str, list[int]] = field(repr=False)

    @cached_property
    def lengths(self) -> Ints:
        """How many words each cell has."""
        is_word = self.ids > _PART
        return np.bincount(self.cells[is_word], minlength=self._n_cells).astype(np.int32)

    @property
    def _n_cells(self) -> int:
        return self.n_documents * self.n_fields

    @cached_property
    def _postings(self) -> tuple[Ints, NDArray[np.int64]]:
        """Positions in the stream grouped by word, and where each word's group begins."""
        order = np.argsort(self.ids, kind="stable").astype(np.int32)
        n_ids = int(self.ids.max()) + 2 if len(self.ids) else 1
        return order, np.searchsorted(self.ids[order], np.arange(n_ids))

    def find(self, words: Sequence[str]) -> Found:
        """The cells in which these words follow each other; none for no words."""
        ids = [self._ids(word) for word in words]
        at = self._positions(ids[0]) if ids else np.empty(0, np.int32)
        for step, following in enumerate(ids[1:], 1):
            at = at[_among(self.ids[at + step], following)]
        is_whole = (self.ids[at - 1] <= _PART) & (self.ids[at + len(ids)] <= _PART)
        return _gathered(self.cells[at], is_whole)

    def find_apart(self, words: Sequence[str]) -> Found:
        """The cells that hold all of these words, wherever."""
        shared = [np.unique(self.cells[self._positions(self._ids(word))]) for word in words]
        cells = shared[0] if shared else np.empty(0, np.int32)
        for others in shared[1:]:
            cells = np.intersect1d(cells, others, assume_unique=True)
        return Found(cells, np.ones(len(cells), np.int32), np.zeros(len(cells), bool))

    def _ids(self, word: str) -> list[int]:
        if not _UNSPACED.match(word):
            return self.known.get(word, [])
        return [one for name, ids in self.known.items() if word in name for one in ids]

    def _positions(self, ids: Iterable[int]) -> Ints:
        order, starts = self._postings
        groups = [order[starts[one] : starts[one + 1]] for one in ids]
        return np.sort(np.concatenate(groups)) if groups else np.empty(0, np.int32)


def index_texts(documents: Iterable[Sequence[str]], n_fields: int) -> Texts:
    """Take documents apart; `PART_BREAK` may stand between the parts of a field."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    _ = numbers[FIELD_BREAK], numbers[PART_BREAK]
    stream, n_documents = [np.array([_FIELD], np.int32)], 0
    rest = iter(documents)
    while some := list(islice(rest, _CHUNK)):
        words = split_words(_joined(some, n_fields))
        stream.append(np.fromiter(map(numbers.__getitem__, words), np.int32, len(words)))
        n_documents += len(some)
    ids = np.concatenate(stream)
    cells = (np.cumsum(ids == _FIELD) - 1).astype(np.int32)
    known: dict[str, list[int]] = defaultdict(list)
    for word, number in numbers.items():
        if number > _PART:
            known[base_form(word)].append(number)
    return Texts(n_fields, n_documents, ids, cells, dict(known))


def _joined(documents: Sequence[Sequence[str]], n_fields: int) -> str:
    """All fields with a break behind each; a break that somebody wrote into a text is taken out."""
    text = FIELD_BREAK.join(map(FIELD_BREAK.join, documents)) + FIELD_BREAK
    if text.count(FIELD_BREAK) == len(documents) * n_fields:
        return text
    clean = [[one.replace(FIELD_BREAK, " ") for one in document] for document in documents]
    return FIELD_BREAK.join(map(FIELD_BREAK.join, clean)) + FIELD_BREAK


def _among(ids: Ints, wanted: Sequence[int]) -> Flags:
    if len(wanted) == 1:
        return np.asarray(ids == wanted[0])
    return np.isin(ids, wanted)


def _gathered(cells: Ints, is_whole: Flags) -> Found:
    """Places by their cell; a place that is whole makes the cell's."""
    found, first, counts = np.unique(cells, return_index=True, return_counts=True)
    whole = np.logical_or.reduceat(is_whole, first) if len(first) else np.empty(0, bool)
    return Found(found, counts.astype(np.int32), whole)
