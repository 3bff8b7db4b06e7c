"""Fitting: a page with as many lines as a post may hold.

Comes in: a way to render a page with at most so many lines in each of its lists. Goes out: text.
"""

from collections.abc import Callable

from bot.rendering.render import MARKDOWN_LIMIT

#: From all that there is to what fits into any post.
_MOST_LINES = (10_000, 200, 100, 50, 25, 10)


def fit_post(render: Callable[[int], str]) -> str:
    """The longest rendering that a post can hold; the shortest of all if none is."""
    body = ""
    for most in _MOST_LINES:
        body = render(most)
        if len(body) <= MARKDOWN_LIMIT:
            break
    return body
