"""Digests in a folder: four files, each whole, the JSON last; a delivery leaves its receipt."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.folder import FolderChannel, write_message, write_pages
from bot.errors import DeliveryError
from bot.rendering.message import Message

WEEK = "2026-W47"
MESSAGE = Message(WEEK, "ada-example", "Title", "# Hällo\n", "<p>Hällo", "Hällo\r\n", '{"a": 1}\n')


def test_a_digest_is_four_files_named_by_week_and_login(tmp_path: Path) -> None:
    place = write_message(tmp_path / "out", MESSAGE)
    folder = tmp_path / "out" / WEEK
    contents = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
    assert contents == {
        "ada-example.md": "# Hällo\n",
        "ada-example.html": "<p>Hällo",
        "ada-example.txt": "Hällo\r\n",
        "ada-example.json": '{"a": 1}\n',
    }
    assert place == folder / "ada-example.json"


def test_a_delivery_is_the_four_files_and_a_receipt_of_their_content(tmp_path: Path) -> None:
    place = FolderChannel(tmp_path).deliver(MESSAGE)
    written = {path.name: path.read_bytes() for path in (tmp_path / WEEK).iterdir()}
    receipt = written.pop(".ada-example.delivered").decode()
    assert place == str(tmp_path / WEEK / "ada-example.json")
    assert {name for _, name in map(str.split, receipt.splitlines())} == set(written)
    assert receipt.splitlines() == [
        f"{hashlib.sha256(written[name]).hexdigest()}  {name}"
        for name in (f"ada-example.{end}" for end in ("md", "html", "txt", "json"))
    ]


def test_what_a_dry_run_wrote_is_no_delivery(tmp_path: Path) -> None:
    write_message(tmp_path, MESSAGE)
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False) is None
    place = FolderChannel(tmp_path).deliver(MESSAGE)
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False).place == place


def test_a_delivery_stays_one_when_its_files_are_written_again_or_taken_away(
    tmp_path: Path,
) -> None:
    place = FolderChannel(tmp_path).deliver(MESSAGE)
    write_message(tmp_path, replace(MESSAGE, json='{"a": 2}\n'))
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False).place == place
    for end in ("md", "html", "txt", "json"):
        (tmp_path / WEEK / f"ada-example.{end}").unlink()
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False).place == place


def test_a_delivery_that_cannot_leave_its_receipt_failed(tmp_path: Path) -> None:
    (tmp_path / WEEK / ".ada-example.delivered").mkdir(parents=True)
    with pytest.raises(DeliveryError, match="ada-example"):
        FolderChannel(tmp_path).deliver(MESSAGE)
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False) is None


def test_a_second_delivery_that_fails_midway_leaves_no_receipt(tmp_path: Path) -> None:
    FolderChannel(tmp_path).deliver(MESSAGE)
    (tmp_path / WEEK / "ada-example.txt").unlink()
    (tmp_path / WEEK / "ada-example.txt").mkdir()
    with pytest.raises(DeliveryError, match="ada-example"):
        FolderChannel(tmp_path).deliver(replace(MESSAGE, markdown="# Other"))
    assert FolderChannel(tmp_path).find(WEEK, "ada-example", was_tried=False) is None


def test_a_digest_that_is_written_again_replaces_the_old_one(tmp_path: Path) -> None:
    write_message(tmp_path, MESSAGE)
    path = write_message(tmp_path, replace(MESSAGE, json='{"a": 2}\n'))
    assert path.read_text() == '{"a": 2}\n'
    assert len(list(path.parent.iterdir())) == 4


def test_a_half_written_digest_has_no_json_and_leaves_no_scraps(tmp_path: Path) -> None:
    write_message(tmp_path, MESSAGE)
    (tmp_path / WEEK / "ada-example.txt").unlink()
    (tmp_path / WEEK / "ada-example.txt").mkdir()
    with pytest.raises(DeliveryError, match="ada-example"):
        write_message(tmp_path, MESSAGE)
    names = {path.name for path in (tmp_path / WEEK).iterdir()}
    assert names == {"ada-example.md", "ada-example.html", "ada-example.txt"}


def test_a_folder_that_cannot_be_made_is_a_failed_delivery(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    channel = FolderChannel(tmp_path / "file")
    assert channel.find(WEEK, "ada-example", was_tried=False) is None
    with pytest.raises(DeliveryError, match="cannot be written") as error:
        channel.deliver(MESSAGE)
    assert error.value.advice


@pytest.mark.parametrize(("week", "login"), [(WEEK, "../../evil"), (WEEK, ""), ("..", "ada")])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, week: str, login: str) -> None:
    with pytest.raises(ValueError, match="no"):
        write_message(tmp_path / "out", replace(MESSAGE, week=week, login=login))
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_a_file_for_each_of_its_formats(tmp_path: Path) -> None:
    paths = write_pages(tmp_path / "out", "report-hal-example", {"md": "# A\n", "json": "{}\n"})
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "out/report-hal-example.md",
        "out/report-hal-example.json",
    ]
    assert [path.read_text("utf-8") for path in paths] == ["# A\n", "{}\n"]
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_no_page_leads_out_of_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name"):
        write_pages(tmp_path, "../report", {"md": ""})


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(DeliveryError, match="report"):
        write_pages(tmp_path / "out", "report", {"md": ""})
