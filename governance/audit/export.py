"""Write the whole record into one file that can be verified and judged again without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from sqlalchemy import Connection, bindparam, select

from governance.audit.books import read_book
from governance.audit.chain import Row
from governance.audit.lines import write_line
from governance.audit.rows import events_with_texts, stream
from governance.audit.sealed import FACT
from governance.audit.verify import Audit, Progress, head, verify
from governance.record import Entity, fold
from governance.store import read_event
from governance.store.nouns import Json, write_value
from governance.store.schema import events, texts

FORMAT, VERSION = "governance-audit", 1
ABOUT = {
    "da": "Personer står som referencer (p-…); deres navne er ikke her. Fritekst står ved sin begivenhed.",
    "en": "People stand as references (p-…); their names are not here. Free text stands by its event.",
}
THINGS = "SELECT id, kind, family, state, version FROM things ORDER BY id"
OWN = select(events).where(events.c.entity == bindparam("id"))
OWN_FACTS = select(texts).join(events).where(events.c.entity == bindparam("id"), texts.c.place == FACT)


def export(connection: Connection, file: IO[bytes], progress: Progress | None = None) -> Audit:
    """Write the record line by line, unless something is wrong with it: then nothing is written."""
    audit = verify(connection, progress=progress)
    if not audit.problems:
        for number, (kind, said) in enumerate(_told(connection), 1):
            file.write(write_line(number, kind, said))
            if progress is not None:
                progress(audit.events + number)
    return audit


def _told(connection: Connection) -> Iterator[tuple[str, Mapping[str, object]]]:
    counts = {
        table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608 - names of ours
        for table in ("rulebooks", "events", "things")
    }
    marks = {"format": FORMAT, "version": VERSION, "head": head(connection), "counts": counts}
    yield "header", {**marks, "about": ABOUT}
    for row in stream(connection, "SELECT * FROM rulebooks ORDER BY from_, digest"):
        yield "rulebook", {**row, "files": dict(read_book(row).files)}
    for event, beside in events_with_texts(connection, lambda _: None):
        yield "event", {"event": dict(event), "texts": [dict(text) for text in beside]}
    for thing in stream(connection, THINGS):
        yield "thing", _thing(connection, thing)
    yield "end", marks


def _thing(connection: Connection, thing: Row) -> Mapping[str, object]:
    """A thing with its facts, folded from its own events."""
    about = {"id": thing["id"]}
    known = {row.digest: row.text for row in connection.execute(OWN_FACTS, about)}
    rows = (dict(row) for row in connection.execute(OWN, about).mappings())
    entity = fold(replace(read_event(row, known), source=row["source"]) for row in rows).get(thing["id"])
    return {**thing, "facts": facts_told(entity)}


def facts_told(entity: Entity | None) -> Json:
    """The newest of each fact: its value, the digest of its source, and the event that says so."""
    return {
        name: {"value": write_value(known.value), "source": known.source, "event": known.event}
        for name, known in (entity.facts if entity else {}).items()
    }
