"""Two journals that grew from one: joined row by row, or rather unit by unit.

Comes in: marks of what both came from, our rows, theirs. Goes out: the rows of both. A unit is a
row with those that belong to it, as a digest with its picks and deliveries. Where one side changed
a unit, that side counts. Where both did: what was sent wins, and of what was told or seen the last.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import UniqueConstraint

from bot.adapters.database_tables import deliveries, digests, stops
from bot.adapters.state_files import State
from bot.adapters.state_rows import Key, StateRow, key_mark

#: By a key's mark the mark of the row that stood there.
Marks = Mapping[str, str]
Unit = dict[Key, StateRow]

#: Where a digest names people: in each of what, in which list, by which word.
_NAMING = (("", "peers", "login"), ("", "mentor_notes", "mentor"), ("picks", "people", "login"))
#: Moments of tables have no zone.
_NEVER = datetime.min  # noqa: DTZ901


@dataclass(frozen=True, slots=True)
class Forgot:
    """Which side took a person out: then what is gone there stays out, sent or not."""

    ours: bool = False
    theirs: bool = False


def marks_of(state: State) -> dict[str, str]:
    """What to know of rows to see later which of them changed."""
    return {key_mark(key): one.mark for key, one in state.items()}


def merge(base: Marks, ours: State, theirs: State, forgot: Forgot | None = None) -> State:
    """The rows of both, in which no promise of a table is broken."""
    our_units, their_units, known = _units(ours), _units(theirs), forgot or Forgot()
    merged: dict[Key, StateRow] = {}
    for key in our_units.keys() | their_units.keys():
        our, their = our_units.get(key, {}), their_units.get(key, {})
        is_out = (known.ours and not our) or (known.theirs and not their)
        if not (is_out and any(key_mark(one) in base for one in our.keys() | their.keys())):
            unit = _merged(base, our, their)
            other = our if known.ours else their if known.theirs else {}
            merged |= {one: _as_known(row, other.get(one)) for one, row in unit.items()}
    return _without_clashes(merged, ours)


def changes(base: Marks, ours: State, theirs: State) -> int:
    """How many rows are ours alone: another here than there, and not as they were."""
    keys = ours.keys() | theirs.keys()
    pairs = ((key, _mark(ours, key), _mark(theirs, key)) for key in keys)
    return sum(o != t and o != base.get(key_mark(key)) for key, o, t in pairs)


def _units(state: State) -> dict[Key, Unit]:
    units: dict[Key, Unit] = defaultdict(dict)
    for key, one in state.items():
        units[one.unit][key] = one
    return units


def _merged(base: Marks, ours: Unit, theirs: Unit) -> Unit:
    keys = ours.keys() | theirs.keys()
    was = {key: base.get(key_mark(key)) for key in keys}
    if all(_mark(ours, key) == was[key] for key in keys):
        return theirs
    if all(_mark(theirs, key) == was[key] for key in keys):
        return ours
    if _sending(ours) or _sending(theirs):
        return _as_sent(ours, theirs)
    if not ours or not theirs:
        # What one side took out stays out: it was taken back. But not a stop, or a pause, that the
        # other was told since: a digest too few can be made good.
        return {key: one for key, one in (ours | theirs).items() if one.table is stops}
    return theirs if _last_at(theirs) > _last_at(ours) else ours


def _as_sent(ours: Unit, theirs: Unit) -> Unit:
    """A digest of which more is known to be out, with all that is known of its deliveries."""
    winner = theirs if _sending(theirs) > _sending(ours) else ours
    unit = {key: one for key, one in winner.items() if one.table is not deliveries}
    # Of two that are as far the later one in this order stays, which is ours.
    known = sorted((*theirs.values(), *ours.values()), key=lambda one: _sending({one.key: one}))
    return unit | {one.key: one for one in known if one.table is deliveries}


def _as_known(one: StateRow, forgetful: StateRow | None) -> StateRow:
    """A digest that names nobody whom the side that forgot somebody does not name there."""
    if one.table is not digests or forgetful is None or one.mark == forgetful.mark:
        return one
    try:
        known = set(_names(from_json(forgetful.row["digest"])))
        digest = from_json(one.row["digest"])
        for holder, key, name in _NAMING:
            for told in digest.get(holder, ()) if holder else (digest,):
                if key in told:
                    told[key] = [each for each in told[key] if each[name] in known]
    except (ValueError, TypeError, AttributeError, KeyError):
        # No digest of ours: whoever reads it says so.
        return one
    return replace(one, row={**one.row, "digest": to_json(digest).decode()})


def _names(digest: dict[str, Any]) -> Iterator[str]:
    for holder, key, name in _NAMING:
        for told in digest.get(holder, ()) if holder else (digest,):
            yield from (each[name] for each in told.get(key, ()))


def _sending(unit: Unit) -> int:
    """How far a digest has come: 2 out, 1 perhaps out, 0 surely not, or no digest at all."""
    rows = [one.row for one in unit.values() if one.table is deliveries]
    is_out = any(one.row["delivered_at"] for one in unit.values() if one.table is digests)
    if is_out or any(row["delivered_at"] for row in rows):
        return 2
    return int(any(row["setback"] is None for row in rows))


def _last_at(unit: Unit) -> datetime:
    moments = (value for one in unit.values() for value in one.row.values())
    return max((one for one in moments if isinstance(one, datetime)), default=_NEVER)


def _mark(rows: State, key: Key) -> str | None:
    return rows[key].mark if key in rows else None


def _without_clashes(merged: State, ours: State) -> State:
    """All rows but those of theirs that want a place which one of ours has."""
    taken: set[tuple[object, ...]] = set()
    kept = {}
    for key, one in sorted(merged.items(), key=lambda pair: _mark(ours, pair[0]) != pair[1].mark):
        places = list(_places(one))
        if taken.isdisjoint(places):
            kept[key] = one
            taken.update(places)
    return kept


def _places(one: StateRow) -> Iterator[tuple[object, ...]]:
    """What no two rows of a table may share; NULL equals none."""
    for constraint in one.table.constraints:
        if isinstance(constraint, UniqueConstraint):
            values = tuple(one.row[column.name] for column in constraint.columns)
            if None not in values:
                yield (one.table.name, str(constraint.name), *values)
