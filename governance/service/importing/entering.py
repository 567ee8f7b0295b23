"""A row becomes an act of the record, by the same functions as one entered by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from governance.model import Origin, RequestError, Text
from governance.notation import read_when, write_value
from governance.service.acting import advance
from governance.service.facts import record_fact
from governance.service.group import record_thing
from governance.service.importing.cells import Entry
from governance.service.importing.templates import OWN_FACTS, Template
from governance.service.items import add_item
from governance.service.opening import Governance
from governance.service.views import Receipt
from governance.service.words import MOST_KEY
from governance.store import canonical, digest
from governance.values import Span

IMPORTED = Origin.IMPORTED.value

LINKS = {
    "body": "body",
    "seat": "seat",
    "meeting": "meeting",
    "organisation": "organisation",
    "item": "about",
}
"""The columns that name what a thing belongs to, by the name of the link."""
OWN_IDS = {"bodies": "body", "seats": "seat", "meetings": "meeting"}


class Said(NamedTuple):
    """Who says what a row tells, and who wrote it down."""

    source: str
    recorder: str


def key_of(template: Template, entry: Entry) -> str:
    """What says that two rows are about the same: the template and the row's natural identity."""
    parts = [entry.cells.get("id", "")] if "id" in entry.cells else []
    parts = parts or [entry.cells.get(name, "") for name in template.identity]
    key = f"import/{template.name}/{canonical(parts)}"
    return key if len(key) <= MOST_KEY else f"import/{template.name}/{digest(key)}"


def content_of(entry: Entry) -> str:
    """The digest of everything the row says."""
    return digest(canonical([entry.cells, entry.facts]))


def enter(gov: Governance, template: Template, entry: Entry, source: str, recorder: str) -> Receipt:
    """Write a row down as history. RequestError, as for one entered by hand."""
    cells = entry.cells
    said = Said(cells.get("source", source), cells.get("recorder", recorder))
    if not said.source:
        raise RequestError(
            Text(
                "kilden mangler; skriv den i kolonnen `kilde`, eller giv den for hele filen med --source",
                "the source is missing; write it in the column `source`, or give it for all with --source",
            )
        )
    if template.name == "items":
        return _item(gov, entry, said)
    if template.name == "events":
        return advance(
            gov,
            cells["item"],
            cells["step"],
            cells["body"],
            on=cells["on"],
            inputs=entry.facts,
            reason=cells.get("reason", ""),
            person=cells.get("person", ""),
            origin=IMPORTED,
            source=said.source,
            recorder=said.recorder,
        )
    return _thing(gov, template, entry, said)


def _item(gov: Governance, entry: Entry, said: Said) -> Receipt:
    cells = entry.cells
    number, on = cells["number"], cells.get("on", f"..{gov.today}")
    receipt = add_item(
        gov,
        number,
        cells["kind"],
        cells["title"],
        parent=cells.get("parent", ""),
        on=on,
        origin=IMPORTED,
        source=said.source,
        recorder=said.recorder,
    )
    for fact, value in entry.facts.items():
        receipt = record_fact(
            gov, number, fact, value, on=on, origin=IMPORTED, source=said.source, recorder=said.recorder
        )
    return receipt


def _thing(gov: Governance, template: Template, entry: Entry, said: Said) -> Receipt:
    cells = entry.cells
    own = OWN_IDS.get(template.name, "")
    links = {LINKS[name]: cells[name] for name in LINKS if name in cells and name != own}
    facts = {name: cells[name] for name in OWN_FACTS if name in cells} | entry.facts
    on = cells.get("on") or _since(gov, cells) or f"..{gov.today}"
    title = cells.get("title", "")
    id_ = cells[own] if own else cells.get("id") or _id(template, cells)
    return record_thing(
        gov,
        id_,
        template.kind,
        links=links,
        facts=facts,
        title=title,
        on=on,
        origin=IMPORTED,
        source=said.source,
        recorder=said.recorder,
    )


def _id(template: Template, cells: Mapping[str, str]) -> str:
    """The id of a thing that has none of its own: what it belongs to, and what tells it from the others.

    A slash in a part is written `~1`, and a tilde `~0` (RFC 6901), so that two identities are never one id.
    """
    names = ("meeting", "item", "organisation") if template.name == "ballots" else template.identity
    return "/".join(cells[name].replace("~", "~0").replace("/", "~1") for name in names if name in cells)


def _since(gov: Governance, cells: Mapping[str, str]) -> str:
    """When something of the group counted, where only its own date or its meeting's is told."""
    told = cells.get("from") or cells.get("date") or _date_of(gov, cells.get("meeting", ""))
    begins = read_when(told).low if told else None
    return "" if isinstance(begins, date) and begins > gov.today else told


def _date_of(gov: Governance, meeting: str) -> str:
    if not meeting or gov.held is None:
        return ""
    thing = gov.held.around(meeting).record.get(meeting)
    known = thing.facts.get("date") if thing is not None else None
    return write_value(known.value) if known is not None and known.value != Span() else ""
