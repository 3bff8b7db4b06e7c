"""A configuration in a temporary folder, made from text, and the problems that it has."""

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.subscriptions.files import Configuration, read_configuration

CLUB = "name: Our Club\n"
WISH = "interests: [maps]\n"


class Folder:
    """Writes files and reads them back as a configuration."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.students = root / "students"
        self.students.mkdir(parents=True)
        self.club(CLUB)

    def club(self, text: str) -> "Folder":
        (self.root / "club.yaml").write_text(text, encoding="utf-8")
        return self

    def student(self, content: str | bytes, name: str = "ada.yaml") -> "Folder":
        data = content if isinstance(content, bytes) else content.encode()
        (self.students / name).write_bytes(data)
        return self

    def read(self) -> Configuration:
        return read_configuration(self.root)

    def refused(self) -> ConfigurationError:
        with pytest.raises(ConfigurationError) as caught:
            self.read()
        return caught.value

    def problems(self) -> list[str]:
        """The problems, their paths from the configuration's folder on."""
        return [problem.removeprefix(f"{self.root}/") for problem in self.refused().problems]
