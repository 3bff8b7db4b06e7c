"""What the tests of the configuration share."""

from pathlib import Path

import pytest

from tests.subscriptions.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A configuration with a club and no student yet."""
    return Folder(tmp_path / "config")
