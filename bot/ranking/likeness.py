"""How much issues resemble each other, so that a digest may vary: cosines of TF-IDF vectors.

Comes in: a catalogue. Goes out: `Likeness`, which is asked for a few issues at once. A word weighs
as it is rare in the world, not in the corpus.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array

from bot.corpus.catalogue import Catalogue, Floats
from bot.corpus.texts import Texts
from bot.corpus.wish import rarity
from bot.terms import IssueRef

#: The project's own words say less of what is to be done than the issue's.
PROJECT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """The vectors of a catalogue's issues, each of length 1."""

    catalogue: Catalogue
    vectors: csr_array

    def between(self, refs: Sequence[IssueRef]) -> Floats:
        """The cosine of every two of n issues, n x n, in [0, 1]; 1 with itself."""
        some = self.vectors[[self.catalogue.row_of[ref] for ref in refs]]
        cosines = np.clip((some @ some.T).toarray(), 0.0, 1.0)
        np.fill_diagonal(cosines, 1.0)
        return np.asarray(cosines, np.float64)


def build_likeness(catalogue: Catalogue) -> Likeness:
    """Vectors of titles, labels and texts beside those of the projects' descriptions and topics."""
    words: dict[str, int] = {}
    issues = _weighted(catalogue.texts, words)
    projects = _weighted(catalogue.projects, words)
    issues = csr_array((issues.data, issues.indices, issues.indptr), (len(catalogue), len(words)))
    both = issues + PROJECT_SHARE * projects[catalogue.project_of]
    lengths = np.sqrt(both.multiply(both).sum(axis=1))
    return Likeness(catalogue, csr_array(both.multiply(1 / np.maximum(lengths, 1e-9)[:, None])))


def _weighted(texts: Texts, words: dict[str, int]) -> csr_array:
    """Documents x words: 1 + the logarithm of the count, by rarity; words get their columns."""
    n_ids = int(texts.ids.max()) + 1
    column_of, weight_of = np.full(n_ids, -1), np.zeros(n_ids)
    for word, ids in texts.known.items():
        column_of[ids] = words.setdefault(word, len(words))
        weight_of[ids] = rarity((word,))
    columns = column_of[texts.ids]
    is_word = columns >= 0
    shape = (texts.n_documents, len(words))
    places = (texts.cells[is_word] // texts.n_fields, columns[is_word])
    counts = coo_array((np.ones(is_word.sum()), places), shape=shape).tocsr()
    weights = np.zeros(len(words))
    weights[column_of[column_of >= 0]] = weight_of[column_of >= 0]
    counts.data = 1 + np.log(counts.data)
    return csr_array(counts.multiply(weights[None, :]))
