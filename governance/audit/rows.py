"""The rows as they lie in the database, one at a time, whatever somebody has made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from governance.audit.chain import Row

AT_A_TIME = 500
EVENTS = (
    "SELECT number, entity, kind, payload, on_low, on_high, recorded_at, origin, source, recorder, "
    "rulebook, version, previous, hash FROM events ORDER BY number"
)
TEXTS = "SELECT event, digest, place, salt, text FROM texts ORDER BY event, place, digest"


def stream(connection: Connection, query: str) -> Iterator[Row]:
    """The rows of a query as they are read, never all at once."""
    options = {"stream_results": True, "yield_per": AT_A_TIME}
    with connection.exec_driver_sql(query, execution_options=options) as found:
        for row in found.mappings():
            yield dict(row)


@contextmanager
def tolerant(connection: Connection) -> Iterator[None]:
    """Lets SQLite give text that is none, its odd bytes as halves of characters, instead of giving up."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    before = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


def events_with_texts(
    connection: Connection, stray: Callable[[Row], None]
) -> Iterator[tuple[Row, list[Row]]]:
    """Every event with the texts beside it; ``stray`` is given the texts of no event."""
    texts = stream(connection, TEXTS)
    text = next(texts, None)
    for event in stream(connection, EVENTS):
        beside = []
        while text is not None and _number(text["event"]) <= _number(event["number"]):
            if text["event"] == event["number"]:
                beside.append(text)
            else:
                stray(text)
            text = next(texts, None)
        yield event, beside
    for each in chain([text] if text is not None else [], texts):
        stray(each)


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1
