"""temp"""

from collections.abc import Sequence


def read_ai_policy(texts: Sequence[str]) -> str | None:
    return None
