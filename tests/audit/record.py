"""A small record with an event of every kind, and a superuser who changes it past every guard."""

import io
import json
import random
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from governance.audit import export, verify
from governance.model import Erased, Event, Origin, RulebookAdopted
from governance.record import apply
from governance.service import (
    Governance,
    add_item,
    advance,
    correct,
    declare_complete,
    record_fact,
    record_thing,
)
from governance.service.rulefiles import load_rulebooks
from governance.store import append, event_hash, keep_rulebook, make_engine, reading, upgrade, writing
from governance.values import day

RULES = Path(__file__).parent / "rules"
TABLES = ("events", "texts", "things", "ledger", "keys", "rulebooks")
COLUMNS = (
    "number",
    "entity",
    "kind",
    "payload",
    "on_low",
    "on_high",
    "recorded_at",
    "origin",
    "source",
    "recorder",
    "rulebook",
    "version",
    "previous",
    "hash",
)
WORDS = tuple(name for name in COLUMNS if name not in ("number", "version"))


class Clock:
    """Every reading is a minute later; ``go`` sets the day."""

    def __init__(self):
        self.at = datetime(2025, 3, 1, 9, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(minutes=1)
        return self.at

    def go(self, day_):
        self.at = datetime(2025, 3, day_, 9, tzinfo=UTC)


def opened(url, clock=None):
    """The guild over a database."""
    engine = make_engine(url)
    upgrade(engine)
    return Governance(engine, load_rulebooks(RULES), clock or Clock())


def write_record(gov):
    """Everything that can be recorded, in some thirty events."""
    clock = gov.now
    adopt(gov)
    record_thing(gov, "Plads 1", "seat", links={"body": "bestyrelsen"}, facts={}, source="Listen")
    add_item(gov, "ÆØ-1", "sag", "Et ønske", recorder="Skriveren")
    record_fact(gov, "ÆØ-1", "art", "lille", source="Ansøgningen", recorder="Skriveren", key="art")
    record_fact(gov, "ÆØ-1", "pris", "120", source="Et \N{MUSICAL SYMBOL G CLEF} tilbud")
    assert not advance(gov, "ÆØ-1", "beslut", "bestyrelsen", key="for tidligt").allowed
    assert advance(gov, "ÆØ-1", "indstil", "udvalget", person="Formanden", key="indstil").allowed
    correct(gov, 5, reason="Læst forkert", value="90")
    assert advance(gov, "ÆØ-1", "beslut", "bestyrelsen", reason="Det haster", source="Referatet").allowed
    add_item(gov, "ÆØ-1/1", "spor", "Et spor", parent="ÆØ-1")
    add_item(gov, "H-1", "sag", "En gammel sag", origin="history", on="2024-05", source="Arkivet")
    advance(gov, "H-1", "beslut", "bestyrelsen", origin="history", on="2024-06-01", source="Arkivet")
    declare_complete(gov, "H-1", on="2024-12-31", source="Arkivet")
    add_item(gov, "ÆØ-2", "sag", "Endnu et ønske")
    record_fact(gov, "ÆØ-2", "art", "lille", source="Ansøgningen")
    links = {"item": "ÆØ-2", "to": "ÆØ-1"}
    record_thing(gov, "ÆØ-2 – ÆØ-1", "relation", links=links, facts={"kind": "strider"}, source="Listen")
    advance(gov, "ÆØ-2", "indstil", "udvalget", inputs={"pris": "200"})
    assert not advance(gov, "ÆØ-2", "beslut", "bestyrelsen", reason="Det haster").allowed
    clock.go(9)
    late(gov)
    clock.go(20)
    mistaken(gov)
    return erase(gov, "Skriveren", "ÆØ-1")


def late(gov):
    """An act dated before one that relied on its absence is refused without a reason."""
    add_item(gov, "ÆØ-3", "sag", "Et tredje ønske", on="2025-03-02")
    advance(gov, "ÆØ-3", "indstil", "udvalget", on="2025-03-03")
    advance(gov, "ÆØ-3", "genoptag", "bestyrelsen", on="2025-03-07")
    refused = advance(gov, "ÆØ-3", "genoptag", "bestyrelsen", on="2025-03-05")
    assert [each.rule for each in refused.blocking] == ["genoptag/late"]
    assert advance(gov, "ÆØ-3", "genoptag", "bestyrelsen", on="2025-03-05", reason="Glemt").allowed


def mistaken(gov):
    """A thing that a correction took away, and another one entered in its place."""
    wrong = add_item(gov, "ÆØ-4", "sag", "En fejl")
    correct(gov, wrong.event, reason="Findes ikke")
    add_item(gov, "ÆØ-4", "spor", "Et spor alligevel", parent="ÆØ-1")
    gone = add_item(gov, "ÆØ-5", "spor", "Et spor for meget", parent="ÆØ-1")
    correct(gov, gone.event, reason="Findes ikke")


def adopt(gov):
    book = gov.rulebooks.books[0]
    with writing(gov.engine) as connection:
        keep_rulebook(connection, book.id, book.from_.isoformat(), book.digest, dict(book.files))
        payload = RulebookAdopted(book.id, book.from_, book.digest)
        founded = datetime(2023, 12, 1, 9, tzinfo=UTC)
        store(gov, connection, f"regelsæt/{book.id}/{book.from_}", payload, at=founded)


def erase(gov, name, about, place="source"):
    """Remove a person's name and the texts of a place about an item; gives the number of the event."""
    with writing(gov.engine) as connection:
        ref = connection.execute(text("SELECT ref FROM people WHERE name = :name"), {"name": name}).scalar()
        query = text(
            "SELECT digest FROM texts JOIN events ON number = event "
            "WHERE entity = :about AND place = :place ORDER BY digest"
        )
        digests = tuple(connection.execute(query, {"about": about, "place": place}).scalars())
        for digest in digests:
            connection.execute(text("DELETE FROM texts WHERE digest = :digest"), {"digest": digest})
        connection.execute(text("DELETE FROM people WHERE ref = :ref"), {"ref": ref})
        book = gov.rulebooks.books[0].digest
        return store(gov, connection, ref, Erased("Bedt om det", digests), book).number


def store(gov, connection, entity, payload, rulebook="", at=None):
    now = at or gov.now()
    told = Event(0, entity, payload, day(now.date()), now, Origin.LIVE, rulebook=rulebook)
    return append(connection, told, apply(None, told), 0)


# ------------------------------------------------------------------------------------------ the superuser


@contextmanager
def superuser(engine):
    """A transaction over tables without triggers, keys or checks; nothing of it is kept."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        with connection.begin() as transaction:
            for table in TABLES:
                run(connection, f"CREATE TABLE loose AS SELECT * FROM {table}")  # noqa: S608 - names of ours
                run(connection, f"DROP TABLE {table}" + cascade(engine))
                run(connection, f"ALTER TABLE loose RENAME TO {table}")
            yield connection
            transaction.rollback()
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


def cascade(engine):
    return " CASCADE" if engine.dialect.name == "postgresql" else ""


def run(connection, statement, **said):
    return connection.execute(text(statement), said)


def change(connection, table, column, value, key="1", of=1):
    """Write a value into a column of the row whose key it is, or of all; bytes become text as they are."""
    new = "CAST(:value AS TEXT)" if isinstance(value, bytes) else ":value"
    set_ = f"UPDATE {table} SET {column} = {new} WHERE {key} = :of"  # noqa: S608 - names of ours
    assert run(connection, set_, value=value, of=of).rowcount


def insert(connection, table, row):
    """Add a row to a table."""
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    run(connection, f"INSERT INTO {table} ({names}) VALUES ({values})", **row)  # noqa: S608 - names of ours


def rows(connection, table, order="1"):
    """The rows of a table."""
    all_ = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608 - names of ours
    return [dict(row) for row in run(connection, all_).mappings()]


def flipped(value, place, bit=0):
    """Text with one bit of one byte changed, as bytes; the text may be none afterwards."""
    raw = bytearray(value.encode())
    raw[place] ^= 1 << bit
    return bytes(raw)


def changed(value):
    """A value that is another, and looks much like it."""
    if value is None:
        return "2025-03-01"
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "p-aaaaaaaa"


def rehash(connection):
    """Chain everything anew, as someone would who owns the database and knows the program."""
    previous = "0" * 64
    for row in rows(connection, "events", "number"):
        row["previous"] = previous
        previous = event_hash(row)
        said = {"previous": row["previous"], "hash": previous, "number": row["number"]}
        run(connection, "UPDATE events SET previous = :previous, hash = :hash WHERE number = :number", **said)
        run(
            connection,
            "UPDATE ledger SET last = :last, head = :head, at = :at",
            last=row["number"],
            head=previous,
            at=row["recorded_at"],
        )


def edit_payload(connection, number, edit):
    """Change what an event says, in its fixed form, and chain everything anew."""
    found = run(connection, "SELECT payload FROM events WHERE number = :of", of=number).scalar()
    said = json.loads(found)
    edit(said)
    new = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert new != found
    change(connection, "events", "payload", new, "number", number)
    rehash(connection)


def lines_of(whole):
    """The lines as a file gives them."""
    return io.BytesIO(whole).readlines()


def exported(gov):
    """The lines of an export."""
    file = io.BytesIO()
    with reading(gov.engine) as connection:
        assert export(connection, file).problems == ()
    return lines_of(file.getvalue())


def first(connection, expect=()):
    """The place and the sentence of the first problem that a verification finds."""
    found = verify(connection, expect).problems
    assert found, "nothing was found"
    return found[0].place.da, found[0].text.da


def places(connection):
    """The places of all problems that a verification finds."""
    return [problem.place.da for problem in verify(connection).problems]


def sample(seed, population, most):
    """Some of many, the same every time."""
    every = list(population)
    return every if len(every) <= most else random.Random(seed).sample(every, most)
