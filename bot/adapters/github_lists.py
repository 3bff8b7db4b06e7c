"""Lists of GitHub's REST interface, read page by page as they are asked for.

Comes in: a client, a path, what to ask, and the shape of an item. Goes out: the items. Foreign
errors are the caller's to translate, but a page of another shape: that is an Outage, so that no
list counts half. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from github import Github
from pydantic import TypeAdapter, ValidationError

from bot.errors import Outage

#: GitHub gives no more on a page.
_PAGE = 100

T = TypeVar("T")


def read_list(
    client: Github, path: str, asked: Mapping[str, Any], kind: TypeAdapter[list[T]], what: str
) -> Iterator[T]:
    """All items below `/repos`; `what` names the list in an Outage."""
    page, n_read = 1, _PAGE
    while n_read == _PAGE:
        query = {**asked, "per_page": _PAGE, "page": page}
        _, answer = client.requester.requestJsonAndCheck("GET", f"/repos/{path}", parameters=query)
        found = read_shape(answer, kind, what)
        yield from found
        page, n_read = page + 1, len(found)


def read_shape(answer: object, kind: TypeAdapter[T], what: str) -> T:
    """An answer in its shape; Outage for one of another, as a proxy's page is."""
    try:
        return kind.validate_python(answer)
    except ValidationError as error:
        raise Outage(f"GitHub's {what} cannot be read.", "Run again later.") from error
