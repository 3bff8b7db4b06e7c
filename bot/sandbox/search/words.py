"""Free words: whether a text has a word, or a phrase word by word.

Comes in: texts and phrases in any script. Goes out: their words in one spelling, between blanks,
so that a phrase is in a text if its string is. Signs of scripts that are written without blanks
(Chinese, Japanese kana, Thai) count as words of their own.
"""

import re
import unicodedata

#: Thai and Lao, kana, Han with its extensions and compatibility forms.
UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def spell(text: str) -> str:
    """Spell a text as its words, between blanks."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(words)} " if words else " "
