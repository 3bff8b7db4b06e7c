"""The README knows every command, option, key, code and variable, and its links and commands work.

What it must name is read from the code, so that a new option without a word about it fails here.
"""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

import bot.settings
from bot import errors
from bot.cli.main import INTERRUPTED, foothold
from bot.screening.reasons import DropCode
from bot.subscriptions.club import Club, Mentor
from bot.subscriptions.occasion import Occasion
from bot.subscriptions.student import Exclusions, Subscription
from tests.architecture.order import ORDER

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GOLDEN_DIGEST = ROOT / "tests/week/golden/ada-example.md"
PAGES = (README, *sorted((ROOT / ".github").rglob("*.md")))

#: The two commands to begin with, which the CI runs too.
FIRST_COMMANDS = ("uv run pytest", "uv run foothold demo")
#: The file's name gives it; nobody writes it.
NOT_A_KEY = "login"

BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = {"", "bash", "console", "sh", "shell"}
LINK = re.compile(r"\]\(([^()\s]+)\)|<(?:a|img)\s[^>]*?(?:href|src)=\"([^\"]+)\"")
#: Marks of Markdown: of a quote, a heading, an item, emphasis.
MARKS = re.compile(r"^>? ?(?:#+ |- )?|\*\*", re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def options() -> Iterator[str]:
    for command in foothold.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from (name for name in parameter.opts if name.startswith("--"))


def keys(*models: type[BaseModel]) -> Iterator[str]:
    return (key for model in models for key in model.model_fields if key != NOT_A_KEY)


def exit_codes() -> set[int]:
    """Done, each class of errors, and interrupted."""
    classes = (
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, errors.BotError)
    )
    return {0, INTERRUPTED} | {one.exit_code for one in classes}


def variables() -> set[str]:
    """The constants in the settings' source that are spelt as environment variables are."""
    tree = ast.parse(Path(bot.settings.__file__).read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", str(text))}


def names_option(text: str, option: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){option}(?![\w-])", text))


def names_key(text: str, key: str) -> bool:
    """As code, or as a line of an example file."""
    return bool(re.search(rf"`{key}[`:.=]|^[ #-]*{key}:|[{{,]\s*{key}:", text, re.MULTILINE))


def names_code(text: str, code: object) -> bool:
    """As code, or in a cell of a table."""
    return bool(re.search(rf"`{code}`|\|\s*{code}\s*\|", text))


def missing_paths(page: Path) -> list[str]:
    """Relative links of a page that lead to no file, or to no heading of it."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    targets = [first or second for first, second in LINK.findall(text)]
    return [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target) and not _leads_somewhere(page, target)
    ]


def _leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    aim = page.parent / path if path else page
    if not aim.exists():
        return False
    return not anchor or anchor in anchors(aim.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Text without quote marks, emphasis, links' targets and line breaks."""
    return " ".join(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", MARKS.sub("", text)).split())


def quoted_pieces(text: str) -> list[str]:
    """The paragraphs, headings and items of a page's quotes, each as plain text."""
    quote = "\n".join(line[1:].strip() for line in text.splitlines() if line.startswith(">"))
    return [plain(piece) for piece in re.split(r"\n\n|\n(?=- )", quote)]


def anchors(text: str) -> set[str]:
    """The names that GitHub gives to headings: small letters, dashes, no other marks."""
    headings = HEADING.findall(BLOCK.sub("", text))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def shell_blocks(text: str) -> list[str]:
    return [block for language, block in BLOCK.findall(text) if language in SHELLS]


def commands(text: str) -> Iterator[list[str]]:
    """The arguments of every `foothold` command in a page's blocks of code."""
    for block in shell_blocks(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            for part in _parts(words):
                if "foothold" in part[:3] and set(part[: part.index("foothold")]) <= {"uv", "run"}:
                    yield part[part.index("foothold") + 1 :]


def _parts(words: list[str]) -> Iterator[list[str]]:
    """The simple commands of a line, without settings of variables and redirections."""
    part: list[str] = []
    for word in [*words, ";"]:
        if word in ("|", "&&", "||", ";") or re.match(r"[0-9&]?[<>]", word):
            yield part
            part = []
        elif part or not re.match(r"\w+=", word):
            part.append(word)


def parse(arguments: list[str]) -> None:
    """Parse a command line as `foothold` does; click's own errors leave. Nothing runs."""
    if not arguments or arguments[0] in ("--help", "--version"):
        return
    context = click.Context(foothold, info_name="foothold")
    name, command, rest = foothold.resolve_command(context, list(arguments))
    assert command is not None
    try:
        command.make_context(name, rest, parent=context).close()
    except click.BadParameter as error:
        # A file of the reader's own.
        if "does not exist" not in error.message:
            raise


def test_the_readme_shows_the_two_first_commands(readme):
    shown = "\n".join(shell_blocks(readme))
    assert [command for command in FIRST_COMMANDS if command not in shown] == []


def test_the_ci_runs_the_two_first_commands():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert [command for command in FIRST_COMMANDS if command not in script] == []


def test_the_digest_in_the_readme_is_the_golden_one(readme):
    golden = plain(GOLDEN_DIGEST.read_text(encoding="utf-8"))
    pieces = quoted_pieces(readme)
    assert len(pieces) > 5
    assert [piece for piece in pieces if piece not in golden] == []


def test_the_readme_names_every_command(readme):
    assert [one for one in foothold.commands if f"foothold {one}" not in readme] == []


def test_the_readme_names_every_option(readme):
    assert {one for one in options() if not names_option(readme, one)} == set()


@pytest.mark.parametrize("model", [Club, Mentor, Exclusions, Occasion, Subscription])
def test_the_readme_names_every_key_of_the_configuration(model, readme):
    assert [key for key in keys(model) if not names_key(readme, key)] == []


def test_the_readme_names_every_drop_code(readme):
    assert [code for code in DropCode if not names_code(readme, code)] == []


def test_the_readme_names_every_exit_code(readme):
    assert [code for code in sorted(exit_codes()) if not names_code(readme, code)] == []


def test_the_readme_names_every_variable_of_the_environment(readme):
    assert [name for name in sorted(variables()) if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page):
    assert missing_paths(page) == []


def test_every_command_in_the_readme_can_be_parsed(readme):
    shown = list(commands(readme))
    assert shown
    for arguments in shown:
        parse(arguments)


def test_what_must_be_named_is_found_in_the_code():
    assert "FOOTHOLD_STATE" in variables()
    assert {0, 1, 2, 3, 6, 130} <= exit_codes()
    assert {"--live", "--json", "--corpus"} <= set(options())
    assert {"review_hours", "example"} <= set(keys(Club))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("`level`", True),
        ("`level: beginner`", True),
        ("level: beginner\n", True),
        ("  # level: beginner", True),
        ("exclude: {level: []}", True),
        ("your level matters", False),
        ("`levels`", False),
    ],
)
def test_a_key_is_named_as_code_only(text, is_named):
    assert names_key(text, "level") == is_named


def test_a_longer_option_does_not_name_a_shorter_one():
    assert not names_option("`--json-lines`", "--json")
    assert names_option("[--json]", "--json")


def test_a_number_in_a_sentence_names_no_exit_code():
    assert not names_code("at most 3 picks", 3)
    assert names_code("| 3 | GitHub |", 3)


def test_a_quote_is_compared_without_marks_and_line_breaks():
    text = "> One\n> **two**.\n>\n> ## [Three](x.md)\n>\n> - four\n>   five\n> - six\n\nnot this\n"
    assert quoted_pieces(text) == ["One two.", "Three", "four five", "six"]


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A *first* part\n[a](#a-first-part) [b](page.md#nowhere) [c](gone.md)\n")
    assert missing_paths(page) == ["page.md#nowhere", "gone.md"]


def test_commands_are_found_between_what_stands_around_them():
    text = """foothold in a sentence
```yaml
name: Club
```
foothold outside of a block
```bash
X=1 uv run foothold run --live | less  # weekly
$ foothold show \\
    ada
cat foothold.md
```
"""
    assert list(commands(text)) == [["run", "--live"], ["show", "ada"]]


@pytest.mark.parametrize(
    "arguments", [["unheard-of"], ["run", "--unheard-of"], ["show"], ["run", "--week", "47"]]
)
def test_a_command_that_would_be_refused_is_not_parsed(arguments):
    with pytest.raises(click.UsageError):
        parse(arguments)


def test_a_file_of_the_readers_own_need_not_exist():
    assert parse(["demo", "--corpus", "my-listings.jsonl.gz"]) is None


def test_the_decision_on_the_import_order_says_the_order_that_holds():
    (record,) = (ROOT / ".github" / "decisions").glob("0001-*.md")
    chains = re.findall(r"`([a-z\s<]+ < [a-z\s<]+)`", record.read_text(encoding="utf-8"))
    told = [name.strip() for chain in chains for name in chain.split("<")]
    assert tuple(told) == ORDER
