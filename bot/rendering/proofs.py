"""The pages of proofs as they stand in the club's repository, and read back from there.

Comes in: tokens, or a post's body. Goes out: the same the other way round. What it says is for
operators, so it is English (decision 0020).
"""

import re
from collections.abc import Collection

TITLE = "Foothold: proofs"
_MARKER = "<!-- foothold:v1 proofs -->"
_PAGE = re.compile(r"<!-- foothold:v1 proofs page=([0-9]{4}-W[0-9]{2}|people|addresses) -->")
_TOKEN = re.compile(r"[0-9a-f]{16}")
_COVER = f"""{_MARKER}
The comments here are what the bot knows of mails, stops and consents, in keyed hashes that tell
nobody anything without the club's secret `FOOTHOLD_KEY`; some stand for nothing. `foothold state
rebuild` reads them when the state is lost, so please leave them as they are.
"""


def make_cover() -> str:
    """The body of the issue that the pages are comments of."""
    return _COVER


def is_cover(body: str) -> bool:
    """Is this that issue? As little proof as any marker: who wrote it counts."""
    return body.partition("\n")[0].removesuffix("\r") == _MARKER


def make_page(name: str, tokens: Collection[str]) -> str:
    """A page; its tokens are sorted, so that their order tells nothing."""
    lines = "\n".join(sorted(tokens))
    return f"<!-- foothold:v1 proofs page={name} -->\n`{name}`\n\n```text\n{lines}\n```\n"


def read_page(body: str) -> tuple[str, frozenset[str]] | None:
    """A page's name and its tokens; None for any other comment."""
    first, *rest = body.splitlines() or [""]
    match = _PAGE.fullmatch(first)
    if match is None:
        return None
    return match[1], frozenset(line for line in rest if _TOKEN.fullmatch(line))
