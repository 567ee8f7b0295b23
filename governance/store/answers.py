"""What a driver's error means, as one sentence for whoever waits; never a password, never a traceback."""

from __future__ import annotations

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from governance.model import Text
from governance.store.errors import StoreError

BUSY = Text(
    "databasen er optaget af en anden; intet er gemt, prøv igen",
    "the database is busy with somebody else; nothing is stored, try again",
)
_FULL = Text(
    "disken, databasen ligger på, er fuld; intet er gemt; gør plads, og prøv igen",
    "the disk of the database is full; nothing is stored; make room and try again",
)
_READ_ONLY = Text(
    "databasen kan kun læses; intet er gemt; giv skriveadgang til den og dens mappe",
    "the database can only be read; nothing is stored; allow writing to it and its folder",
)
_BROKEN_OFF = Text(
    "forbindelsen til databasen blev afbrudt; intet er gemt, prøv igen",
    "the connection to the database was lost; nothing is stored, try again",
)
_UNKNOWN = Text(
    "databasens svar gik tabt: det vides ikke, om det blev gemt; send igen med samme nøgle",
    "the answer of the database was lost: nobody knows whether it was stored; send again with the same key",
)
_DAMAGED = Text(
    "databasens fil er beskadiget; brug en sikkerhedskopi (`governance restore`)",
    "the file of the database is damaged; use a backup (`governance restore`)",
)

_SQLITE = {5: BUSY, 6: BUSY, 8: _READ_ONLY, 11: _DAMAGED, 13: _FULL, 15: BUSY}
"""SQLite's primary result codes."""
_SQLITE_DISK = 10

_POSTGRESQL = {
    "55P03": BUSY,  # lock_timeout
    "57014": BUSY,  # statement_timeout
    "40001": BUSY,
    "40P01": BUSY,
    "53100": _FULL,
    "53300": BUSY,  # too many connections
    "25006": _READ_ONLY,
}

_UNREACHABLE = Text(
    "databasen {place} kan ikke bruges: serveren tog ikke imod forbindelsen; intet er gemt; se efter, at den "
    "kører, og at adresse, database, bruger og adgangskode er rigtige ({why})",
    "the database {place} cannot be used: the server took no connection; nothing is stored; check that it "
    "runs, and that address, database, user and password are right ({why})",
)
_DISK = Text(
    "disken svarede ikke, som den skulle, og databasen {place} kan ikke bruges; intet er gemt; se efter "
    "disken, og prøv igen ({why})",
    "the disk did not answer as it should, and the database {place} cannot be used; nothing is stored; see "
    "to the disk, and try again ({why})",
)
_NOT_OPENED = Text(
    "databasen {place} kan ikke bruges: filen kan ikke åbnes; se efter, at den er en fil i en mappe, der må "
    "læses og skrives ({why})",
    "the database {place} cannot be used: the file cannot be opened; check that it is a file, in a folder "
    "that may be read and written ({why})",
)
_NO_DATABASE = Text(
    "databasen {place} kan ikke bruges: filen er ikke en SQLite-database; vælg en anden fil ({why})",
    "the database {place} cannot be used: the file is no SQLite database; choose another file ({why})",
)
_INCOMPLETE = Text(
    "databasen {place} kan ikke bruges: den mangler registrets tabeller; vælg en anden, eller gendan en "
    "sikkerhedskopi ({why})",
    "the database {place} cannot be used: it lacks tables of the register; choose another, or restore a "
    "backup ({why})",
)
_UNFIT = Text(
    "databasen {place} kan ikke bruges; intet er gemt; se `governance doctor`, og prøv igen ({why})",
    "the database {place} cannot be used; nothing is stored; see `governance doctor`, and try again ({why})",
)
_SQLITE_OTHER = {_SQLITE_DISK: _DISK, 14: _NOT_OPENED, 26: _NO_DATABASE}
_NO_TABLE = ("no such table", "no such column")
_NO_TABLE_STATES = ("42P01", "42703")
_NO_SERVER = "08"
_NO_SERVER_CLASSES = ("08", "28", "3D", "57")
"""SQLSTATE classes: connection, authorization, no such database, shutting down. None at all: no server."""


def cannot_open(
    engine: Engine, error: DBAPIError, *, committing: bool = False, place: str = ""
) -> StoreError:
    """The sentence for a database that does not answer as it should.

    ``committing``: the error came out of COMMIT, so a lost connection leaves the outcome unknown.
    ``place`` is what is read, where that is not what the engine's address says.
    """
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        lost, known = code & 0xFF == _SQLITE_DISK, _SQLITE.get(code & 0xFF)
    else:
        lost = error.connection_invalidated
        known = _POSTGRESQL.get(getattr(error.orig, "sqlstate", None) or "")
    if lost and committing:
        return StoreError(_UNKNOWN, unknown_outcome=True)
    if known is None and error.connection_invalidated:
        known = _BROKEN_OFF
    return StoreError(known or _other(engine, error, place or shown(engine.url)))


def _other(engine: Engine, error: DBAPIError, place: str) -> Text:
    """What is wrong, what to do, and last what the driver said."""
    why = " ".join(str(error.orig).split("\n", 1)[0].split()) if error.orig is not None else ""
    code = getattr(error.orig, "sqlite_errorcode", None)
    state = getattr(error.orig, "sqlstate", None)
    if why.startswith(_NO_TABLE) or state in _NO_TABLE_STATES:
        kind = _INCOMPLETE
    elif isinstance(code, int):
        kind = _SQLITE_OTHER.get(code & 0xFF, _UNFIT)
    elif engine.dialect.name == "postgresql" and (state or _NO_SERVER)[:2] in _NO_SERVER_CLASSES:
        kind = _UNREACHABLE
    else:
        kind = _UNFIT
    return Text(kind.da.format(place=place, why=why), kind.en.format(place=place, why=why))


def shown(url: URL) -> str:
    """An address as it may be shown, without any password; a file by its path."""
    bare = URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    ).difference_update_query(["password", "sslpassword"])
    return bare.render_as_string().removeprefix("sqlite:///")
