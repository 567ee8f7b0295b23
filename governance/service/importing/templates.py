"""The tables that can be taken in: their columns, and which act of the record each row becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from governance.model import Text


class Column(NamedTuple):
    """A column by its English name, the Danish ones (the first is shown), and an example of a cell.

    Of what the rules name, the example is taken from them. ``reads`` says what stands in it: ``text``,
    ``id``, ``number`` (of an item), ``date``, ``count``, or the noun it names.
    """

    name: str
    danish: tuple[str, ...]
    example: str = ""
    reads: str = "text"
    needed: bool = False


ON = Column("on", ("hvornår", "dato"), "2025-03", "date")
SOURCE = Column("source", ("kilde",), "referat 12. marts 2025")
RECORDER = Column("recorder", ("skrevet af",))
ORGANISATION = Column("organisation", ("organisation", "kommune"), reads="organisation", needed=True)
ID = Column("id", ("id",), "", "id")


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of table. ``facts`` is the scope whose facts may stand in columns of their own.

    ``passes`` are columns that an export writes besides, which an import may leave unread.
    """

    name: str
    label: Text
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    facts: str = ""
    kind: str = ""
    passes: tuple[str, ...] = ()

    @property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by English name."""
        return {column.name: column for column in self.columns}


def heading(name: str) -> Text:
    """What a column is called at the top of a table we write."""
    danish = next((each.danish[0] for each in EVERY if each.name == name), BESIDES.get(name, name))
    return Text(danish, name)


BESIDES: Mapping[str, str] = {
    "state": "tilstand",
    "origin": "oprindelse",
    "event": "begivenhed",
    "recorded_at": "skrevet ned",
    "what": "hvad",
    "was": "hvad der skete",
    "verdict": "bedømt",
    "broken": "brudt",
    "unknown": "uafgjort",
    "corrected": "rettet",
    "title": "titel",
    "body": "organ",
    "round": "runde",
}
"""Columns that only an export writes, in Danish."""

OWN_FACTS = ("from", "to", "last_day", "date", "status", "point", "conclusion", "score")
"""The columns that are facts of the thing in their row."""

ITEMS = Template(
    "items",
    Text("sager", "items"),
    (
        Column("number", ("nummer", "sag"), "ÆØ-1765", "number", needed=True),
        Column("kind", ("type", "sagstype"), reads="kind", needed=True),
        Column("title", ("titel",), "En kolonne mere i oversigten", needed=True),
        Column("parent", ("spor af",), "", "number"),
        ON,
        SOURCE,
        RECORDER,
    ),
    ("number",),
    facts="item",
    passes=("state", "origin"),
)
BODIES = Template(
    "bodies",
    Text("organer", "bodies"),
    (Column("body", ("organ",), reads="body", needed=True), ON, SOURCE, RECORDER),
    ("body",),
    facts="body",
    kind="body",
)
SEATS = Template(
    "seats",
    Text("pladser", "seats"),
    (
        Column("seat", ("plads",), "plads-1", "id", needed=True),
        Column("body", ("organ",), reads="body", needed=True),
        ON,
        SOURCE,
        RECORDER,
    ),
    ("seat",),
    facts="seat",
    kind="seat",
    passes=("id", "organisation", "from", "to", "last_day"),
)
TERMS = Template(
    "terms",
    Text("perioder", "terms"),
    (
        Column("seat", ("plads",), "plads-1", "id", needed=True),
        ORGANISATION,
        Column("from", ("fra",), "2024-01-01", "date"),
        Column("to", ("til",), "2025-12-31", "date"),
        Column("last_day", ("sidste dag",), "", "date"),
        ID,
        ON,
        SOURCE,
        RECORDER,
    ),
    ("seat", "organisation", "from"),
    facts="term",
    kind="term",
    passes=("body",),
)
MEETINGS = Template(
    "meetings",
    Text("møder", "meetings"),
    (
        Column("meeting", ("møde",), "moede-2025-03", "id", needed=True),
        Column("body", ("organ",), reads="body", needed=True),
        Column("date", ("dato", "mødedato"), "2025-03-12", "date", needed=True),
        Column("title", ("titel",), "Møde i marts 2025"),
        Column("on", ("hvornår",), "", "date"),
        SOURCE,
        RECORDER,
    ),
    ("meeting",),
    facts="meeting",
    kind="meeting",
)
ATTENDANCE = Template(
    "attendance",
    Text("fremmøde", "attendance"),
    (
        Column("meeting", ("møde",), "moede-2025-03", "id", needed=True),
        ORGANISATION,
        Column("status", ("fremmøde",), "til-stede", "status", needed=True),
        ID,
        ON,
        SOURCE,
        RECORDER,
    ),
    ("meeting", "organisation"),
    facts="attendance",
    kind="attendance",
)
AGENDA = Template(
    "agenda",
    Text("dagsordenspunkter", "agenda points"),
    (
        Column("meeting", ("møde",), "moede-2025-03", "id", needed=True),
        Column("point", ("punkt",), "3.1", needed=True),
        Column("title", ("titel",), "Oversigten", needed=True),
        Column("item", ("sag",), "ÆØ-1765", "number"),
        Column("conclusion", ("konklusion",), "Undersøges nærmere"),
        ID,
        ON,
        SOURCE,
        RECORDER,
    ),
    ("meeting", "point"),
    facts="agenda-point",
    kind="agenda-point",
)
BALLOTS = Template(
    "ballots",
    Text("stemmesedler", "ballots"),
    (
        Column("item", ("sag",), "ÆØ-1754", "number", needed=True),
        ORGANISATION,
        Column("meeting", ("møde",), "moede-2025-03", "id"),
        Column("score", ("point", "stemmer"), "16", "count"),
        ID,
        ON,
        SOURCE,
        RECORDER,
    ),
    ("item", "meeting", "organisation"),
    facts="ballot",
    kind="ballot",
    passes=("round",),
)
EVENTS = Template(
    "events",
    Text("det, der er sket", "past events"),
    (
        Column("item", ("sag", "nummer"), "ÆØ-1765", "number", needed=True),
        Column("step", ("skridt",), reads="step", needed=True),
        Column("body", ("organ",), reads="body", needed=True),
        Column("on", ("hvornår", "dato"), "2025-03", "date", needed=True),
        Column("which", ("nr",)),
        Column("reason", ("begrundelse",)),
        Column("person", ("person",)),
        SOURCE,
        RECORDER,
    ),
    ("item", "step", "body", "on", "which"),
    facts="item",
    passes=("event", "what", "was", "recorded_at", "origin", "verdict", "broken", "unknown", "corrected"),
)

TEMPLATES: Mapping[str, Template] = {
    each.name: each for each in (ITEMS, BODIES, SEATS, TERMS, MEETINGS, ATTENDANCE, AGENDA, BALLOTS, EVENTS)
}
EVERY: Sequence[Column] = tuple(column for template in TEMPLATES.values() for column in template.columns)
