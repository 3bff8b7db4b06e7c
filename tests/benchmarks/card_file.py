"""A card's file in `bot/data`: written, or compared with what would be written.

Comes in: a card. Goes out: the file, a curve a line, so that a change of one shows in a diff.
"""

import json
import sys
from pathlib import Path

from bot.ranking.card import Card

FOLDER = Path(__file__).parents[2] / "bot" / "data"


def put_card(name: str, card: Card, *, is_check: bool) -> None:
    """Write the card's file, or say whether it is the same and exit with 1 if it is not."""
    path, text = FOLDER / f"{name}_card.json", render(card)
    if is_check:
        is_same = path.read_text(encoding="utf-8") == text
        print(f"{path.name}: {'the same, byte for byte' if is_same else 'it differs'}")
        sys.exit(not is_same)
    path.write_text(text, encoding="utf-8")
    print(f"{path.name}: {len(card.curves)} curves, {len(text):,} bytes")


def render(card: Card) -> str:
    """The card as its file says it."""
    head = json.dumps(card.model_dump(mode="json", exclude={"curves"}), indent=1)
    curves = (one.model_dump(mode="json", exclude_defaults=True) for one in card.curves)
    lines = ",\n  ".join(json.dumps(one) for one in curves)
    return f'{head[:-2]},\n "curves": [\n  {lines}\n ]\n}}\n'
