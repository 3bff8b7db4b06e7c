"""A world that is played: its rows, what is true of them for some students, and the stage for it.

Comes in: a size and wishes. Goes out: a `Play`, which says what a run lost and what it should not
have picked.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.stage import Run, Served, Stage
from tests.benchmarks.truth import (
    Ref,
    Row,
    World,
    is_alive,
    is_claimed,
    is_free,
    is_labelled,
    is_visible,
    way_to,
)
from tests.benchmarks.wishes import Wish, write_config
from tests.benchmarks.worlds import make_world, write_world

#: The most that club.yaml allows, so that nothing but the world decides what is spent.
AMPLE = 12_500


@dataclass(slots=True)
class Play:
    """A world, its truth for some wishes, and the stage that serves it."""

    world: World
    wishes: dict[str, Wish]
    stage: Stage

    def truth(self) -> dict[Ref, str]:
        return self.world.matching(self.wishes.values())

    def lost(self, run: Run) -> set[Ref] | int:
        """What matches and is not held; only how many at least, where the state does not tell."""
        held, truth = self.stage.held(), self.truth()
        if held is None:
            return max(0, len(truth) - run.report.get("harvest", {}).get("issues", 0))
        return truth.keys() - held

    def examples(self, lost: set[Ref] | int, most: int = 3) -> list[str]:
        """Some of what was lost, in words."""
        truth, told = self.truth(), []
        for ref in sorted(lost if isinstance(lost, set) else ())[:most]:
            home, opened_at = self.world.repositories[ref[0]], self.world.issues[ref]["created_at"]
            facts = f"asked for by {truth[ref]}, in {home['language']}, opened {opened_at}"
            told.append(f"{ref[0]}#{ref[1]}, {facts}, project pushed to {home['pushed_at']}")
        return told

    def n_gone(self) -> int | None:
        """How many issues are held that do not match any longer, or never did."""
        held = self.stage.held()
        return None if held is None else len(held - self.truth().keys())

    def bad_picks(self, run: Run) -> Counter[str]:
        """What the picks and spares of a run should not be, by the world as it is now."""
        found: Counter[str] = Counter()
        for login, digest in run.digests.items():
            for pick in digest["picks"]:
                row = self.world.issues[pick["repository"], pick["number"]]
                found += self._faults(row, self.wishes[login])
        return found

    def _faults(self, row: Row, wish: Wish) -> Counter[str]:
        world, home = self.world, self.world.repositories[row["repository"]]
        found = {
            "not free": not is_free(world, row),
            "claimed": is_claimed(world, row),
            "not to be seen": not is_visible(home),
            "at rest": not is_alive(home, world.now),
            "not labelled": not is_labelled(row),
        }
        is_had = is_free(world, row) and is_visible(home) and is_labelled(row)
        found["not asked for"] = is_had and way_to(world, row, (wish,)) is None
        return Counter(name for name, is_so in found.items() if is_so)


@contextmanager
def playing(
    folder: Path, size: int, wishes: dict[str, Wish], budget: int = AMPLE
) -> Iterator[Play]:
    """Serve a new world of a size to a bot with these students."""
    folder.mkdir(parents=True)
    world = make_world(size)
    with Served(write_world(world, folder / "world.jsonl.gz")) as served:
        write_config(folder / "config", wishes, budget)
        yield Play(world, wishes, Stage(folder, served))
