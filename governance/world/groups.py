"""The group itself as rows: bodies, seats, terms, members, meetings, organisations and years."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from governance.conditions.rows import Listing, Row, told
from governance.record import Entity
from governance.rulebook import dated_value
from governance.values import Choice, Span, Truth, Value, all_of, at_most, number, word
from governance.world.items import facts_of, item_row
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
    organisation = organisation_row(entity.links["organisation"], world)
    facts = facts_of(entity, "term", world)
    recorded = frozenset(facts)
    facts["municipality"] = word(entity.links["organisation"])
    acts = item_row(entity, world).lists["acts"]
    place = entity.links.get("seat", "")
    links = {"organisation": organisation, "seat": Row("seat", place, {"id": word(place)})}
    return Row("term", entity.id, facts, links, {"acts": acts}, recorded=recorded)


def holds_seat(term: Row, on: Span) -> Truth:
    """Whether a term has begun and its last day (else its agreed end) is not past; that day still counts."""
    ends = term.facts.get("last_day", term.facts.get("to", Span()))
    begun = at_most(term.facts.get("from", Span()), on)
    over = at_most(on, ends) if ends != Span() else Truth.TRUE
    return all_of((begun, over))


def seat_row(entity: Entity, world: World) -> Row:
    """A seat with its terms, whether it is occupied on the date, and the calls made for it."""
    terms = tuple(term_row(term, world) for term in world.of_kind("term", seat=entity.id))
    held = [holds_seat(term, world.on) for term in terms]
    never_known = not terms and not world.is_complete(entity)
    occupied: Value = Choice(frozenset({"ja", "nej"}))
    if Truth.TRUE in held:
        occupied = YES
    elif not never_known and Truth.UNKNOWN not in held:
        occupied = NO
    calls = tuple(
        told("call", each.id, facts_of(each, "call", world)) for each in world.of_kind("call", seat=entity.id)
    )
    complete = world.is_complete(entity)
    facts = {"id": word(entity.id), "occupied": occupied, **facts_of(entity, "seat", world)}
    lists = {"terms": Listing(terms, complete), "calls": Listing(calls, complete)}
    return Row("seat", entity.id, facts, {"body": _named_body(entity)}, lists, recorded=frozenset(facts))


def _named_body(entity: Entity) -> Row:
    """The body a thing belongs to, by its id alone."""
    body = entity.links.get("body", "")
    return Row("body", body, {"id": word(body)})


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
    """A body with its seats, members, participants and meetings."""
    entity = world.record.get(name)
    complete = world.is_complete(entity)
    seats = [seat_row(seat, world) for seat in world.of_kind("seat", body=name)]
    participants = tuple(_participant_row(each, world) for each in world.of_kind("participant", body=name))
    meetings = tuple(meeting_row(each, world) for each in world.of_kind("meeting", body=name))
    facts: dict[str, Value] = {"id": word(name)}
    if entity is not None:
        facts |= facts_of(entity, "body", world)
    places = facts.get("places", Span())
    all_seats = complete or at_most(places, number(len(seats))) is Truth.TRUE
    lists = {
        "seats": Listing(tuple(seats), all_seats),
        "members": _members(seats, world, closed=all_seats),
        "participants": Listing(participants, complete),
        "meetings": Listing(meetings, complete),
    }
    return Row("body", name, facts, {}, lists, recorded=frozenset(facts))


def _participant_row(entity: Entity, world: World) -> Row:
    """Somebody who takes part besides; from no later than when it was told, until the day given, if any."""
    facts = facts_of(entity, "participant", world)
    begun = at_most(facts.get("from", Span(None, entity.since.high)), world.on)
    there = all_of((begun, at_most(world.on, facts["to"]) if "to" in facts else Truth.TRUE))
    return told(
        "participant", entity.id, {**facts, "organisation": word(entity.links["organisation"])}, there
    )


def meeting_row(entity: Entity, world: World) -> Row:
    """A meeting with those expected, present or excused, and what was done about it."""
    attendances = tuple(
        told(
            "attendance",
            each.id,
            {**facts_of(each, "attendance", world), "organisation": word(each.links["organisation"])},
        )
        for each in world.of_kind("attendance", meeting=entity.id)
    )
    facts = facts_of(entity, "meeting", world)
    recorded = frozenset(facts)
    facts["id"] = word(entity.id)
    lists = {
        "attendances": Listing(attendances, world.is_complete(entity)),
        "acts": item_row(entity, world).lists["acts"],
    }
    return Row("meeting", entity.id, facts, {"body": _named_body(entity)}, lists, recorded=recorded)


def year_row(year: int, world: World) -> Row:
    """A calendar year with the meetings that fall, or may fall, in it."""
    start, end = Span(date(year, 1, 1), date(year, 1, 1)), Span(date(year, 12, 31), date(year, 12, 31))
    rows = []
    for meeting in world.of_kind("meeting"):
        row = meeting_row(meeting, world)
        when = row.facts.get("date", Span())
        there = all_of((at_most(start, when), at_most(when, end)))
        if there is not Truth.FALSE:
            rows.append(Row(row.scope, row.id, row.facts, row.links, row.lists, there, row.recorded))
    facts = {"number": number(Fraction(year)), "start": start, "end": end}
    bodies = {meeting.links.get("body", "") for meeting in world.of_kind("meeting")}
    complete = bool(bodies) and all(world.is_complete(world.record.get(body)) for body in bodies)
    return Row(
        "year", str(year), facts, {}, {"meetings": Listing(tuple(rows), complete)}, recorded=frozenset(facts)
    )


def _years(world: World) -> list[int]:
    """The years from the first meeting recorded to the date."""
    last = world.on.high
    known = [m.facts["date"].value for m in world.of_kind("meeting") if "date" in m.facts]
    first = [span.low.year for span in known if isinstance(span, Span) and isinstance(span.low, date)]
    if not first or not isinstance(last, date):
        return []
    return list(range(min(first), last.year + 1))


def rows_of(scope: str, world: World) -> list[Row]:
    """Everything a rule that is ``for_each`` of a scope judges."""
    match scope:
        case "body":
            return [body_row(body.id, world) for body in world.rulebook.bodies]
        case "seat":
            return [seat_row(seat, world) for seat in world.of_kind("seat")]
        case "term":
            return [term_row(term, world) for term in world.of_kind("term")]
        case "meeting":
            return [meeting_row(meeting, world) for meeting in world.of_kind("meeting")]
        case "organisation":
            return [organisation_row(each.id, world) for each in world.of_kind("organisation")]
        case "year":
            return [year_row(year, world) for year in _years(world)]
        case _:
            kinds = {kind.id for process in world.rulebook.processes for kind in process.kinds}
            items = (entity for entity in world.record.values() if entity.kind in kinds)
            return [item_row(entity, world) for entity in sorted(items, key=lambda entity: entity.id)]
