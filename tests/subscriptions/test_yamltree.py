"""What YAML is read as, and what of it is refused with its line."""

import pytest

from bot.subscriptions.tree import locate, shown
from bot.subscriptions.yamltree import Unreadable, read_tree


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read_tree(text)
    return f"{caught.value.line}: {caught.value.text}"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("# a comment only\n", 1, "the file is empty"),
        ("---\n", 1, "the file is empty"),
        ("\n- a\n", 2, "the file holds a list"),
        ("hello\n", 1, "the file holds a single value"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: 1\n\tb: 2\n", 2, "a tab stands here"),
        ("a: 1\nb: c: d\n", 2, "a `:` cannot stand here"),
        ("a: 1\nb: @c\n", 2, "a text begins with a special sign"),
        ("a: 1\nb: [c\nd: 2\n", 2, "a bracket or quote is open"),
        ("a: 1\nb: 'c\nd: 2\n", 2, "a bracket or quote is open"),
        ("a: 1\nb\nc: 2\n", 2, "the line is no `key: value`"),
        ("a: 1\n b: 2\n", 2, "a `:` cannot stand here"),
        ("a:\n  - 1\n b: 2\n", 3, "the line does not fit"),
        ("a: 1\nb: [1] 2\n", 2, "the line does not fit"),
        ('a: 1\nb: "\\q"\n', 2, "the backslash means nothing"),
        ('a: 1\nb: "\\U99999999"\n', 2, "an escape or a number is out of range"),
        ("a: 1\nb: \x00\n", 2, "the sign U+0000 cannot stand here"),
        ("a: 1\nb: \x1b[31m\n", 2, "the sign U+001B cannot stand here"),
        ("a: 1\nb: *c\n", 2, "`*c` stands for other text"),
        ("a: 1\nb: &c d\n", 2, "`&c` is a YAML anchor"),
        ("a: 1\nb: !!python/object/apply:os.system [x]\n", 2, "`!` makes a YAML tag"),
        ("a: 1\nb: !!str c\n", 2, "`!` makes a YAML tag"),
        ("a: 1\nb: !x!y c\n", 2, "`!` makes a YAML tag"),
        ("a: 1\nb:\n  [[[[[[c]]]]]]\n", 3, "the nesting is too deep"),
        ("a: 1\n[b]: 2\n", 2, "a key is a list or a mapping"),
    ],
)
def test_what_is_not_read_is_told_with_its_line(text: str, line: int, words: str) -> None:
    told = refusal(text)
    assert told.startswith(f"{line}: {words}")
    assert "; " in told


def test_a_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(50))
    assert refusal(bomb).startswith("1: `&a` is a YAML anchor")


@pytest.mark.parametrize("word", ["no", "off", "yes", "2048", "0x1f", "1.0", "2026-12-01", "12:30"])
def test_a_word_stays_the_text_that_was_written(word: str) -> None:
    assert locate(read_tree(f"a: {word}\n").root, ("a",)).quoted == f"`{word}`"


@pytest.mark.parametrize("nothing", ["", "~", "null", "# comment"])
def test_nothing_is_nothing(nothing: str) -> None:
    assert locate(read_tree(f"a: {nothing}\n").root, ("a",)).quoted == "nothing"


def test_quoted_nothing_is_text() -> None:
    assert locate(read_tree("a: 'null'\n").root, ("a",)).quoted == "`null`"


def test_a_key_that_stands_twice_is_a_slip_and_the_first_counts() -> None:
    tree = read_tree("a: 1\nb: 2\na: 3\n")
    assert tree.slips == ((3, "`a` stands here again, after line 1; keep one of them"),)
    assert locate(tree.root, ("a",)).quoted == "`1`"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: x\u202ey\n",
        "a: 1\nb: x\u200by\n",
        'a: 1\nb: "x\\u202ey"\n',
        'a: 1\nb: "x\\ud800y"\n',
        'a: 1\nb: "x\\ny"\n',
        "a: 1\n# \u2066 hidden\nb: xy\n",
        "a: 1\nb: |\n  x\n  y\n",
    ],
)
def test_signs_that_nobody_sees_are_a_slip_on_their_line(text: str) -> None:
    ((line, words),) = read_tree(text).slips
    assert line == 2
    assert "invisible sign" in words


@pytest.mark.parametrize(
    "text", ["Zoé", "データ", "نام", "می\u200cخواهم", "👩\u200d🔬", "|\n  one line"]
)
def test_every_script_is_welcome(text: str) -> None:
    assert read_tree(f"a: {text}\n").slips == ()


def test_a_place_has_the_line_and_the_dotted_name_of_its_key() -> None:
    root = read_tree("a: 1\nb:\n  c:\n    - x\n    - y\n").root
    entry, key, beyond = (locate(root, ("b", "c", *more)) for more in ((1,), (), (7,)))
    assert (entry.line, entry.subject) == (5, "`y` in `b.c`")
    assert (key.line, key.subject) == (3, "`b.c`")
    assert beyond == key


def test_a_list_that_stands_for_a_mapping_is_searched_by_text() -> None:
    root = read_tree("languages:\n  - Python\n  - Pyton\n").root
    assert locate(root, ("languages", "Pyton", "[key]")).line == 3


def test_text_is_repeated_short_and_without_addresses() -> None:
    assert shown("ada@example.org") == "this text"
    assert shown("x" * 100) == "x" * 39 + "…"
    assert shown("a\nb\u202ec") == "a bc"
