"""Counts how common words are in titles and descriptions; writes `bot/data/word_shares.json`.

`uv run python -m tests.benchmarks.count_words newcomer_issues.jsonl.gz [--check]`. Only words that
many people use are kept, and only how often: no text can be told from it.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from bot.corpus.words import words_of
from tests.benchmarks.listings import newest_listings, read_listings

SHARES = Path(__file__).parents[2] / "bot" / "data" / "word_shares.json"
#: Rarer words say as much as a word can: what is left out counts as so rare.
RAREST = 0.001


def count(path: Path) -> tuple[Counter[str], int]:
    """In how many texts each word stands, and how many texts there are: every title, and every
    project's description once."""
    rows = [row for _, row in newest_listings(read_listings(path)).values()]
    descriptions = {row["repo"].casefold(): row["description"] or "" for row in rows}
    texts = [*(row["title"] for row in rows), *filter(None, descriptions.values())]
    found = Counter(word for text in texts for word in set(words_of(text)))
    return found, len(texts)


def main() -> None:
    found, n_texts = count(Path(sys.argv[1]))
    shares = {
        word: round(n / n_texts, 4)
        for word, n in sorted(found.items())
        if n / n_texts >= RAREST and not word.isdigit()
    }
    head = f'{{\n "texts": {n_texts},\n "rarest": {RAREST},\n "shares": {{\n'
    lines = ",\n".join(f"  {json.dumps(word)}: {share}" for word, share in shares.items())
    text = f"{head}{lines}\n }}\n}}\n"
    if "--check" in sys.argv:
        is_same = SHARES.read_text(encoding="utf-8") == text
        print("the same, byte for byte" if is_same else "it differs")
        sys.exit(not is_same)
    SHARES.write_text(text, encoding="utf-8")
    print(f"{SHARES.name}: {len(shares):,} words of {n_texts:,} texts")


if __name__ == "__main__":
    main()
