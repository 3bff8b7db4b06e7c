"""One forge for all tests of a worker: it has imported what `foothold` needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflows.forge import open_forge


@pytest.fixture(scope="session")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The command `foothold`, as a file that anybody may run."""
    with open_forge(tmp_path_factory.mktemp("forge")) as command:
        yield command
