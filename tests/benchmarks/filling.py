"""A record filled with other items: rows as the store writes them, chained, made from those of one item.

The item is taken through the service once; its rows are then told again of ever new items, with the number,
the item, the texts' digests and the hashes put right, and the item listed as they make it. So what was
filled in verifies.
"""

from itertools import islice
from secrets import token_hex

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from governance.record import Entity
from governance.service import add_item, advance, record_fact
from governance.store import event_hash, reading
from governance.store.listing import row_of
from governance.store.schema import events, ledger, listing, texts, things
from governance.store.seals import text_digest

PATTERN = "moenster"
FACTS = [("stoerrelse", "M"), ("estimat-aar", "1/8"), ("stoerrelse", "S"), ("estimat-aar", "1/10")]
WAY = [
    ("meld-klar", "kombit"),
    ("prioriter", "referencegruppen"),
    ("indstil", "referencegruppen"),
    ("beslut", "projektgruppen"),
    ("bestil", "kombit"),
]
CHUNK = 5_000  # items at a time
TABLES = (things, events, texts, listing)
TITLE = "Et ønske"
TALLY = "UPDATE tallies SET number = number + {more} WHERE kind = '{kind}' AND state = '{state}'"


def enter_pattern(gov):
    """One item with facts and steps, which is what is filled in again and again."""
    add_item(gov, PATTERN, "aendringsoenske", TITLE)
    for fact, value in FACTS:
        record_fact(gov, PATTERN, fact, value, source="et referat")
    for step, body in WAY:
        receipt = advance(gov, PATTERN, step, body)
        assert receipt.allowed, receipt.blocking


def fill(gov, wanted):
    """Fill in items until so many events are about them; an item has ten."""
    pattern, head = _read_pattern(gov)
    made = _items(pattern, head)
    write = _write_sqlite if gov.engine.dialect.name == "sqlite" else _write_postgresql
    while (there := head["last"]) < wanted:
        items = -(-(wanted - there) // len(pattern[1]))
        write(gov.engine, islice(made, min(CHUNK, items)), head)


def _read_pattern(gov):
    with reading(gov.engine) as connection:
        thing = dict(connection.execute(select(things).where(things.c.id == PATTERN)).mappings().one())
        own = select(events).where(events.c.entity == PATTERN).order_by(events.c.number)
        rows = [dict(row) for row in connection.execute(own).mappings()]
        sealed = select(texts).where(texts.c.event.in_([row["number"] for row in rows]))
        beside = [dict(row) for row in connection.execute(sealed).mappings()]
        head = dict(connection.execute(select(ledger)).mappings().one())
    own = [[text for text in beside if text["event"] == row["number"]] for row in rows]
    return (thing, list(zip(rows, own, strict=True))), head


def _items(pattern, head):
    """The rows of one item after the other; ``head`` follows along."""
    thing, told = pattern
    while True:
        id_ = f"andet-{head['last']}"
        rows, sealed = [], []
        for before, own in told:
            row = {**before, "number": head["last"] + 1, "entity": id_, "previous": head["head"]}
            for text in own:
                salt = token_hex(16)
                new = text_digest(salt, text["text"])
                row["payload"] = row["payload"].replace(text["digest"], new)
                row["source"] = row["source"].replace(text["digest"], new)
                sealed.append({**text, "digest": new, "event": row["number"], "salt": salt})
            row |= {"recorded_at": head["at"], "hash": ""}
            row["hash"] = event_hash(row)
            head |= {"last": row["number"], "head": row["hash"]}
            rows.append(row)
        entity = Entity(id_, thing["kind"], TITLE, state=thing["state"])
        yield {**thing, "id": id_, "family": id_}, rows, sealed, row_of(entity, head["last"])


def _rows(made):
    """The rows by table."""
    found = list(made)
    return (
        [thing for thing, *_ in found],
        [row for _, rows, *_ in found for row in rows],
        [text for _, _, sealed, _ in found for text in sealed],
        [listed for *_, listed in found],
    )


def _tally(every):
    """That so many more items stand where the filled in ones do."""
    made = every[0]
    return TALLY.format(more=len(made), kind=made[0]["kind"], state=made[0]["state"])


def _write_sqlite(engine, made, head):
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("BEGIN")
        every = _rows(made)
        for table, rows in zip(TABLES, every, strict=True):
            names = [column.name for column in table.columns]
            marks = ", ".join(f":{name}" for name in names)
            raw.executemany(
                f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - our own names
                rows,
            )
        raw.execute(_tally(every))
        raw.execute("UPDATE ledger SET last = :last, head = :head, at = :at", head)
        raw.execute("COMMIT")
        raw.execute("PRAGMA synchronous = EXTRA")


def _write_postgresql(engine, made, head):
    address = make_url(engine.url)
    host = address.query["host"]
    with psycopg.connect(host=host, user=address.username, dbname=address.database) as raw:
        every = _rows(made)
        for table, rows in zip(TABLES, every, strict=True):
            names = [column.name for column in table.columns]
            with raw.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([row[name] for name in names])
        raw.execute(_tally(every))
        raw.execute("UPDATE ledger SET last = %(last)s, head = %(head)s, at = %(at)s", head)
        raw.execute("ANALYZE")  # as the server does by itself within a minute
