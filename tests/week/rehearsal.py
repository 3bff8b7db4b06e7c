"""A week of one student, for the process that others are forked from: they begin with its caches.

Importing this module plays it. Templates, patterns and statements are then compiled once and not
in each of the eighty processes that the tests kill. One student shares with nobody, so the solver,
whose threads would not survive a fork, is imported here but not run.
"""

import gc
import tempfile
from pathlib import Path

import pytest
import scipy.optimize  # noqa: F401  (a second of work that a fork inherits)

from bot.sandbox.world import World
from bot.screening.phrases import LANGUAGES
from tests.stage import CLUB, NOW, TOKEN, open_stage
from tests.week.killing import Week, live
from tests.week.small import small_world


def _compile_phrases() -> None:
    for book in LANGUAGES:
        for name in book.__slots__:
            assert getattr(book, name).search


def rehearse(world: World) -> None:
    """Play the week against a sandbox that nobody else sees."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        open_stage(Path(folder), patch, world) as stage,
    ):
        stage.write_config({"ada-example": "languages: [Go]\n"}, CLUB)
        state = f"sqlite:///{folder}/rehearsal.db"
        assert live(Week(stage.sandbox.url, TOKEN, state, stage.config, NOW)) == 0


_compile_phrases()
rehearse(small_world())
# What stands here stands for good: collecting in a fork would walk through it, and copy it.
gc.freeze()
