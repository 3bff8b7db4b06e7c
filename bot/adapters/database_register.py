"""The register in SQL: stops, consents, codes, levels and posters, in the journal's database.

Comes in: what people told. Goes out: the same. Each method is one transaction.
"""

from sqlalchemy import Connection, Engine, RowMapping, Table, and_, delete, insert, select

from bot.adapters.database_engine import transaction
from bot.adapters.database_learned_tables import readable, stated_levels
from bot.adapters.database_tables import aware, codes, consents, posters, stops, stored
from bot.ladder import StatedLevel
from bot.register import Consent, Register, Stop
from bot.terms import Level


class SqlRegister(Register):
    """What people told, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def stop_of(self, login: str) -> Stop | None:
        """The student's stop or pause."""
        with transaction(self._engine, writes=False) as connection:
            row = _row(connection, stops, login)
        return Stop(login, aware(row["at"]), row["until"]) if row else None

    def record_stop(self, stop: Stop) -> None:
        """Write a stop or a pause down."""
        row = {"login": stop.login.casefold(), "at": stored(stop.at), "until": stop.until}
        with transaction(self._engine, writes=True) as connection:
            _put(connection, stops, row)

    def lift_stop(self, login: str) -> None:
        """Take it back."""
        with transaction(self._engine, writes=True) as connection:
            connection.execute(delete(stops).where(stops.c.login == login.casefold()))

    def consent(self, login: str, address: str) -> Consent | None:
        """What the student said to that address."""
        this = and_(consents.c.login == login.casefold(), consents.c.address == address)
        with transaction(self._engine, writes=False) as connection:
            row = connection.execute(select(consents).where(this)).mappings().first()
        if row is None:
            return None
        moments = {name: row[name] and aware(row[name]) for name in _MOMENTS}
        return Consent(login, address, row["text"], n_deferrals=row["n_deferrals"], **moments)

    def record_consent(self, consent: Consent) -> None:
        """Write it down in the place of what was known."""
        with transaction(self._engine, writes=True) as connection:
            write_consent(connection, consent)

    def code_given(self, login: str) -> str | None:
        """The code that the student gave in a form."""
        with transaction(self._engine, writes=False) as connection:
            row = _row(connection, codes, login)
        return row["code"] if row else None

    def record_code(self, login: str, code: str) -> None:
        """Keep a code; the last one counts."""
        with transaction(self._engine, writes=True) as connection:
            _put(connection, codes, {"login": login.casefold(), "code": code})

    def stated_level(self, login: str) -> StatedLevel | None:
        """The level that the student's file stated last, and since when."""
        with transaction(self._engine, writes=False) as connection:
            row = _row(connection, stated_levels, login)
        if row is None:
            return None
        with readable(f"The level of {login}"):
            return StatedLevel(login, Level(row["level"]), aware(row["since"]))

    def record_stated_level(self, stated: StatedLevel) -> None:
        """Write down what the file states from now on."""
        known = {"level": stated.level.value, "since": stored(stated.since)}
        with transaction(self._engine, writes=True) as connection:
            _put(connection, stated_levels, {"login": stated.login.casefold(), **known})

    def posters(self) -> frozenset[str]:
        """The logins that our posts were made by."""
        with transaction(self._engine, writes=False) as connection:
            return frozenset(connection.scalars(select(posters.c.login)))

    def record_poster(self, login: str) -> None:
        """Keep one; often is once."""
        with transaction(self._engine, writes=True) as connection:
            if _row(connection, posters, login) is None:
                _put(connection, posters, {"login": login.casefold()})

    def forget(self, login: str) -> int:
        """Forget the student; how many things that were."""
        with transaction(self._engine, writes=True) as connection:
            return sum(
                connection.execute(delete(table).where(table.c.login == login.casefold())).rowcount
                for table in (stops, consents, codes, stated_levels)
            )


_MOMENTS = ("asked_at", "mailed_at", "confirmed_at", "refused_at")


def write_consent(connection: Connection, consent: Consent) -> None:
    """Write it down in the place of what was known."""
    login, address = consent.login.casefold(), consent.address
    moments = {name: getattr(consent, name) for name in _MOMENTS}
    row = {
        "login": login,
        "address": address,
        "text": consent.text,
        "n_deferrals": consent.n_deferrals,
        **{name: at and stored(at) for name, at in moments.items()},
    }
    this = and_(consents.c.login == login, consents.c.address == address)
    connection.execute(delete(consents).where(this))
    connection.execute(insert(consents).values(row))


def _row(connection: Connection, table: Table, login: str) -> RowMapping | None:
    query = select(table).where(table.c.login == login.casefold())
    return connection.execute(query).mappings().first()


def _put(connection: Connection, table: Table, row: dict[str, object]) -> None:
    """Write a login's row in the place of an older one."""
    connection.execute(delete(table).where(table.c.login == row["login"]))
    connection.execute(insert(table).values(row))
