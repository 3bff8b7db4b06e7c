"""What the benchmarks' students ask for, as files for the bot and as sets for the truth.

Comes in: nothing, or how many students share these wishes. Goes out: a configuration folder, and
`Wish`es by which plain Python tells which issues of a world are asked for. Names are fictional.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

CLUB = "name: Benchmark Club\nexample: true\nchannel: file\npoints_budget: {budget}\n"
NAMES = ("amber", "basil", "cedar", "dune", "ember", "fern", "grove", "heath", "iris", "juniper")


@dataclass(frozen=True, slots=True)
class Wish:
    """A student's languages and interests; `topics` are spellings that GitHub's projects carry.

    `topics` is spelled out here, so that the truth does not lean on the bot's vocabulary.
    """

    languages: frozenset[str] = frozenset()
    interests: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()

    def to_yaml(self) -> str:
        languages = f"languages: [{', '.join(sorted(self.languages))}]\n" if self.languages else ""
        interests = f"interests: [{', '.join(self.interests)}]\n" if self.interests else ""
        return f"{languages}{interests}level: intermediate\nhours: 6\n"


#: The example students of `config/students`.
EXAMPLE = {
    "ada-example": Wish(
        frozenset({"Python", "Rust"}),
        ("data visualization", "astronomy"),
        frozenset({"data-visualization", "dataviz", "astronomy"}),
    ),
    "ben-example": Wish(
        frozenset({"JavaScript", "TypeScript"}),
        ("accessibility", "games"),
        frozenset({"accessibility", "a11y", "games", "game"}),
    ),
    "chiyo-example": Wish(
        frozenset(),
        ("bioinformatics", "public health"),
        frozenset({"bioinformatics", "computational-biology", "public-health"}),
    ),
    "diego-example": Wish(frozenset({"Go", "Java"}), ("mapas",), frozenset({"maps"})),
}

#: The first asks for all that the others share, so that the union is the same for any number.
SHARED = (
    Wish(
        frozenset({"Go", "Java", "JavaScript", "Python", "Rust", "TypeScript"}),
        ("astronomy", "accessibility", "games", "mapas"),
        frozenset({"astronomy", "accessibility", "a11y", "games", "game", "maps"}),
    ),
    Wish(frozenset({"Python", "Rust"}), ("astronomy",), frozenset({"astronomy"})),
    Wish(frozenset({"JavaScript", "TypeScript"}), ("accessibility", "games"), frozenset({"a11y"})),
    Wish(frozenset({"Go", "Java", "Python"}), ("mapas", "games"), frozenset({"maps", "games"})),
    Wish(frozenset({"Python", "TypeScript"}), ("games",), frozenset({"games", "game"})),
)


def shared_wishes(n_students: int) -> dict[str, Wish]:
    """So many fictional students, whose wishes are drawn from a few; the first one's is the union.

    Their interests stand in another order now and then, as tastes that are alike but not the same.
    """
    random = Random(7)
    wishes = {}
    for number, wish in enumerate(islice(cycle(SHARED), n_students)):
        login = f"{random.choice(NAMES)}-{number:04}-example"
        interests = tuple(random.sample(wish.interests, len(wish.interests)))
        wishes[login] = Wish(wish.languages, interests, wish.topics)
    return wishes


def write_config(folder: Path, wishes: dict[str, Wish], budget: int) -> Path:
    """Write a club whose digests go into files, and return its folder."""
    students = folder / "students"
    students.mkdir(parents=True, exist_ok=True)
    (folder / "club.yaml").write_text(CLUB.format(budget=budget), "utf-8")
    for login, wish in wishes.items():
        (students / f"{login}.yaml").write_text(wish.to_yaml(), "utf-8")
    return folder


def all_languages(wishes: Iterable[Wish]) -> frozenset[str]:
    return frozenset().union(*(wish.languages for wish in wishes))
