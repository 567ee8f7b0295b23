"""The group itself as rows: bodies, seats, terms, members and organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.conditions.rows import Later, Listing, Row, told
from governance.record import Entity
from governance.rulebook import dated_value
from governance.values import Choice, Span, Truth, Value, all_of, any_of, at_most, number, shift, word
from governance.world.items import act_rows, facts_of
from governance.world.meetings import meeting_row, named_body
from governance.world.sitting import holds_seat
from governance.world.view import NO, YES, World


def organisation_row(name: str, world: World) -> Row:
    """An organisation with the facts the rulebook dates and those recorded since."""
    static = world.rulebook.organisation_by_id.get(name)
    facts: dict[str, Value] = {"id": word(name)}
    if static is not None:
        dated = {fact: dated_value(values, world.on) for fact, values in static.facts.items()}
        facts |= {
            "kind": word(static.kind),
            **{fact: value for fact, value in dated.items() if value is not None},
        }
    entity = world.record.get(name)
    if entity is not None and entity.kind == "organisation":
        facts |= facts_of(entity, "organisation", world)
    superusers = tuple(
        told("superuser", each.id, {**facts_of(each, "superuser", world), "organisation": word(name)})
        for each in world.of_kind("superuser", organisation=name)
    )
    lists = {"superusers": Listing(superusers, world.is_complete(entity))}
    return Row("organisation", name, facts, {}, lists, recorded=frozenset(facts))


def term_row(entity: Entity, world: World) -> Row:
    """A holder's time in a seat."""
    return world.row_once("term", entity, lambda: _term_row(entity, world))


def _term_row(entity: Entity, world: World) -> Row:
    organisation = organisation_row(entity.links["organisation"], world)
    facts = facts_of(entity, "term", world)
    recorded = frozenset(facts)
    place = entity.links.get("seat", "")
    facts |= {"municipality": word(entity.links["organisation"]), "place": word(place)}
    if "consecutive" in world.rulebook.facts_asked:
        facts["consecutive"] = _consecutive(entity, world)
    links = {"organisation": organisation, "seat": Row("seat", place, {"id": word(place)})}
    lists = Later({"acts": act_rows(entity, world)}, {"others": lambda: _others(entity, world)})
    return Row("term", entity.id, facts, links, lists, recorded=recorded)


def body_of_seat(seat: str, world: World) -> str:
    """The body a seat is of; empty for a seat that is not in the record."""
    entity = world.record.get(seat)
    return entity.links.get("body", "") if entity is not None else ""


def _others(entity: Entity, world: World) -> Listing:
    """The other terms of the seats of its body that are, or may be, in time with it.

    A seat of which no term is known may have one as long as its record is open.
    """
    body = body_of_seat(entity.links.get("seat", ""), world)
    if not body:
        return Listing()
    rows: list[Row] = []
    this = _term_dates(entity, world)
    for each in world.of_kind("seat", body=body):
        terms = world.of_kind("term", seat=each.id)
        timed = [(term, _at_once(this, _term_dates(term, world), world.on)) for term in terms]
        rows += [
            replace(term_row(term, world), there=there)
            for term, there in timed
            if term.id != entity.id and there is not Truth.FALSE
        ]
        if not terms and not world.is_complete(each):
            rows.append(Row("term", f"{each.id}/?", {"place": word(each.id)}, {}, {}, Truth.UNKNOWN))
    return Listing(tuple(rows), body_row(body, world).lists["seats"].closed)


def _at_once(this: Dates, other: Dates, on: Span) -> Truth:
    """Whether two terms have a day in common; one whose end is not known has not ended by the date."""
    (begins, ends), (others_begins, others_ends) = (
        (first, Span(on.low, None) if last == Span() else last) for first, last in (this, other)
    )
    return all_of(
        (at_most(begins, others_ends), at_most(others_begins, ends), at_most(others_begins, others_ends))
    )


def _consecutive(entity: Entity, world: World) -> Value:
    """How many terms in a row the holder has had in the body, this one included.

    A term follows another when it begins no later than the day after the other's last day. Where a date is
    not known, the number lies between what it is without and with it.
    """
    body = body_of_seat(entity.links.get("seat", ""), world)
    seats = {each.id for each in world.of_kind("seat", body=body)}
    terms = world.of_kind("term", organisation=entity.links["organisation"])
    others = [term for term in terms if term.links.get("seat") in seats and term.id != entity.id]
    this, before = _term_dates(entity, world), [_term_dates(term, world) for term in others]
    least = _chain(this, before)
    unsure = any(_follows(later, earlier) is Truth.UNKNOWN for later in (this, *before) for earlier in before)
    return Span(Fraction(least), Fraction(_reached(this, before) if unsure else least))


Dates = tuple[Span, Span]


def _term_dates(entity: Entity, world: World) -> Dates:
    """When a term begins, and its last day (else its agreed end)."""
    facts = facts_of(entity, "term", world)
    begins, ends = facts.get("from", Span()), facts.get("last_day", facts.get("to", Span()))
    return (begins if isinstance(begins, Span) else Span(), ends if isinstance(ends, Span) else Span())


def _chain(this: Dates, others: list[Dates]) -> int:
    """The longest row of terms that ends with this one, each following for certain on the one before."""
    begun = [(term[0].high, term) for term in others]
    ordered = sorted(((at, term) for at, term in begun if isinstance(at, date)), key=lambda each: each[0])
    rows: list[tuple[Dates, int]] = []
    for term in (*(term for _, term in ordered), this):
        before = (length for earlier, length in rows if _follows(term, earlier) is Truth.TRUE)
        rows.append((term, 1 + max(before, default=0)))
    return rows[-1][1]


def _reached(this: Dates, others: list[Dates]) -> int:
    """How many terms may stand in such a row at most."""
    found, left = [this], list(others)
    for later in found:
        found += [term for term in left if _follows(later, term) is not Truth.FALSE]
        left = [term for term in left if _follows(later, term) is Truth.FALSE]
    return len(found)


def _follows(later: Dates, earlier: Dates) -> Truth:
    """Whether one term begins after another began and no later than the day after its end."""
    begun_before = at_most(later[0], earlier[0]).negated
    return all_of((begun_before, at_most(later[0], shift(earlier[1], number(1), "days"))))


def seat_row(entity: Entity, world: World) -> Row:
    """A seat with its terms, whether it is occupied on the date, and the calls made for it."""
    return world.row_once("seat", entity, lambda: _seat_row(entity, world))


def _seat_row(entity: Entity, world: World) -> Row:
    terms = tuple(term_row(term, world) for term in world.of_kind("term", seat=entity.id))
    held = [holds_seat(term, world.on) for term in terms]
    never_known = not terms and not world.is_complete(entity)
    occupied: Value = Choice(frozenset({"ja", "nej"}))
    if Truth.TRUE in held:
        occupied = YES
    elif not never_known and Truth.UNKNOWN not in held:
        occupied = NO
    calls = tuple(_call_row(each, terms, world) for each in world.of_kind("call", seat=entity.id))
    complete = world.is_complete(entity)
    facts = {"id": word(entity.id), "occupied": occupied, **facts_of(entity, "seat", world)}
    lists = {
        "acts": act_rows(entity, world),
        "terms": Listing(terms, complete),
        "calls": Listing(calls, complete),
        "deputies": Listing(_deputies(entity, world), complete),
    }
    return Row("seat", entity.id, facts, {"body": named_body(entity)}, lists, recorded=frozenset(facts))


def _call_row(entity: Entity, terms: tuple[Row, ...], world: World) -> Row:
    """A call for a seat; it is current when no holder began on its day or later: it seeks their successor."""
    facts = {"on": entity.since, **facts_of(entity, "call", world)}
    made = facts["on"] if isinstance(facts["on"], Span) else Span()
    sought = all_of(_began_before(term, made, world.on) for term in terms)
    current = {Truth.TRUE: YES, Truth.FALSE: NO}.get(sought, Choice(frozenset({"ja", "nej"})))
    return told("call", entity.id, {**facts, "current": current})


def _began_before(term: Row, day: Span, on: Span) -> Truth:
    """Whether a holder began before a day; one who has not begun by the date asked about changes nothing."""
    begins = term.facts.get("from", Span())
    began = begins if isinstance(begins, Span) else Span()
    return any_of((at_most(day, began).negated, at_most(began, on).negated))


def _deputies(seat: Entity, world: World) -> tuple[Row, ...]:
    """Who stands in for the holder on the date."""
    return tuple(
        replace(
            _standing(each, "deputy", world),
            links={"organisation": organisation_row(each.links["organisation"], world)},
        )
        for each in world.of_kind("deputy", seat=seat.id)
    )


def _members(seats: list[Row], world: World, *, closed: bool) -> Listing:
    """A row for each term that holds its seat, and one perhaps there for a seat nothing is known of."""
    rows: list[Row] = []
    for seat in seats:
        terms = [(term, holds_seat(term, world.on)) for term in seat.lists["terms"].rows]
        sitting = [(term, there) for term, there in terms if there is not Truth.FALSE]
        for term, there in sitting:
            organisation = term.links["organisation"]
            facts = {**organisation.facts, **term.facts}
            links = {"organisation": organisation, "seat": seat}
            rows.append(
                Row("member", term.id, facts, links, {}, there, organisation.recorded | term.recorded)
            )
        if not sitting and seat.facts["occupied"] not in (YES, NO):
            rows.append(Row("member", f"{seat.id}/?", {}, {"seat": seat}, {}, Truth.UNKNOWN))
    return Listing(tuple(rows), closed)


def body_row(name: str, world: World) -> Row:
    """A body with its seats, members, participants and meetings, each worked out when a rule asks."""
    entity = world.record.get(name)
    complete = world.is_complete(entity)
    facts: dict[str, Value] = {"id": word(name)}
    if entity is not None:
        facts |= facts_of(entity, "body", world)
    own = world.of_kind("seat", body=name)
    all_seats = complete or at_most(facts.get("places", Span()), number(len(own))) is Truth.TRUE
    lists: Later[Listing] = Later(
        {},
        {
            "seats": lambda: Listing(tuple(seat_row(seat, world) for seat in own), all_seats),
            "members": lambda: _members(list(lists["seats"].rows), world, closed=all_seats),
            "participants": lambda: Listing(_participants(name, world), complete),
            "meetings": lambda: Listing(_meetings(name, world), complete),
        },
    )
    return Row("body", name, facts, {}, lists, recorded=frozenset(facts))


def _participants(body: str, world: World) -> tuple[Row, ...]:
    return tuple(_standing(each, "participant", world) for each in world.of_kind("participant", body=body))


def _meetings(body: str, world: World) -> tuple[Row, ...]:
    return tuple(meeting_row(each, world) for each in world.of_kind("meeting", body=body))


def _standing(entity: Entity, scope: str, world: World) -> Row:
    """An organisation in a part from no later than when it was told, until the day given, if any."""
    facts = facts_of(entity, scope, world)
    begun = at_most(facts.get("from", Span(None, entity.since.high)), world.on)
    there = all_of((begun, at_most(world.on, facts["to"]) if "to" in facts else Truth.TRUE))
    return told(scope, entity.id, {**facts, "organisation": word(entity.links["organisation"])}, there)
