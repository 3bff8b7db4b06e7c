"""What every channel promises `deliver_once`, told over the folder and the fake.

The channel of GitHub posts needs a sandbox: `tests/adapters/test_github_posts.py`.
"""

from pathlib import Path

import pytest

from bot.adapters.folder import FolderChannel
from bot.delivery import Channel, Found
from bot.rendering.message import Message
from tests.fakes_channel import MemoryChannel


@pytest.fixture(params=["memory", "folder"])
def channel(request: pytest.FixtureRequest, tmp_path: Path) -> Channel:
    return MemoryChannel() if request.param == "memory" else FolderChannel(tmp_path)


def message(login: str = "ada-example", week: str = "2026-W47") -> Message:
    return Message(week, login, "Week 47", "# Hi", "<p>Hi</p>", "Hi", "{}")


def test_what_did_not_go_out_is_not_found(channel: Channel) -> None:
    assert channel.find("2026-W47", "ada-example", was_tried=False) is None
    assert channel.find("2026-W47", "ada-example", was_tried=True) is None


def test_what_went_out_is_found_at_its_place(channel: Channel) -> None:
    place = channel.deliver(message())
    assert channel.find("2026-W47", "ada-example", was_tried=False) == Found(place)


def test_another_week_and_another_student_are_not_found(channel: Channel) -> None:
    channel.deliver(message())
    assert channel.find("2026-W48", "ada-example", was_tried=True) is None
    assert channel.find("2026-W47", "ben-example", was_tried=True) is None
