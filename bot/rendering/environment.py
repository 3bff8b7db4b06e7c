"""The jinja2 environments: one per format and language; no template can print foreign text raw.

Comes in: a format's name and a language. Goes out: an environment whose every expression passes the
style.
"""

from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined

from bot import resources
from bot.digest import Pick
from bot.rendering.filters import filters_of, wrap
from bot.rendering.style import html_style, markdown_style, text_style
from bot.rendering.words import load_words
from bot.terms import Locale

_STYLES = {"md": markdown_style, "html": html_style, "txt": text_style}


@cache
def environment(name: str, locale: Locale) -> Environment:
    """The environment of a format (`md`, `html` or `txt`) in a language.

    select_autoescape would not escape `*.html.j2` (measured), so nothing is left to it.
    """
    style = _STYLES[name](load_words(locale))
    made = Environment(
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        autoescape=name == "html",  # noqa: S701 - `finalize` escapes in every format
        finalize=style.foreign,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters_of(style))
    if name == "txt":
        made.filters["flow"] = wrap
    return made


def _source(name: str) -> str:
    return (resources.shipped("templates") / name).read_text(encoding="utf-8")


def render_first_step(pick: Pick, locale: Locale) -> str:
    """What comes first with a pick, as plain text in one line."""
    parts = environment("txt", locale)
    rule, comment = (
        parts.get_template(f"parts/{name}.j2").render(pick=pick) for name in ("first", "comment")
    )
    return " ".join(f"{rule} {comment}".split())
