"""A world that lasts for a season of twenty-one students: forty Go projects that go on growing."""

from datetime import datetime
from itertools import count

from bot.sandbox.world import World

N_PROJECTS = 40
N_AT_FIRST, N_A_WEEK = 4, 1
LABEL = ("good first issue",)

_NOUNS = [
    "anchor",
    "bilge",
    "boom",
    "bow",
    "buoy",
    "cabin",
    "cleat",
    "compass",
    "deck",
    "draft",
    "fender",
    "galley",
    "genoa",
    "hatch",
    "helm",
    "hull",
    "jib",
    "keel",
    "ladder",
    "locker",
    "mast",
    "oar",
    "pennant",
    "pilot",
    "pump",
    "rail",
    "rigging",
    "rope",
    "rudder",
    "sail",
    "sextant",
    "shackle",
    "sheet",
    "stern",
    "tide",
    "tiller",
    "topsail",
    "transom",
    "winch",
    "yard",
]
_VERBS = [
    "Explain",
    "Draw",
    "Measure",
    "Round",
    "Sort",
    "Rename",
    "Translate",
    "Shorten",
    "Colour",
    "Fold",
    "Weigh",
    "Print",
    "Test",
    "Mend",
    "Polish",
    "Align",
    "Count",
    "Cache",
    "Describe",
    "Trace",
    "Split",
    "Merge",
    "Quote",
    "Trim",
    "Escape",
    "Group",
    "Index",
    "Label",
    "Export",
    "Import",
    "Validate",
    "Document",
    "Simplify",
    "Mirror",
    "Resize",
    "Rotate",
    "Archive",
    "Sample",
]
PROJECTS = tuple(f"tidepool-{n:02}/{noun}" for n, noun in enumerate(_NOUNS[:N_PROJECTS]))


def season_world(now: datetime) -> World:
    """The projects with their first issues."""
    world = World(now)
    for n, name in enumerate(PROJECTS):
        noun = name.partition("/")[2]
        world.add_repository(
            name,
            language="Go",
            stars=60 + n,
            description=f"All about the {noun} of small boats.",
            topics=(noun,),
            pushed_at=now,
        )
    tasks = titles()
    for _ in range(N_AT_FIRST):
        grow(world, tasks)
    return world


def titles():
    """Titles that are all unlike each other, by project's number: an endless iterator each."""
    return [_titles_of(n) for n in range(N_PROJECTS)]


def _titles_of(n):
    others = _NOUNS[n + 1 :] + _NOUNS[:n]
    for step in count():
        verb, other = _VERBS[(n * 7 + step) % len(_VERBS)], others[(step * 5) % len(others)]
        yield f"{verb} the {other} {step}"


def grow(world: World, tasks, n: int = 1) -> None:
    """Each project gets so many new issues, and a push."""
    for number, repository in enumerate(projects(world)):
        for _ in range(n):
            title = next(tasks[number])
            text = f"{title} as the manual of {repository.name} has it.\n" * 12
            world.open_issue(repository, "marisol-example", title, text, LABEL)
        world.push(repository, "marisol-example")


def projects(world: World):
    return [one for one in world.repositories.values() if one.owner.startswith("tidepool-")]
