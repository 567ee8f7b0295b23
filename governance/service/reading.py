"""What a question reads: no more than it needs, as the record stands or as it was known on an earlier day.

What is known of a day is what had been recorded by its end in Denmark. Corrections made since are not known
then, nor what was entered since however early it is dated. Names and erased texts are those of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from sqlalchemy import Connection

from governance.model import Event, RequestError, Text
from governance.prose import say_date
from governance.prose.values import say_day
from governance.record import Entity, Record, fold
from governance.rulebook import Rulebook, Rulebooks, judged_day
from governance.service.opening import Governance, end_of, looking
from governance.service.recording import Seen
from governance.service.showing import stepped_kinds
from governance.service.supplying import supposed
from governance.service.words import among, query_date, query_day
from governance.store import ids_of, kind_of, load_all, load_family, load_things
from governance.values import Span
from governance.vocabulary import GROUP_KINDS

ITEM = Text("sagen", "item")


def known_on(gov: Governance, known: str) -> date | None:
    """The day whose knowledge is asked for; None for what is known now, as for a day that lies ahead."""
    day = query_day(known, gov.today)
    return day if day < gov.today else None


def known_day(gov: Governance, known: str) -> str:
    """The same as views carry it: the day, or nothing for what is known now."""
    return said_day(known_on(gov, known))


def said_day(known: date | None) -> str:
    """The day whose knowledge was asked for, as views carry it; nothing for what is known now."""
    return known.isoformat() if known is not None else ""


def as_known(events: Iterable[Event], known: date | None) -> tuple[Event, ...]:
    """The events that had been recorded by the end of a day in Denmark."""
    if known is None:
        return tuple(events)
    end = end_of(known)
    return tuple(event for event in events if event.recorded_at < end)


def the_record(gov: Governance, known: date | None) -> Seen:
    """All events, without the findings of steps."""
    with looking(gov) as connection:
        return Seen(as_known(load_all(connection, told=False), known))


def the_group(gov: Governance, known: date | None, beside: tuple[str, ...] = ()) -> Seen:
    """The events about the group: its bodies, seats and meetings, and what lies ``beside`` them by kind."""
    with looking(gov) as connection:
        return Seen(as_known(load_family(connection, "", (*GROUP_KINDS, *beside)), known))


def the_family(gov: Governance, id_: str, known: date | None) -> Seen:
    """What a decision on a thing rests on: its whole with all tracks, and the group where rules ask."""
    books = gov.current_rulebooks(known)
    with looking(gov) as connection:
        around = kinds_around(books, connection, id_)
        return Seen(as_known(load_family(connection, id_, around), known))


def kinds_around(rulebooks: Rulebooks, connection: Connection, id_: str) -> tuple[str, ...]:
    """The kinds of the group that a decision about a thing rests on, by whichever of the rulebooks."""
    kind = kind_of(connection, id_)
    around = (kinds for book in rulebooks.books for kinds in book.around(kind))
    return tuple(dict.fromkeys(around))


def the_whole_story(gov: Governance, id_: str, known: date | None) -> Seen:
    """What a decision on a thing rests on, its findings, and what it is related to."""
    books = gov.current_rulebooks(known)
    with looking(gov) as connection:
        around = kinds_around(books, connection, id_)
        family = as_known(load_family(connection, id_, around, told=True), known)
        related = _related(family, id_)
        others = as_known(load_things(connection, related), known) if related else ()
        return Seen((*family, *others))


def _related(family: tuple[Event, ...], id_: str) -> list[str]:
    """What a thing is related to outside its family."""
    if all(event.entity == id_ for event in family):
        return []
    record = fold(family)
    relations = (each for each in record.values() if each.kind == "relation")
    to = (each.links["to"] for each in relations if each.links["item"] == id_)
    return [each for each in to if each not in record]


def the_thing(gov: Governance, id_: str, known: date | None) -> Seen:
    """The events about one thing with their findings."""
    with looking(gov) as connection:
        return Seen(as_known(load_things(connection, [id_], told=True), known))


def kind_of_thing(gov: Governance, id_: str) -> str:
    """The kind of an item, or of another thing that is written down; nothing for what is not."""
    with looking(gov) as connection:
        return kind_of(connection, normalize("NFC", id_.strip()))


def the_names(gov: Governance, kinds: Iterable[str] | None = None) -> tuple[str, ...]:
    """The ids of all things, or of those of some kinds."""
    with looking(gov) as connection:
        return ids_of(connection, None if kinds is None else list(kinds))


@dataclass(frozen=True, slots=True)
class Found:
    """An item on a date, with the record around it as of then and the rulebook in force."""

    entity: Entity
    record: Record
    book: Rulebook
    on: Span
    known: date | None
    seen: Seen


Reading = Callable[[Governance, str, date | None], Seen]


def find_item(gov: Governance, id_: str, on: str, known: str = "", read: Reading = the_family) -> Found:
    """An item by number, or a thing of the group that goes through a process.

    RequestError when there is none on the date, or none was known then.
    """
    when, known_ = query_date(on, gov.today), known_on(gov, known)
    book = gov.rulebook(when, known_)
    id_ = normalize("NFC", id_.strip())
    seen = read(gov, id_, known_)
    record = fold(seen.events, by=judged_day(when))
    if id_ in record and known_ is None and gov.facts:
        last = max((event.number for event in seen.events), default=0)
        more = supposed(gov, book, record[id_], when, last)
        record = fold((*seen.events, *more), by=judged_day(when)) if more else record
    if id_ in record and book.process_for(record[id_].kind) is not None:
        return Found(gov.referee(book).placed(record[id_]), record, book, when, known_, seen)
    if id_ in record:
        raise RequestError(_no_place(record[id_], book))
    later = fold(the_family(gov, id_, None).events)
    if id_ in later and book.process_for(later[id_].kind) is not None:
        raise RequestError(_not_yet(id_, when, known_))
    among(id_, (each for each in the_names(gov, stepped_kinds(book)) if each != id_), ITEM)
    raise KeyError(id_)  # it is in the database but not in its own family: the store is broken


def _no_place(entity: Entity, book: Rulebook) -> Text:
    kind = entity.kind
    return Text(
        f"`{entity.id}` er en `{kind}`, og regelsættet fra {say_day(book.from_).da} har intet forløb til den",
        f"`{entity.id}` is a `{kind}`, and the rulebook from {book.from_} has no process for it",
    )


def _not_yet(id_: str, on: Span, known: date | None) -> Text:
    day_, then = say_date(on), say_day(known) if known is not None else None
    if then is None:
        return Text(
            f"`{id_}` fandtes ikke endnu {day_.da}; vælg en senere dag",
            f"`{id_}` did not exist yet on {day_.en}; choose a later day",
        )
    return Text(
        f"`{id_}` fandtes ikke endnu {day_.da}, efter hvad der var skrevet ned til og med {then.da}; "
        "vælg senere dage",
        f"`{id_}` did not exist yet on {day_.en}, as far as was written down by the end of {then.en}; "
        "choose later days",
    )
