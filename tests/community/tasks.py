"""The tasks that beginners find in a scripted project: real work, each unlike the others.

Comes in: a project's name and its place in the script. Goes out: titles and bodies.
"""

_TASKS = (
    ("Explain what the {slug} command prints", "the manual's second chapter", "an example of each"),
    ("Round the numbers in the {slug} summary", "`src/summary`", "two digits after the point"),
    ("Add a test for empty input to {slug}", "`tests/`", "an empty file and a blank line"),
    ("Rename the misleading {slug} option", "`src/options`", "the old name with a warning"),
    ("Sort the list that {slug} shows", "`src/listing`", "names in any case, then by age"),
    (
        "Show a progress bar while {slug} loads",
        "`src/loading`",
        "nothing when output is no terminal",
    ),
    ("Translate the {slug} error messages", "`locales/`", "all messages of the first file"),
    ("Draw a diagram of how {slug} works", "`docs/`", "the three steps and their names"),
    ("Say which file {slug} could not read", "`src/reading`", "the path and the reason"),
    ("Support the {slug} settings in a folder", "`src/settings`", "the home folder as before"),
    ("Shorten the {slug} start page", "`docs/index.md`", "how to install and one example"),
    ("Escape quotes in the {slug} export", "`src/export`", "quotes, commas and line ends"),
)


def tasks_of(slug: str, place: int) -> tuple[tuple[str, str], ...]:
    """Give a project's three tasks as (title, body)."""
    return tuple(_write(slug, *_TASKS[(place * 5 + step * 4) % len(_TASKS)]) for step in range(3))


def _write(slug: str, title: str, where: str, what: str) -> tuple[str, str]:
    named = title.format(slug=slug)
    body = (
        f"## What\n\n{named}. Whoever uses {slug} for the first time stumbles here today,\n"
        f"because nothing tells them what to expect.\n\n"
        f"## Where\n\nLook into {where}. The change should cover {what}.\n\n"
        f"## Steps\n\n1. Build {slug} and run it once as the manual says.\n"
        f"2. Find the place and write down what happens today.\n"
        f"3. Change it, and add a test or a picture that shows the new behaviour.\n\n"
        f"## Done when\n\n- the checks pass\n- the manual says what changed\n"
    )
    return named, body
