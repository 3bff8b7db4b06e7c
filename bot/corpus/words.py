"""Words: how a text is taken apart, so that an interest and an issue meet in the same form.

Comes in: texts. Goes out: words in lower case, without accents, plurals as singulars. Signs that
make a name are kept: `c++`, `c#`, `.net`.
"""

import re
import unicodedata
from functools import lru_cache

from bot.vocabulary import unaccented

#: Stand between two fields, and between two parts of one (labels, topics): no phrase reaches over.
FIELD_BREAK, PART_BREAK = "\x1e", "\x1f"
_WORD = re.compile(r"[\x1e\x1f]|\.net\b|[^\W_]+(?:\+\+|#(?!\w))?")
#: Shorter words have no plural worth knowing (`css`, `aws`, `ios`).
_MIN_PLURAL = 4
#: They end like plurals.
_NO_PLURALS = frozenset({"always", "kubernetes", "mathematics", "news", "series", "species"}) | {
    # Their singular is a verb or a structure of data in every other project.
    *("arrows", "graphs", "maps", "notes", "plots", "trees"),
}


def split_words(text: str) -> list[str]:
    """The words of a text as they are written, in lower case, breaks among them."""
    lower = text.lower()
    return _WORD.findall(lower if lower.isascii() else unicodedata.normalize("NFC", lower))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which an index knows them."""
    return tuple(base_form(word) for word in split_words(text))


@lru_cache(maxsize=2**17)
def base_form(word: str) -> str:
    """Without accents, and a plural's singular by the S stemmer.

    Source: Harman (1991), "How effective is suffixing?".
    """
    plain = unaccented(word)
    if len(plain) < _MIN_PLURAL or not plain.endswith("s") or plain in _NO_PLURALS:
        return plain
    if plain.endswith("ies") and not plain.endswith(("eies", "aies")):
        return f"{plain[:-3]}y"
    return plain if plain.endswith(("us", "ss", "is")) else plain[:-1]
