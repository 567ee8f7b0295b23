"""Who held each seat, and when: the stretches of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from governance.conditions.rows import Row
from governance.record import Entity, Record
from governance.roster.coming import ENDS
from governance.roster.spans import day_after
from governance.rulebook import Rulebook
from governance.values import Span, Truth, day
from governance.world import World, holds_seat, term_row

BEGIN = "from"
DATES = (BEGIN, *ENDS)


class Held(Enum):
    """How a seat stands: certainly or perhaps held, empty, or nothing is known."""

    CERTAIN = "certain"
    PERHAPS = "perhaps"
    VACANT = "vacant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both ends included, on which a seat stands alike; who holds it, if anybody may."""

    from_: date
    to: date
    held: Held
    organisation: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat over time. Stretches lie over each other where several hold it, or may hold it, at once."""

    seat: str
    stretches: tuple[Stretch, ...]


def seat_timeline(
    record: Record, rulebook: Rulebook, body: str, first: date, last: date
) -> tuple[SeatLine, ...]:
    """Each seat of a body from ``first`` to ``last``, by all that the record tells, whenever it was told.

    A seat without a holder is empty from the first term told of it on, or always where the record is
    complete; before that nothing is known.
    """
    world = World(record, rulebook, day(date.max))
    return tuple(_line(seat, world, first, last) for seat in world.of_kind("seat", body=body))


def _line(seat: Entity, world: World, first: date, last: date) -> SeatLine:
    terms = [term_row(term, world) for term in world.of_kind("term", seat=seat.id)]
    days = {each for term in terms for name in DATES for each in _ends(term, name)}
    days |= {after for each in days if (after := day_after(each)) is not None}
    starts = [first, *sorted(each for each in days if first < each <= last)]
    begins = [min(_ends(term, BEGIN), default=date.min) for term in terms]
    since = date.min if world.is_complete(seat) else min(begins, default=None)
    stretches: list[Stretch] = []
    for start, to in zip(starts, [*(each - timedelta(days=1) for each in starts[1:]), last], strict=True):
        known = since is not None and since <= start
        for stretch in _standing(terms, start, to, known=known):
            _join(stretches, stretch)
    return SeatLine(seat.id, tuple(stretches))


def _ends(term: Row, name: str) -> tuple[date, ...]:
    """The ends that are told of one of a term's dates."""
    value = term.facts.get(name)
    ends = (value.low, value.high) if isinstance(value, Span) else ()
    return tuple(each for each in ends if isinstance(each, date))


def _standing(terms: list[Row], start: date, to: date, *, known: bool) -> Iterator[Stretch]:
    """How a seat stands on days that no date parts; ``known`` when no holder means that it is empty."""
    holders = [(term, held) for term in terms if (held := holds_seat(term, day(start))) is not Truth.FALSE]
    for term, held in holders:
        sure = Held.CERTAIN if held is Truth.TRUE else Held.PERHAPS
        yield Stretch(start, to, sure, term.links["organisation"].id, term.id)
    if not holders:
        yield Stretch(start, to, Held.VACANT if known else Held.UNKNOWN)


def _join(stretches: list[Stretch], new: Stretch) -> None:
    """Put a stretch behind the one it goes on from, if there is one."""
    for place, old in enumerate(stretches):
        if day_after(old.to) == new.from_ and replace(old, from_=new.from_, to=new.to) == new:
            stretches[place] = replace(old, to=new.to)
            return
    stretches.append(new)
