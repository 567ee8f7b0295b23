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


def cannot_open(engine: Engine, error: DBAPIError, *, committing: bool = False) -> StoreError:
    """The sentence for a database that does not answer as it should.

    ``committing``: the error came out of COMMIT, so a lost connection leaves the outcome unknown.
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
    return StoreError(known or _other(engine, error))


def _other(engine: Engine, error: DBAPIError) -> Text:
    place = shown(engine.url)
    why = " ".join(str(error.orig).split("\n", 1)[0].split()) if error.orig is not None else ""
    return Text(
        f"databasen {place} kan ikke bruges ({why})",
        f"the database {place} cannot be used ({why})",
    )


def shown(url: URL) -> str:
    """An address as it may be shown, without any password; a file by its path."""
    bare = URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    ).difference_update_query(["password", "sslpassword"])
    return bare.render_as_string().removeprefix("sqlite:///")
