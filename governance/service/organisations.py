"""The organisations: what the rules and the record say of each, and the seats it has held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from governance.model import Text
from governance.prose import NOT_RECORDED, say_date, say_value
from governance.prose.labels import fact_label
from governance.record import Entity, Record, fold
from governance.rulebook import Organisation, Rulebook
from governance.rulebook.dated import meets
from governance.service.histories import event_views
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import known_on, said_day, the_group, the_thing
from governance.service.rules import meaning_of, period_of
from governance.service.showing import fact_views, recordable, said
from governance.service.views import EventView, FactView, InputView, Said
from governance.service.words import among, query_day
from governance.values import Kind, Span, Truth, day
from governance.world import World, holds_seat, organisation_row, term_row

NAME = Text("organisationen", "organisation")
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in a list, the seats it holds on the day; ``maybe`` when not all is known."""

    id: str
    kind: Said
    about: tuple[tuple[Text, Text], ...]
    seats: tuple[str, ...]
    maybe: bool


@dataclass(frozen=True, slots=True)
class TermLine:
    """A time in a seat; ``holds`` is ``ja``, ``nej`` or ``?`` on the day."""

    id: str
    seat: str
    from_: Text
    to: Text
    holds: str


@dataclass(frozen=True, slots=True)
class DatedFact:
    """What the rulebook says of an organisation between two dates; ``now`` when that is so on the day."""

    label: Text
    value: Text
    period: Text
    now: bool


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """All that is known of an organisation: by the rulebook, by the record, and where it has taken part.

    What the record says of a fact takes over from what the rulebook says. ``version`` is None while
    nothing is recorded of it.
    """

    id: str
    kind: Said
    dated: tuple[DatedFact, ...]
    facts: tuple[FactView, ...]
    terms: tuple[TermLine, ...]
    parts: tuple[tuple[Said, Said], ...]
    recordable: tuple[InputView, ...]
    events: tuple[EventView, ...]
    on: str
    version: int | None = None
    known: str = ""


def organisations(
    gov: Governance, *, kind: str = "", on: str = "", known: str = ""
) -> tuple[OrganisationLine, ...]:
    """The organisations the rulebook of the day names, and those recorded besides, by name.

    ``kind`` is one of theirs.
    """
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    book = gov.rulebook(day(day_), asked)
    record = fold(the_group(gov, asked).events, by=day_)
    world = World(record, book, day(day_))
    lines = [_line(book, record, world, name) for name in _names(book, record)]
    wanted = among(kind, [line.kind.id for line in lines], Text("arten", "kind")) if kind else ""
    return tuple(line for line in lines if wanted in ("", line.kind.id))


@named
def organisation(gov: Governance, id: str, *, on: str = "", known: str = "") -> OrganisationView:  # noqa: A002 - the word of the contract
    """An organisation by its name. RequestError, with what may have been meant, when there is none."""
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    at = day(day_)
    book = gov.rulebook(at, asked)
    record = fold(the_group(gov, asked).events, by=day_)
    name = among(normalize("NFC", id), _names(book, record), NAME)
    entity = record.get(name)
    seen = the_thing(gov, name, asked)
    thing = entity or Entity(name, ORGANISATION)
    static = book.organisation_by_id.get(name)
    world = World(record, book, at)
    return OrganisationView(
        id=name,
        kind=_kind(book, static, entity),
        dated=tuple(_dated(book, static, at)) if static is not None else (),
        facts=fact_views(book, thing),
        terms=tuple(_term(term, world) for term in world.of_kind("term", organisation=name)),
        parts=tuple(_part(book, each) for each in world.of_kind("participant", organisation=name)),
        recordable=recordable(book, thing),
        events=event_views(gov, book, seen, record, name),
        on=day_.isoformat(),
        version=seen.versions.get(name),
        known=said_day(asked),
    )


def _names(book: Rulebook, record: Record) -> list[str]:
    recorded = (each.id for each in record.values() if each.kind == ORGANISATION)
    return sorted({*book.organisation_by_id, *recorded})


def _kind(book: Rulebook, static: Organisation | None, entity: Entity | None) -> Said:
    told = entity.word("kind") if entity is not None else None
    return said(book, told or (static.kind if static is not None else "?"))


def _line(book: Rulebook, record: Record, world: World, name: str) -> OrganisationLine:
    row = organisation_row(name, world)
    about = tuple(
        (fact.label, say_value(row.facts[fact.id], book, fact.kind.unit))
        for fact in book.facts
        if fact.scope == ORGANISATION and fact.id in row.facts
    )
    held = [
        (term, holds_seat(term_row(term, world), world.on))
        for term in world.of_kind("term", organisation=name)
    ]
    sits = [(term.links.get("seat", ""), there) for term, there in held if there is not Truth.FALSE]
    kind = _kind(book, book.organisation_by_id.get(name), record.get(name))
    unsure = any(there is Truth.UNKNOWN for _, there in sits)
    return OrganisationLine(name, kind, about, tuple(seat for seat, _ in sits), unsure)


def _dated(book: Rulebook, static: Organisation, at: Span) -> Iterator[DatedFact]:
    for name, values in static.facts.items():
        unit = (book.kind_of(ORGANISATION, name) or Kind("text")).unit
        for value in values:
            yield DatedFact(
                fact_label(book, name), meaning_of(book, value, unit), period_of(value), meets(value, at)
            )


HOLDS = {Truth.TRUE: "ja", Truth.FALSE: "nej", Truth.UNKNOWN: "?"}


def _term(term: Entity, world: World) -> TermLine:
    row = term_row(term, world)
    ends = row.facts.get("last_day", row.facts.get("to", Span()))
    return TermLine(
        term.id,
        term.links.get("seat", ""),
        _day(row.facts.get("from", Span())),
        _day(ends),
        HOLDS[holds_seat(row, world.on)],
    )


def _day(value: object) -> Text:
    return say_date(value) if isinstance(value, Span) and value != Span() else NOT_RECORDED


def _part(book: Rulebook, entity: Entity) -> tuple[Said, Said]:
    """The body something takes part in, and as what."""
    return said(book, entity.links.get("body", "")), said(book, entity.word("role") or "?")
