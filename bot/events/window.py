"""The time that a run looks at events of, at the club's place.

Comes in: now, the club's time zone. Goes out: a `Window`, which knows what lies in it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Nobody plans further: a term has about fifteen weeks. Digests of so long are looked through for
#: what was told already; elsewhere, too, twelve weeks count (picks are followed so long).
HORIZON = timedelta(weeks=12)
#: So far back dates of a series are looked at: that a series comes often shows also in the last.
BEHIND = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Window:
    """From now to the horizon."""

    now: datetime
    zone: ZoneInfo

    @property
    def begins_at(self) -> datetime:
        """From when on dates of a series are looked at."""
        return self.now - BEHIND

    @property
    def ends_at(self) -> datetime:
        return self.now + HORIZON

    def moment(self, when: datetime | date) -> datetime:
        """A time as UTC; without a zone, and where a day begins, it is the club's."""
        if not isinstance(when, datetime):
            when = datetime.combine(when, time())
        local = when if when.tzinfo else when.replace(tzinfo=self.zone)
        return local.astimezone(UTC)

    def is_ahead(self, starts_at: datetime, on: date | None) -> bool:
        """Has it not begun yet? What lasts whole days may be told on its first."""
        if starts_at > self.ends_at:
            return False
        return on >= self.now.astimezone(self.zone).date() if on else starts_at >= self.now
