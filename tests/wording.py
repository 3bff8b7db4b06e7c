"""Sayings in English, so that tests read what people read.

Comes in: a saying. Goes out: its words by the shipped catalogue.
"""

from bot.rendering.words import load_words
from bot.sayings import Saying
from bot.terms import Locale


def worded(saying: Saying | None, locale: Locale = Locale.EN) -> str | None:
    """The saying as it is told; None for None."""
    return None if saying is None else load_words(locale).say(saying)
