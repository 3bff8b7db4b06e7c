"""Replies: what was understood of commands, as a comment of ours.

Comes in: a `Reply`. Goes out: Markdown whose first line is its marker. Nobody is mentioned, and
what people wrote stands in code spans.
"""

from bot.remarks import Echo, Reply
from bot.rendering.marker import make_reply_marker
from bot.rendering.neutral import code_span, markdown
from bot.rendering.words import Words, load_words
from bot.terms import Locale

#: A command is shown up to here, as it was written.
_COMMAND_LIMIT = 80


def render_reply(reply: Reply, locale: Locale = Locale.EN) -> str:
    """The comment that answers in that language: a line for each echo."""
    words = load_words(locale)
    lines = (f"- {_line(echo, words)}" for echo in reply.echoes)
    return "\n".join((make_reply_marker(reply.remarks), *lines)) + "\n"


def _line(echo: Echo, words: Words) -> str:
    values = {name: markdown(value) for name, value in echo.values}
    said = code_span(echo.command, _COMMAND_LIMIT)
    return f"{said}: {words.replies[echo.sentence].format(**values)}"
