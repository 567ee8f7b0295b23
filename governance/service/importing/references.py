"""What a row names must be there: said of every such cell at once, whatever else is wrong with the row."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from sqlalchemy import Connection

from governance.model import RequestError, Text
from governance.rulebook import Rulebook
from governance.service.importing.entering import OWN_IDS
from governance.service.importing.templates import Template
from governance.service.showing import item_kinds
from governance.service.words import among, printable
from governance.store import ids_as_entered, version_of

ITEM = Text("sagen", "item")
NAMED: Mapping[str, Text] = {
    "item": ITEM,
    "parent": ITEM,
    "seat": Text("pladsen", "seat"),
    "meeting": Text("mødet", "meeting"),
    "organisation": Text("organisationen", "organisation"),
}
"""The columns that name something recorded earlier."""


def kinds_of(column: str, book: Rulebook) -> tuple[str, ...]:
    """The kinds of things that a column may name."""
    return tuple(item_kinds(book)) if NAMED[column] is ITEM else (column,)


def strangers(
    connection: Connection, template: Template, cells: Mapping[str, str], book: Rulebook, items: int | None
) -> dict[str, Text]:
    """What to say, by column, of cells that name nothing there; the first ``items`` items may be offered."""
    found: dict[str, Text] = {}
    for column, noun in NAMED.items():
        target = normalize("NFC", cells.get(column, "").strip())
        if not target or OWN_IDS.get(template.name) == column or version_of(connection, target):
            continue
        there = ids_as_entered(connection, kinds_of(column, book))
        there = there[:items] if noun is ITEM else there
        if column == "organisation":
            there = (*book.organisation_by_id, *there)
        try:
            among(target, there, noun)
        except RequestError as error:
            found[column] = error.problems[0]
    return found


def is_told(problem: Text, column: str, cells: Mapping[str, str]) -> bool:
    """Whether a sentence says that what a cell names is not there."""
    target = printable(normalize("NFC", cells[column].strip()))
    return problem.da.startswith(f"{NAMED[column].da} `{target}` findes ikke")
