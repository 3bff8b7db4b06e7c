"""Digests in a folder: four files, each whole, the JSON last."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.folder import FolderChannel, write_message
from bot.errors import DeliveryError
from bot.rendering.message import Message

WEEK = "2026-W47"
MESSAGE = Message(WEEK, "ada-example", "Title", "# Hällo\n", "<p>Hällo", "Hällo\r\n", '{"a": 1}\n')


def test_a_digest_is_four_files_named_by_week_and_login(tmp_path: Path) -> None:
    place = FolderChannel(tmp_path / "out").deliver(MESSAGE)
    folder = tmp_path / "out" / WEEK
    contents = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    assert contents == {
        "ada-example.md": "# Hällo\n",
        "ada-example.html": "<p>Hällo",
        "ada-example.txt": "Hällo\r\n",
        "ada-example.json": '{"a": 1}\n',
    }
    assert place == str(folder / "ada-example.json")


def test_a_digest_that_is_written_again_replaces_the_old_one(tmp_path: Path) -> None:
    write_message(tmp_path, MESSAGE)
    path = write_message(tmp_path, replace(MESSAGE, json='{"a": 2}\n'))
    assert path.read_text() == '{"a": 2}\n'
    assert len(list(path.parent.iterdir())) == 4


def test_a_half_written_digest_is_not_found_and_leaves_no_scraps(tmp_path: Path) -> None:
    write_message(tmp_path, MESSAGE)
    (tmp_path / WEEK / "ada-example.txt").unlink()
    (tmp_path / WEEK / "ada-example.txt").mkdir()
    with pytest.raises(DeliveryError, match="ada-example"):
        write_message(tmp_path, MESSAGE)
    assert FolderChannel(tmp_path).find(WEEK, "ada-example") is None
    names = {path.name for path in (tmp_path / WEEK).iterdir()}
    assert names == {"ada-example.md", "ada-example.html", "ada-example.txt"}


def test_a_folder_that_cannot_be_made_is_a_failed_delivery(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    channel = FolderChannel(tmp_path / "file")
    assert channel.find(WEEK, "ada-example") is None
    with pytest.raises(DeliveryError, match="cannot be written") as error:
        channel.deliver(MESSAGE)
    assert error.value.advice


@pytest.mark.parametrize(("week", "login"), [(WEEK, "../../evil"), (WEEK, ""), ("..", "ada")])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, week: str, login: str) -> None:
    with pytest.raises(ValueError, match="no"):
        write_message(tmp_path / "out", replace(MESSAGE, week=week, login=login))
    assert list(tmp_path.iterdir()) == []
