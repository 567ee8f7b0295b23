"""Any thing of the record as the row that rules judge, with what they can see from it."""

from __future__ import annotations

from dataclasses import replace

from governance.conditions.rows import Later, Listing, Row, told
from governance.record import Entity
from governance.values import Span, Truth, Value, at_most
from governance.vocabulary import scope_of
from governance.world.groups import body_of_seat, body_row, organisation_row, seat_row, term_row
from governance.world.items import facts_of, item_row
from governance.world.meetings import ballot_row, meeting_row, point_row, round_row
from governance.world.view import World
from governance.world.years import year_row, years


def row_for(entity: Entity, world: World) -> Row:
    """A thing as the rules on its own steps see it: a thing of a body sees the body with all its members.

    Facts a request supplies are the thing's, where the step is about no other.
    """
    match scope_of(entity.kind):
        case "item":
            return _with_meetings(item_row(entity, world), world)
        case "seat":
            return _with_inputs(_in_its_body(seat_row(entity, world), entity, world), world)
        case "meeting":
            row = meeting_row(entity, world)
            return _with_inputs(_in_its_body(row, entity, _by_day(row.facts.get("date"), world)), world)
        case "round":
            return _with_inputs(_in_its_body(round_row(entity, world), entity, world), world)
        case "term":
            return _with_inputs(_as_it_begins(term_row(entity, world), world), world)
        case "agenda-point":
            return _with_inputs(_of_a_meeting(point_row(entity, world), entity, world), world)
        case "ballot":
            return ballot_row(entity, world)
        case scope:
            return told(scope, entity.id, facts_of(entity, scope, world))


def _with_inputs(row: Row, world: World) -> Row:
    fresh = {name: value for name, value in world.inputs.items() if name not in row.recorded}
    return replace(row, facts={**row.facts, **fresh}, recorded=row.recorded | fresh.keys())


def _in_its_body(row: Row, entity: Entity, world: World) -> Row:
    body = entity.links.get("body", "")
    return replace(row, links=Later(row.links, {"body": lambda: body_row(body, world)})) if body else row


def _as_it_begins(row: Row, world: World) -> Row:
    """A term with its body as that is when the term begins, ahead or past; where known, else today."""
    body = body_of_seat(row.links["seat"].id, world)
    begins = row.facts.get("from")
    known = isinstance(begins, Span) and None not in (begins.low, begins.high)
    then = replace(world, on=begins) if isinstance(begins, Span) and known else world
    return replace(row, links=Later(row.links, {"body": lambda: body_row(body, then)})) if body else row


def _by_day(when: Value | None, world: World) -> World:
    """The world as of a day that is known and past: who met then sat then."""
    if not isinstance(when, Span) or when.point is None or at_most(when, world.on) is not Truth.TRUE:
        return world
    return replace(world, on=when)


def _of_a_meeting(row: Row, entity: Entity, world: World) -> Row:
    meeting = world.record.get(entity.links.get("meeting", ""))
    if meeting is None:
        return row
    return replace(row, links={**row.links, "meeting": meeting_row(meeting, world)})


def _with_meetings(row: Row, world: World) -> Row:
    """An item with all meetings, for rules that ask about them."""
    if not world.rulebook.around(""):
        return row
    meetings = world.of_kind("meeting")
    bodies = {meeting.links.get("body", "") for meeting in meetings}
    complete = bool(bodies) and all(world.is_complete(world.record.get(body)) for body in bodies)
    rows = tuple(meeting_row(meeting, world) for meeting in meetings)
    return replace(row, lists={**row.lists, "meetings": Listing(rows, complete)})


def rows_of(scope: str, world: World) -> list[Row]:
    """Everything a rule that is ``for_each`` of a scope judges."""
    match scope:
        case "body":
            return [body_row(body.id, world) for body in world.rulebook.bodies]
        case "year":
            return [year_row(year, world) for year in years(world)]
        case "organisation":
            return [organisation_row(each.id, world) for each in world.of_kind("organisation")]
        case "item":
            kinds = {kind.id for process in world.rulebook.processes for kind in process.kinds}
            items = (e for e in world.record.values() if e.kind in kinds and scope_of(e.kind) == "item")
            return [row_for(entity, world) for entity in sorted(items, key=lambda entity: entity.id)]
        case _:
            return [row_for(entity, world) for entity in world.of_kind(scope)]
