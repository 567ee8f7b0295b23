"""Hold a database against itself: the chain, the texts, the rules, and every row the events should make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from governance.audit.books import read_book
from governance.audit.chain import MISSING, Expected
from governance.audit.problems import Problem, differs
from governance.audit.rows import events_with_texts, stream, tolerant
from governance.audit.sealed import NOT_NAMED
from governance.audit.walk import Walk, new_walk
from governance.model import Text
from governance.store.listing import row_of
from governance.store.schema import listing

Progress = Callable[[int], None]
LISTED = tuple(column.name for column in listing.columns)
A_DIGEST = re.compile("[0-9a-f]{64}")
MOST_TOLD = 20
NAMED_AGAIN = Text("er slettet, men har igen et navn", "was erased, but has a name again")


@dataclass(frozen=True, slots=True)
class Audit:
    """How many events there are, the head ``NUMBER:HASH`` to keep elsewhere, and all that is wrong."""

    events: int
    head: str
    problems: tuple[Problem, ...]


def verify(
    connection: Connection, expect: Sequence[Expected] = (), progress: Progress | None = None
) -> Audit:
    """Everything wrong with a record, the first bad record first; nothing when it proves itself.

    ``expect`` are older heads or receipts: without one, a chain made anew throughout, or one that lost its
    end, looks whole. One pass; what is remembered grows with the things, not with the events.
    """
    with tolerant(connection):
        books = {str(row["digest"]): read_book(row) for row in stream(connection, "SELECT * FROM rulebooks")}
        corrected = stream(connection, "SELECT DISTINCT entity FROM events WHERE kind = 'corrected'")
        walk = new_walk(books, expect, whole={row["entity"] for row in corrected})
        for event, texts in events_with_texts(connection, walk.texts.stray):
            walk.event(event, texts)
            if progress is not None:
                progress(walk.chain.events)
        for thing in stream(connection, "SELECT id, kind, family, state, version FROM things ORDER BY id"):
            walk.thing(thing)
        walk.end()
        _listing(connection, walk)
        _ledger(connection, walk)
        _keys(connection, walk)
        _people(connection, walk)
        _file(connection, walk)
    return Audit(walk.chain.events, f"{walk.chain.last}:{walk.chain.head}", walk.problems.told())


def head(connection: Connection) -> str:
    """The number and hash of the last event, to keep outside: it pins everything before it."""
    row = connection.exec_driver_sql("SELECT last, head FROM ledger").one()
    return f"{row.last}:{row.head}"


def _listing(connection: Connection, walk: Walk) -> None:
    """Every item is listed as its events make it, nothing else is, and the tallies are those of the rows."""
    rows = (row_of(each, walk.things.changed.get(id_, 0)) for id_, each in walk.things.entities.items())
    wanted = {str(row["id"]): row for row in rows if row is not None}
    tally = Counter((str(row["kind"]), str(row["state"])) for row in wanted.values())
    query = f"SELECT {', '.join(LISTED)} FROM listing ORDER BY id"  # noqa: S608 - names of ours
    for found in stream(connection, query):
        made = wanted.pop(found["id"], None)
        if made is None:
            walk.problems.row("listing", found["id"], NOT_NAMED)
            continue
        for name in LISTED:
            if found[name] != made[name]:
                walk.problems.row("listing", found["id"], differs(name, found[name], made[name]))
    for id_ in wanted:
        walk.problems.row("listing", id_, MISSING)
    kept = {(row["kind"], row["state"]): row["number"] for row in stream(connection, "SELECT * FROM tallies")}
    for each in sorted({*tally, *kept}, key=str):
        if kept.get(each, 0) != tally[each]:
            walk.problems.row(
                "tallies", "/".join(map(str, each)), differs("number", kept.get(each, 0), tally[each])
            )


def _ledger(connection: Connection, walk: Walk) -> None:
    chain = walk.chain
    wanted = {"id": 1, "last": chain.last, "head": chain.head, "at": chain.at}
    rows = list(stream(connection, "SELECT id, last, head, at FROM ledger"))
    for row in rows:
        for name, value in wanted.items():
            if row[name] != value:
                walk.problems.row("ledger", row["id"], differs(name, row[name], value))
    if not rows:
        walk.problems.row("ledger", 1, MISSING)


def _keys(connection: Connection, walk: Walk) -> None:
    """Every key has the form of one and names an event that is there; which one, no hash stands for."""
    for row in stream(connection, "SELECT key, content, event FROM keys ORDER BY event, key"):
        number, content = row["event"], row["content"]
        if not isinstance(number, int) or not 1 <= number <= walk.chain.last:
            walk.problems.row("keys", row["key"], differs("event", number, f"1 .. {walk.chain.last}"))
        if not isinstance(content, str) or not A_DIGEST.fullmatch(content):
            walk.problems.row("keys", row["key"], differs("content", content, "SHA-256"))


def _people(connection: Connection, walk: Walk) -> None:
    """Nobody who was erased has a name again."""
    back = (
        "SELECT ref FROM people WHERE ref IN (SELECT entity FROM events WHERE kind = 'erased') ORDER BY ref"
    )
    for row in stream(connection, back):
        walk.problems.row("people", row["ref"], NAMED_AGAIN)


def _file(connection: Connection, walk: Walk) -> None:
    """A damaged index of SQLite hides rows that are there: the database looks through its own file."""
    if connection.dialect.name != "sqlite":
        return
    for row in stream(connection, f"PRAGMA integrity_check({MOST_TOLD})"):
        (said,) = row.values()
        if said != "ok":
            walk.problems.row("sqlite", "integrity_check", Text(str(said), str(said)))
