"""The golden review post, made from builders.

`python -m tests.rendering.golden` writes it anew; the diff in review shows what changed.
"""

from pathlib import Path

from bot.rendering.review import render_review
from tests.rendering.sheets import SHEET

GOLDEN = Path(__file__).parent / "golden" / "review.md"


def compose_golden_review() -> str:
    """The title, and the body behind it."""
    message = render_review(SHEET)
    (body,) = message.parts
    return f"{message.title}\n\n{body}"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(compose_golden_review(), "utf-8")
