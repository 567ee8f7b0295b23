"""Write the record out as tables, which can be taken in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from governance.model import Added, Event, StepRefused, StepTaken, Text, Verdict
from governance.notation import write_value
from governance.record import Entity, fold, happened_by, replaced
from governance.rights import Duty
from governance.rulebook import Rulebook, Rulebooks
from governance.service.ballots import BALLOT, ROUND, given_by, newest_of
from governance.service.danish import in_decimals
from governance.service.facts import fact_names
from governance.service.importing.templates import BALLOTS, EVENTS, ITEMS, TERMS, Template, heading
from governance.service.opening import COPENHAGEN, Governance, looking
from governance.service.permitting import permit
from governance.service.sealing import Seal, ballots_in, in_both, open_rounds
from governance.service.showing import item_kinds
from governance.service.telling import say_event
from governance.service.words import among, query_day
from governance.store import (
    ids_as_entered,
    last_number,
    load_between,
    load_corrections,
    load_things,
    names,
)
from governance.store.codec import KINDS
from governance.tables import write_table
from governance.values import Span, Value

CHUNK = 500
WHAT = Text("tabellen", "table")
Row = Mapping[str, str]


def export_table(
    gov: Governance, what: str, target: Path | BinaryIO, *, on: str = "", language: str = "da"
) -> int:
    """Write items, events, seats or ballots as they were on a day; gives the number of rows.

    What is written is read again by an import of the same kind (``seats`` by those of seats and of terms). A
    fact that a step set stands with the step, not with the item, and so does a ballot of a round; the steps
    of seats, agenda points and rounds are told and not taken in. The scores of a round are sealed until it is
    closed. RequestError for a file that cannot be.
    """
    permit(gov, Duty.AUDIT)
    export = EXPORTS[among(what, EXPORTS, WHAT)]
    day = query_day(on, gov.today)
    count = 0

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield {told[name]: text for name, text in row.items() if name in told}

    books = gov.current_rulebooks()
    columns = export.columns(books)
    told = {name: heading(name).in_language(language) for name in columns}
    with looking(gov) as connection:
        sealed = open_rounds(connection, books.books[-1])
        rows = export.rows(_Export(gov, connection, books, day, language, sealed))
        write_table(target, list(told.values()), counted(rows))
    return count


@dataclass(frozen=True, slots=True)
class _Export:
    """What an export reads from."""

    gov: Governance
    connection: Connection
    books: Rulebooks
    day: date
    language: str
    sealed: frozenset[str]

    def things(self, kinds: Iterable[str]) -> Iterator[tuple[Entity, Event]]:
        """The things of some kinds that were there on the day, each with the event that entered it."""
        ids = ids_as_entered(self.connection, list(kinds))
        for start in range(0, len(ids), CHUNK):
            events = load_things(self.connection, ids[start : start + CHUNK])
            record = fold(events, by=self.day)
            entered = {event.entity: event for event in reversed(events) if isinstance(event.payload, Added)}
            yield from ((record[id_], entered[id_]) for id_ in ids[start : start + CHUNK] if id_ in record)

    def said(self, thing: Entity, entered: Event) -> dict[str, str]:
        """What every row says of how it is known."""
        who = names(self.connection, {entered.recorder}) if entered.recorder else {}
        return {
            "on": write_value(thing.since),
            "source": entered.source,
            "recorder": who.get(entered.recorder, ""),
            "origin": thing.origin.value,
        }

    def facts(self, thing: Entity) -> dict[str, str]:
        """What is known of a thing but by a step."""
        return {name: self.cell(known.value) for name, known in thing.facts.items() if not known.act}

    def cell(self, value: Value) -> str:
        """A value as lists write it."""
        numeric = isinstance(value, Span) and Fraction in (type(value.low), type(value.high))
        written = write_value(value)
        return in_decimals(written, "." if self.language == "en" else ",") if numeric else written


def _items(export: _Export) -> Iterator[Row]:
    kinds = {kind for book in export.books.books for kind in item_kinds(book)}
    for thing, entered in export.things(kinds):
        own = {"number": thing.id, "kind": thing.kind, "title": thing.title, "state": thing.state}
        parent = thing.links.get("parent", "")
        yield {**export.facts(thing), **own, "parent": parent, **export.said(thing, entered)}


def _seats(export: _Export) -> Iterator[Row]:
    """Each seat, and under it who has held it."""
    terms: dict[str, list[Row]] = {}
    for thing, entered in export.things(["term"]):
        row = {**export.facts(thing), "id": thing.id, **thing.links, **export.said(thing, entered)}
        terms.setdefault(thing.links["seat"], []).append(row)
    for seat, entered in export.things(["seat"]):
        body = {"seat": seat.id, "body": seat.links.get("body", "")}
        yield {**export.facts(seat), **body, **export.said(seat, entered)}
        yield from ({**row, **body} for row in terms.get(seat.id, ()))


def _ballots(export: _Export) -> Iterator[Row]:
    for thing, entered in export.things(["ballot"]):
        if "round" in thing.links:
            continue
        links = {"item": thing.links.get("about", ""), "meeting": thing.links.get("meeting", "")}
        who = {"id": thing.id, "organisation": thing.links.get("organisation", "")}
        yield {**export.facts(thing), **links, **who, **export.said(thing, entered)}
    yield from _of_rounds(export)


def _of_rounds(export: _Export) -> Iterator[Row]:
    """What each organisation gave each item in the rounds that are closed."""
    closed = {each.id: each for each, _ in export.things([ROUND]) if each.id not in export.sealed}
    cast: dict[str, dict[str, Entity]] = {id_: {} for id_ in closed}
    told: dict[str, dict[str, str]] = {}
    for thing, entered in export.things([BALLOT]):
        if thing.links.get(ROUND) in cast:
            cast[thing.links[ROUND]][thing.id] = thing
            told[thing.id] = export.said(thing, entered)
    for id_, own in cast.items():
        meeting = closed[id_].links.get("meeting", "")
        for ballot in newest_of(own, closed[id_]):
            who = {"round": id_, "meeting": meeting, "organisation": ballot.links["organisation"]}
            for item, score in given_by(ballot, closed[id_]).items():
                row = {**who, "item": item, "score": export.cell(Span(Fraction(score), Fraction(score)))}
                yield {**row, "id": f"{ballot.id}/{item}", **told[ballot.id]}


def _events(export: _Export) -> Iterator[Row]:
    """Every event, in the order recorded, with how it was judged then."""
    last = last_number(export.connection)
    wrong = replaced(load_corrections(export.connection))
    met: set[int] = set()
    cast = load_things(
        export.connection, ids_as_entered(export.connection, [BALLOT]) if export.sealed else ()
    )
    seal = Seal(export.sealed | ballots_in(export.sealed, cast))
    for start in range(1, last + 1, CHUNK):
        events = list(map(seal.over, load_between(export.connection, start, start + CHUNK - 1)))
        who = names(export.connection, _persons(events))
        kinds = _kinds(export.connection, events)
        for event in events:
            if happened_by(event.on, export.day):
                row = _event(event, export, who, kinds.get(event.entity, ""))
                corrected = "ja" if event.number in wrong else ""
                yield {**row, "corrected": corrected, "which": _which(row, event.number, met)}


def _which(row: Row, number: int, met: set[int]) -> str:
    """What tells a step from an earlier one that is the same in everything an import goes by."""
    if row["was"] != "step":
        return ""
    same = hash((row["item"], row["step"], row["body"], row["on"]))
    if same in met:
        return str(number)
    met.add(same)
    return ""


def _persons(events: Sequence[Event]) -> set[str]:
    tried = [event.payload.request for event in events if isinstance(event.payload, StepTaken | StepRefused)]
    return {event.recorder for event in events} | {request.person for request in tried}


def _kinds(connection: Connection, events: Sequence[Event]) -> Mapping[str, str]:
    """The kinds of the things that events are about."""
    about = load_things(connection, {event.entity for event in events})
    return {event.entity: event.payload.kind for event in about if isinstance(event.payload, Added)}


def _event(event: Event, export: _Export, who: Mapping[str, str], kind: str) -> dict[str, str]:
    book = _book(export.books, event)
    row = {
        "event": str(event.number),
        "item": event.entity,
        "was": KINDS[type(event.payload)],
        "what": in_both(say_event(event, book, kind)).in_language(export.language),
        "on": write_value(event.on),
        "recorded_at": event.recorded_at.astimezone(COPENHAGEN).isoformat(timespec="seconds"),
        "origin": event.origin.value,
        "source": event.source,
        "recorder": who.get(event.recorder, ""),
    }
    if not isinstance(event.payload, StepTaken | StepRefused):
        return row
    request, findings = event.payload.request, event.payload.findings
    inputs = {name: export.cell(value) for name, value in request.inputs.items()}
    broken = [each.rule for each in findings if each.blocks and each.verdict is Verdict.BROKEN]
    unknown = [each.rule for each in findings if each.blocks and each.verdict is Verdict.UNKNOWN]
    verdict = Verdict.BROKEN if broken else Verdict.UNKNOWN if unknown else Verdict.KEPT
    return {
        **inputs,
        **row,
        "step": request.step,
        "body": request.body,
        "reason": request.reason,
        "person": who.get(request.person, ""),
        "verdict": verdict.value,
        "broken": " ".join(broken),
        "unknown": " ".join(unknown),
    }


def _book(books: Rulebooks, event: Event) -> Rulebook:
    return next((book for book in books.books if book.digest == event.rulebook), books.books[-1])


def _own_columns(template: Template, *besides: str) -> list[str]:
    return [*(column.name for column in template.columns), *besides]


def _fact_columns(books: Rulebooks, scope: str) -> list[str]:
    return [name for book in books.books for name in fact_names(book, scope)]


def _input_columns(books: Rulebooks) -> list[str]:
    steps = [step for book in books.books for process in book.processes for step in process.steps]
    return [each.fact for step in steps for each in step.inputs]


@dataclass(frozen=True, slots=True)
class Export:
    """A table that can be written: its columns, and its rows."""

    own: tuple[str, ...]
    facts: Callable[[Rulebooks], list[str]]
    rows: Callable[[_Export], Iterator[Row]]

    def columns(self, books: Rulebooks) -> list[str]:
        """The columns, each once."""
        return list(dict.fromkeys([*self.own, *self.facts(books)]))


EXPORTS: Mapping[str, Export] = {
    "items": Export(
        (*_own_columns(ITEMS), "state", "origin"), lambda books: _fact_columns(books, "item"), _items
    ),
    "events": Export(
        (
            "event",
            "was",
            *_own_columns(EVENTS),
            "what",
            "verdict",
            "broken",
            "unknown",
            "recorded_at",
            "origin",
            "corrected",
        ),
        _input_columns,
        _events,
    ),
    "seats": Export(
        ("seat", "body", *_own_columns(TERMS)),
        lambda books: [*_fact_columns(books, "term"), *_fact_columns(books, "seat")],
        _seats,
    ),
    "ballots": Export(
        (*_own_columns(BALLOTS), "round"), lambda books: _fact_columns(books, "ballot"), _ballots
    ),
}
