"""A world that is enough for a week of two students."""

from datetime import datetime

from bot.sandbox.world import World
from tests.stage import NOW

#: Two students with few searches.
STUDENTS = {"ada-example": "languages: [Go]\n", "ben-example": "languages: [Go]\npicks: 2\n"}


def small_world(now: datetime = NOW) -> World:
    """Ten free Go issues, each unlike the others; loading the shipped world takes too long."""
    world = World(now)
    words = ["mast", "keel", "rudder", "tiller", "jib", "boom", "hull", "deck", "oar", "anchor"]
    for number, word in enumerate(words):
        repository = world.add_repository(
            f"tidepool-{number}/{word}",
            language="Go",
            stars=99,
            description="Boats.",
            pushed_at=now,
        )
        label, text = ("good first issue",), "Look, measure, draw.\n" * 40
        world.open_issue(repository, "marisol-example", f"Explain the {word} {word}", text, label)
    return world
