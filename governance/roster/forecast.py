"""Which terms end when, whether their seats are called, and what is lost the day after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from governance.conditions.rows import Row
from governance.record import Entity, Known, Record
from governance.roster.calls import calling_of
from governance.roster.coming import ENDS, Cluster, Ending, Forecast, Meeting, Vacancy
from governance.roster.losses import losses_of
from governance.roster.spans import day_after
from governance.rulebook import Rulebooks
from governance.values import Span, Truth, at_most, day, number, shift
from governance.world import World, body_row, holds_seat
from governance.world.view import NO, YES

FEWEST = 2
"""How many seats make a cluster."""


def forecast(record: Record, rulebooks: Rulebooks, body: str, on: date, until: date) -> Forecast:
    """What is coming for the seats of a body from a day on; the record should reach no further than it.

    Raises RuleError when no rulebook covers that day.
    """
    world = World(record, rulebooks.on(day(on)), day(on))
    row = body_row(body, world)
    meetings = _planned(row, world)
    seats = row.lists["seats"].rows
    terms = [
        (term, _ending(seat, term, world, meetings)) for seat in seats for term in seat.lists["terms"].rows
    ]
    window = Span(on, until)
    endings = [ending for _, ending in terms if ending.told and _meets(ending.when, window)]
    vacant = [
        _vacancy(seat, [ending for _, ending in terms if ending.seat == seat.id], world)
        for seat in seats
        if seat.facts["occupied"] == NO
    ]
    left = [vacancy.after for vacancy in vacant if vacancy.after is not None]
    return Forecast(
        on=on,
        until=until,
        endings=tuple(sorted(endings, key=_by_day)),
        unended=tuple(
            ending
            for term, ending in terms
            if not ending.told and holds_seat(term, world.on) is not Truth.FALSE
        ),
        vacant=tuple(vacant),
        unknown=tuple(seat.id for seat in seats if seat.facts["occupied"] not in (YES, NO)),
        clusters=_clusters([*left, *endings]),
        lost=losses_of(record, rulebooks, body, sorted([*left, *endings], key=_by_day)),
    )


def _by_day(ending: Ending) -> tuple[date, date, str]:
    """By the last day each can be, those without one last."""
    low, high = ending.when.low, ending.when.high
    return (
        high if isinstance(high, date) else date.max,
        low if isinstance(low, date) else date.min,
        ending.seat,
    )


def _meets(when: Span, window: Span) -> bool:
    """Whether a day may lie in a window."""
    begun = at_most(Span(window.low, window.low), when)
    over = at_most(when, Span(window.high, window.high))
    return Truth.FALSE not in (begun, over)


def _told(term: Entity, row: Row) -> tuple[str, Span]:
    """The fact that says when a term ends, and since when that was known; nothing where none does."""
    name = next((name for name in ENDS if name in row.facts), "")
    value = row.facts.get(name, Span())
    if value == Span():
        return "", Span()
    same: list[Known] = [known for fact, known in term.told if fact == name and known.value == value]
    return name, same[0].on if same else term.since


def _ending(seat: Row, term: Row, world: World, meetings: tuple[Meeting, ...]) -> Ending:
    told, since = _told(world.record[term.id], term)
    when = term.facts.get(told, Span())
    when = when if isinstance(when, Span) else Span()
    latest = when.low if isinstance(when.low, date) else None
    after = day_after(when.high) if isinstance(when.high, date) else None
    heirs = [
        other.links["organisation"].id
        for other in seat.lists["terms"].rows
        if after is not None and holds_seat(other, day(after)) is Truth.TRUE
    ]
    in_time = [meeting for meeting in meetings if at_most(meeting.on, Span(latest, latest)) is Truth.TRUE]
    return Ending(
        term=term.id,
        seat=seat.id,
        organisation=term.links["organisation"].id,
        when=when,
        told=told,
        heirs=tuple(heirs),
        calling=calling_of(seat, since, world),
        latest=latest,
        meeting=in_time[-1] if in_time else None,
    )


def _vacancy(seat: Row, endings: list[Ending], world: World) -> Vacancy:
    past = [each for each in endings if each.told and at_most(world.on, each.when) is Truth.FALSE]
    after = max(past, key=_by_day, default=None)
    since = shift(after.when, number(1), "days") if after is not None else Span()
    return Vacancy(seat.id, since, after, after.calling if after else calling_of(seat, Span(), world))


def _planned(body: Row, world: World) -> tuple[Meeting, ...]:
    """The meetings that may lie ahead, by day; one that has come to rest for good is not held any more."""
    found = []
    for row in body.lists["meetings"].rows:
        on, entity = row.facts.get("date", Span()), world.record[row.id]
        over = world.rulebook.is_final(entity.kind, entity.state)
        if isinstance(on, Span) and not over and at_most(world.on, on) is not Truth.FALSE:
            found.append(Meeting(row.id, on))
    return tuple(sorted(found, key=lambda meeting: (str(meeting.on.high or ""), meeting.id)))


def _clusters(endings: Iterable[Ending]) -> tuple[Cluster, ...]:
    months: dict[tuple[int, int], list[Ending]] = {}
    for ending in sorted(endings, key=_by_day):
        low, high = ending.when.low, ending.when.high
        if (
            isinstance(low, date)
            and isinstance(high, date)
            and (low.year, low.month) == (high.year, high.month)
        ):
            months.setdefault((low.year, low.month), []).append(ending)
    return tuple(
        Cluster(*month, tuple(found))
        for month, found in sorted(months.items())
        if len({ending.seat for ending in found}) >= FEWEST
    )
