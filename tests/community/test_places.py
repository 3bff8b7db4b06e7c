import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.community.places import MAX_PLACES, Contact, find_places
from tests.community.hostile import REPEATS

LUMEN = "lumen-lab/starcharts"


def _found(text: str, repository: str = LUMEN) -> list[str]:
    return [place.url for place in find_places([text], repository, False, None)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Chat: https://discord.com/invite/Ab3dEf9", "https://discord.gg/Ab3dEf9"),
        ("http://www.discord.gg/Ab3dEf9?event=1", "https://discord.gg/Ab3dEf9"),
        (
            "[![chat](https://badges.gitter.im/lumen/stars.svg)](https://gitter.im/lumen/stars?utm_source=badge)",
            "https://gitter.im/lumen/stars",
        ),
        (
            "[Slack](https://join.slack.com/t/lumen/shared_invite/zt-1-a~b)",
            "https://join.slack.com/t/lumen/shared_invite/zt-1-a~b",
        ),
        ("https://app.element.io/#/room/#lumen:a.org", "https://matrix.to/#/#lumen:a.org"),
        ("<a href='https://lumen.zulipchat.com/#narrow/1'>", "https://lumen.zulipchat.com"),
        ("Our Telegram group: https://telegram.me/lumen_lab.", "https://t.me/lumen_lab"),
        ("https://web.libera.chat/#lumen", "https://web.libera.chat/#lumen"),
        ("https://groups.google.com/forum/#!topic/lumen/1", "https://groups.google.com/g/lumen"),
        (
            "https://lists.a.org/mailman/listinfo/stars",
            "https://lists.a.org/mailman/listinfo/stars",
        ),
        ("https://forum.starcharts.org/t/hello/12", "https://forum.starcharts.org"),
        ("Talk to us in [our forum](https://community.a.org/c/2)", "https://community.a.org"),
        (".. _chat: https://chat.lumen-lab.org/", "https://chat.lumen-lab.org"),
    ],
)
def test_a_room_is_found_at_its_own_address(text: str, url: str) -> None:
    assert _found(text) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "Built for https://slack.com, https://discord.com and https://zulip.com.",
        "![chat](https://discord.gg/Ab3dEf9)",
        "```\nhttps://discord.gg/Ab3dEf9\n```",
        "<!-- https://discord.gg/Ab3dEf9 -->",
        "https://discord.gg/your-invite",
        "https://discord.com/users/123456789012345678",
        "https://discord.com/oauth2/authorize?client_id=1&scope=bot",
        "https://matrix.to/#/@ada-example:a.org",
        "Message me on Telegram: https://t.me/ada_example",
        "https://t.me/lumen_bot",
        "## Thanks to\n\n[Perihelion](https://discord.gg/Ab3dEf9)",
        "Powered by [Tide](https://discord.gg/Ab3dEf9)",
        "## Tidepool support\n\nhttps://discord.gg/tidepool",
        "See https://forum.tidepool.org for tides.",
        "https://ada:secret@discord.gg/Ab3dEf9",
        "https://discord.gg:8080/Ab3dEf9",
        "https://discord.gg/Ab3dEf9" + "x" * 200,
        "ftp://discord.gg/Ab3dEf9 javascript://discord.gg/Ab3dEf9",
        "https://chat.openai.com/g/our-lumen-lab-helper",
    ],
)
def test_software_persons_placeholders_and_others_rooms_are_no_places(text: str) -> None:
    assert _found(text) == []


def test_discussions_come_first_and_there_is_one_place_of_each_service() -> None:
    texts = [
        "https://discord.gg/Ab3dEf9",
        "https://discord.com/invite/Other1 https://gitter.im/lumen/stars",
    ]
    assert find_places(texts, LUMEN, True, None) == (
        Contact("discussions", "https://github.com/lumen-lab/starcharts/discussions"),
        Contact("chat", "https://discord.gg/Ab3dEf9"),
        Contact("chat", "https://gitter.im/lumen/stars"),
    )


def test_a_host_of_ones_own_is_known_by_the_homepage() -> None:
    text = "https://forum.orrery.org"
    assert find_places([text], LUMEN, False, None) == ()
    assert find_places([text], LUMEN, False, "https://orrery.org/") == (Contact("forum", text),)


@given(
    st.lists(st.text(max_size=200), max_size=3),
    st.sampled_from(["https://discord.gg/", "https://lists.a.org/", "https://chat.lumen.org/"]),
)
def test_places_of_any_texts_are_few_and_safe(texts: list[str], start: str) -> None:
    found = find_places([start + text for text in texts], LUMEN, True, "".join(texts[:1]))
    assert len(found) <= MAX_PLACES
    assert all(re.fullmatch(r"https://[a-z0-9.-]+[!-~]{0,200}", place.url) for place in found)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(REPEATS), st.sampled_from(REPEATS))
def test_hostile_texts_take_no_time(one: str, other: str) -> None:
    text = ((one + other) * 100_000)[:100_000]
    began = time.process_time()
    find_places([text], LUMEN, False, None)
    assert time.process_time() - began < 0.5


def test_an_address_that_ends_a_sentence_is_found():
    told = find_places(
        ["Our chat is https://zulip.focusring.test. Come in."], "o/focusring", False, None
    )

    assert [one.url for one in told] == ["https://zulip.focusring.test"]
