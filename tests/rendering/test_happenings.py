"""When an event is, is said as people say it, at the club's place and in each format alike."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.digest import digest_from_record, digest_to_record
from bot.events.event import ClubEvent, Rhythm
from bot.rendering.payload import render_json
from bot.rendering.render import render_html, render_markdown, render_text
from bot.subscriptions.occasion import EventKind
from tests.builders import build_digest, build_letter

STARTS = datetime(2026, 11, 27, 22, tzinfo=UTC)
PLACE = "(Puerto Rico time)"


def build(**changes: Any) -> ClubEvent:
    return ClubEvent(**{"title": "Hack night", "starts_at": STARTS, "url": None} | changes)


CASES = {
    f"Friday 27 November, 18:00 {PLACE}.": build(),
    f"Friday 27 November, 18:00 to 20:00 {PLACE}.": build(ends_at=STARTS + timedelta(hours=2)),
    f"Friday 27 November, 18:00 to 02:00 {PLACE}.": build(ends_at=STARTS + timedelta(hours=8)),
    f"Friday 27 November, 18:00 to Sunday 29 November, 18:00 {PLACE}.": build(
        ends_at=STARTS + timedelta(days=2)
    ),
    "Monday 30 November.": build(on=date(2026, 11, 30)),
    "Monday 30 November to Tuesday 1 December.": build(
        on=date(2026, 11, 30), last_on=date(2026, 12, 1)
    ),
    "until Monday 30 November.": build(on=date(2026, 11, 30), kind=EventKind.DEADLINE),
    f"until Friday 27 November, 18:00 {PLACE}.": build(kind=EventKind.DEADLINE),
    f"Friday 27 November, 18:00 {PLACE}, and regularly after that.": build(rhythm=Rhythm.OFTEN),
}


@pytest.mark.parametrize(("said", "event"), CASES.items(), ids=str)
def test_all_formats_say_when_it_is(said: str, event: ClubEvent) -> None:
    letter = build_letter(timezone="America/Puerto_Rico", digest=build_digest(events=(event,)))
    for render in (render_markdown, render_html, render_text):
        assert f"Hack night: {said}" in " ".join(render(letter).split())


def test_what_it_is_known_by_is_kept_in_the_record_and_not_shown() -> None:
    digest = build_digest(events=(build(key="5ecret"),))
    assert "5ecret" not in render_json(build_letter(digest=digest))
    assert digest_from_record(digest_to_record(digest)) == digest
