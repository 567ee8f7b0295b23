"""The items of a page, sought, sorted and counted in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, union_all

from governance.store.schema import events, listing, tallies
from governance.store.traces import folded

Place = tuple[str, str]
"""A kind of items and a state they stand at."""

Standing = Mapping[Place, int]
"""How many items of each kind stand at each state."""

SORTS = {
    "number": (listing.c.by_number,),
    "title": (listing.c.by_title, listing.c.by_number),
    "changed": (listing.c.changed,),
}
"""What items are sorted by; by state they come as spans."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which items: of some kinds (of all when there are none), with every word of a search in them."""

    kinds: Collection[str] = ()
    search: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words to look for, in small letters."""
        return tuple(folded(self.search).split())

    def where(self) -> ColumnElement[bool]:
        """The condition on a row. What means something to LIKE stands for itself in a search."""
        held = [listing.c.words.contains(each, autoescape=True) for each in self.words]
        of_kinds = [listing.c.kind.in_(sorted(self.kinds))] if self.kinds else []
        return and_(literal(value=True), *of_kinds, *held)


@dataclass(frozen=True, slots=True)
class Line:
    """An item by id, and when the event that last changed it was recorded (UTC)."""

    id: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the items at one state, by number: how many, after how many."""

    state: str
    after: int
    most: int


def standing(connection: Connection, sought: Sought) -> Standing:
    """How many of the items sought stand at each state, by kind; without a search none of them is read."""
    if not sought.words:
        kept = select(tallies).where(tallies.c.number > 0)
        found = {(row.kind, row.state): row.number for row in connection.execute(kept)}
        return {each: many for each, many in found.items() if not sought.kinds or each[0] in sought.kinds}
    counted = select(listing.c.kind, listing.c.state, func.count().label("number")).where(sought.where())
    rows = connection.execute(counted.group_by(listing.c.kind, listing.c.state))
    return {(row.kind, row.state): row.number for row in rows}


def stretch(
    connection: Connection, sought: Sought, *, state: str, sort: str, down: bool, after: int, most: int
) -> tuple[Line, ...]:
    """Some of the items sought, of one state or of any, in an order of `SORTS`, ``down`` from its end."""
    where = and_(sought.where(), listing.c.state == state) if state else sought.where()
    order = [column.desc() if down else column.asc() for column in SORTS[sort]]
    some = select(listing).where(where).order_by(*order).limit(most).offset(after).subquery()
    dated = select(some.c.id, events.c.recorded_at).join(events, events.c.number == some.c.changed)
    again = [some.c[column.name].desc() if down else some.c[column.name].asc() for column in SORTS[sort]]
    rows = connection.execute(dated.order_by(*again))
    return tuple(Line(row.id, row.recorded_at) for row in rows)


def stretches(
    connection: Connection, sought: Sought, spans: Sequence[Span], *, down: bool = False
) -> Mapping[str, tuple[Line, ...]]:
    """Stretches of several states by state, in one question; each by number, ``down`` from the highest."""
    if not spans:
        return {}
    parts = [_part(sought, span, down=down) for span in spans]
    every = union_all(*parts).subquery()
    dated = select(every.c.state, every.c.id, every.c.by_number, events.c.recorded_at)
    rows = list(connection.execute(dated.join(events, events.c.number == every.c.changed)))
    rows.sort(key=lambda row: row.by_number, reverse=down)
    return {
        span.state: tuple(Line(row.id, row.recorded_at) for row in rows if row.state == span.state)
        for span in spans
    }


def standing_at(
    connection: Connection, places: Collection[Place], *, after: int, most: int
) -> tuple[str, ...]:
    """Some of the items at any of some places, by number, after how many of them; no others are read."""
    if not places:
        return ()
    parts = [
        select(listing.c.id, listing.c.by_number).where(listing.c.state == state, listing.c.kind == kind)
        for kind, state in sorted(places)
    ]
    every = union_all(*parts).subquery()
    some = select(every.c.id).order_by(every.c.by_number).limit(most).offset(after)
    return tuple(connection.execute(some).scalars())


def _part(sought: Sought, span: Span, *, down: bool) -> Select[tuple[str, str, str, int]]:
    order = listing.c.by_number.desc() if down else listing.c.by_number.asc()
    which = select(listing).where(listing.c.state == span.state, sought.where()).order_by(order)
    some = which.limit(span.most).offset(span.after).subquery()
    return select(some.c.state, some.c.id, some.c.by_number, some.c.changed)
