"""Look the installation over: the database, the rules, the record, the clock, and what to do about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from governance.faults import RuleError
from governance.model import RequestError, Text
from governance.rulebook import Rulebooks
from governance.service.checks import FAULT, WARNING, Check, fine, wrong
from governance.service.erasing import erasing_unfinished
from governance.service.opening import Governance, database_url, no_register, rules_folder, utc_now
from governance.service.plugins import rules_called
from governance.service.retention import purge_access_log
from governance.service.rulechecks import check_rulebooks_of
from governance.service.rulefiles import load_rulebooks
from governance.store import StoreError, is_register, make_engine, reading
from governance.store.answers import shown
from governance.store.condition import bytes_of, guards_missing, head_of, settings_of
from governance.store.events import SKEW
from governance.store.upgrade import REVISION, revision

RULES = Text("regler", "rules")
DATABASE = Text("database", "database")
SETTINGS = Text("indstilling", "setting")
TABLES = Text("tabeller", "tables")
GUARDS = Text("værn", "guards")
RECORD = Text("begivenheder", "events")
ERASING = Text("sletning", "erasing")
ACCESS = Text("adgangslog", "access log")
CLOCK = Text("ur", "clock")

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "server_encoding": "UTF8"}
"""What a PostgreSQL server must have; the engine asks the rest of every connection."""
MEGABYTE = 1_000_000


def doctor(
    url: str | None = None, rules: Path | None = None, *, now: Callable[[], datetime] = utc_now
) -> tuple[Check, ...]:
    """Everything looked at, without changing anything. Raises nothing: what cannot be opened is a fault."""
    return tuple(_checks(url, rules, now))


def _checks(url: str | None, rules: Path | None, now: Callable[[], datetime]) -> Iterator[Check]:
    folder = rules_called(rules) if rules is not None else rules_folder()
    books = Rulebooks(())
    try:
        books = load_rulebooks(folder)
        yield fine(RULES, f"{folder}: ingen fejl", f"{folder}: no faults")
    except RuleError as error:
        found = Text(
            f"{folder}: {len(error.faults)} fejl, den første: {error.faults[0]}",
            f"{folder}: {len(error.faults)} faults, the first: {error.faults[0]}",
        )
        mend = Text(
            "ret dem; `governance rules check` viser alle", "mend; `governance rules check` shows all"
        )
        yield wrong(RULES, FAULT, found, mend)
    try:
        engine = make_engine(database_url(url, make_folder=False))
    except StoreError as error:
        yield wrong(DATABASE, FAULT, error.text, Text("ret adressen", "mend the address"))
        return
    try:
        yield from _database(Governance(engine, books, now, folder=folder))
    except (StoreError, RequestError) as error:
        said = error.text if isinstance(error, StoreError) else error.problems[0]
        yield wrong(DATABASE, FAULT, said, Text("ret det, og prøv igen", "mend that and try again"))
    finally:
        engine.dispose()


def _database(gov: Governance) -> Iterator[Check]:
    if not is_register(gov.engine):
        yield Check(DATABASE, FAULT, no_register(gov.engine))
        return
    with reading(gov.engine) as connection:
        yield _place(gov.engine, connection)
        yield from _settings(connection)
        current = revision(connection)
        if current != REVISION:
            yield _tables(current)
            return
        yield fine(TABLES, f"version {current}", f"revision {current}")
        yield _guards(connection)
        yield _record(connection)
        yield from check_rulebooks_of(gov, connection)
        yield _clock(gov, connection)
    yield _erasing(gov)
    yield _access(gov)


def _place(engine: Engine, connection: Connection) -> Check:
    place = shown(engine.url)
    size = f"{bytes_of(connection) / MEGABYTE:.1f} MB"
    return fine(
        DATABASE, f"{engine.dialect.name}, {place}, {size}", f"{engine.dialect.name}, {place}, {size}"
    )


def _settings(connection: Connection) -> Iterator[Check]:
    for name, value in settings_of(connection).items():
        wanted = SAFE.get(name, value)
        if value == wanted:
            yield fine(SETTINGS, f"{name} {value}", f"{name} {value}")
        else:
            found = Text(
                f"{name} er {value}, men skal være {wanted}", f"{name} is {value}, but must be {wanted}"
            )
            mend = Text("ret serverens indstilling", "mend the server's setting")
            yield wrong(SETTINGS, FAULT, found, mend)


def _tables(current: str | None) -> Check:
    newer = current is not None and current > REVISION
    found = Text(
        f"version {current}, programmet har {REVISION}", f"revision {current}, the program has {REVISION}"
    )
    mend = (
        Text("opdatér programmet", "update the program")
        if newer
        else Text("enhver anden kommando ændrer dem", "any other command brings them up to date")
    )
    return wrong(TABLES, FAULT if newer else WARNING, found, mend)


def _guards(connection: Connection) -> Check:
    missing = guards_missing(connection)
    if not missing:
        return fine(GUARDS, "begivenheder kan kun tilføjes", "events can only be added")
    names = ", ".join(missing)
    found = Text(f"der mangler {names}: begivenheder kan ændres", f"{names} missing: events can be changed")
    mend = Text(
        "kør `governance audit verify`, og gendan en sikkerhedskopi i en ny database",
        "run `governance audit verify`, and restore a backup into a new database",
    )
    return wrong(GUARDS, FAULT, found, mend)


def _record(connection: Connection) -> Check:
    last, head, _ = head_of(connection)
    return fine(RECORD, f"{last}; hovedet er {last}:{head}", f"{last}; the head is {last}:{head}")


def _clock(gov: Governance, connection: Connection) -> Check:
    _, _, at = head_of(connection)
    now = gov.now()
    ahead = datetime.fromisoformat(at) - now if at else None
    if ahead is None or ahead.total_seconds() <= 0:
        return fine(CLOCK, f"{now:%Y-%m-%d %H:%M} UTC", f"{now:%Y-%m-%d %H:%M} UTC")
    found = Text(
        f"uret viser {now:%Y-%m-%d %H:%M}, den seneste begivenhed er fra {at[:16]} (UTC)",
        f"the clock shows {now:%Y-%m-%d %H:%M}, the latest event is from {at[:16]} (UTC)",
    )
    level = FAULT if ahead > SKEW else WARNING
    return wrong(CLOCK, level, found, Text("stil uret", "set the clock"))


def _erasing(gov: Governance) -> Check:
    since = erasing_unfinished(gov)
    if not since:
        return fine(
            ERASING, "intet mangler at blive fejet af filerne", "nothing is left to sweep from the files"
        )
    found = Text(
        f"det, der er slettet siden {since[:16]} (UTC), kan endnu stå i filerne",
        f"what was erased since {since[:16]} (UTC) may still stand in the files",
    )
    mend = Text("gentag `governance people erase`", "repeat `governance people erase`")
    return wrong(ERASING, WARNING, found, mend)


def _access(gov: Governance) -> Check:
    old = purge_access_log(gov, dry_run=True)
    if not old.lines:
        return fine(ACCESS, f"gemmes {old.months} måneder", f"kept for {old.months} months")
    found = Text(
        f"{old.lines} linjer er ældre end de {old.months} måneder, de må gemmes",
        f"{old.lines} lines are older than the {old.months} months they may be kept",
    )
    return wrong(
        ACCESS, WARNING, found, Text("kør `governance access purge`", "run `governance access purge`")
    )
