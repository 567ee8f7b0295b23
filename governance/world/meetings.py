"""Meetings and rounds as rows: who came, what is on the agenda, and who has scored what."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from governance.conditions.rows import Listing, Row, told
from governance.record import Entity
from governance.values import Choice, Span, Truth, Value, at_most, number, word
from governance.world.items import act_rows, facts_of
from governance.world.sitting import seated
from governance.world.view import NO, YES, World


def named_body(entity: Entity) -> Row:
    """The body a thing belongs to, by its id alone."""
    body = entity.links.get("body", "")
    return Row("body", body, {"id": word(body)})


def meeting_row(entity: Entity, world: World) -> Row:
    """A meeting with those expected, present or excused, its agenda, and what was done about it."""
    attendances = tuple(
        _attendance_row(each, entity, world) for each in world.of_kind("attendance", meeting=entity.id)
    )
    points = tuple(point_row(each, world) for each in world.of_kind("agenda-point", meeting=entity.id))
    facts = facts_of(entity, "meeting", world)
    recorded = frozenset(facts)
    facts["id"] = word(entity.id)
    following = _next_release(entity, facts.get("date"), world)
    if following is not None:
        facts["next_release"] = following
    complete = world.is_complete(entity)
    lists = {
        "attendances": Listing(attendances, complete),
        "points": Listing(points, complete),
        "acts": act_rows(entity, world),
    }
    return Row("meeting", entity.id, facts, {"body": named_body(entity)}, lists, recorded=recorded)


def _attendance_row(entity: Entity, meeting: Entity, world: World) -> Row:
    """Somebody at a meeting, and whether they hold a seat of its body that day."""
    name = entity.links["organisation"]
    facts = {**facts_of(entity, "attendance", world), "organisation": word(name)}
    if "seated" in world.rulebook.facts_asked:
        when = facts_of(meeting, "meeting", world).get("date", world.on)
        sits = seated(
            meeting.links.get("body", ""), name, when if isinstance(when, Span) else world.on, world
        )
        facts["seated"] = {Truth.TRUE: YES, Truth.FALSE: NO}.get(sits, Choice(frozenset({"ja", "nej"})))
    return told("attendance", entity.id, facts)


def _next_release(meeting: Entity, when: Value | None, world: World) -> Value | None:
    """The first date on the body's release calendar from the meeting's on; the calendar is taken as told.

    A release that only may lie on or after the meeting leaves the date between it and the first certain one.
    """
    if not isinstance(when, Span):
        return None
    own = world.of_kind("release", body=meeting.links.get("body", ""))
    dates = [facts_of(each, "release", world).get("date", Span()) for each in own]
    after = [(at_most(when, each), each) for each in dates if isinstance(each, Span)]
    ahead = [(there, each) for there, each in after if there is not Truth.FALSE]
    if not ahead:
        return None
    lows = [max(low for low in (each.low, when.low, date.min) if isinstance(low, date)) for _, each in ahead]
    highs = [each.high for there, each in ahead if there is Truth.TRUE and isinstance(each.high, date)]
    low = min(lows)
    return Span(low if low > date.min else None, min(highs, default=None))


def point_row(entity: Entity, world: World) -> Row:
    """A point of an agenda, with what was concluded; ``about`` is the item it is about."""
    facts = {**facts_of(entity, "agenda-point", world), "id": word(entity.id)}
    if "about" in entity.links:
        facts["about"] = word(entity.links["about"])
    lists = {"acts": act_rows(entity, world)}
    return Row("agenda-point", entity.id, facts, {}, lists, recorded=frozenset(facts))


def round_row(entity: Entity, world: World) -> Row:
    """A round of prioritising with every ballot cast; of those of one organisation the newest counts."""
    cast = sorted(world.of_kind("ballot", round=entity.id), key=lambda each: each.first_told)
    newest = {each.links["organisation"]: each.id for each in cast}
    ballots = tuple(
        ballot_row(each, world, counts=newest[each.links["organisation"]] == each.id) for each in cast
    )
    facts = {**facts_of(entity, "round", world), "id": word(entity.id)}
    lists = {
        "ballots": Listing(ballots, world.is_complete(entity)),
        "acts": act_rows(entity, world),
    }
    return Row("round", entity.id, facts, {"body": named_body(entity)}, lists, recorded=frozenset(facts))


def ballot_row(entity: Entity, world: World, *, counts: bool = True) -> Row:
    """A ballot: whose it is, the points it gives in all and the most it gives one item."""
    facts = {
        **facts_of(entity, "ballot", world),
        "organisation": word(entity.links.get("organisation", "")),
        "counts": YES if counts else NO,
    }
    points = _points(facts.get("scores"))
    if points is not None:
        facts |= {"given": number(sum(points, Fraction(0))), "highest": number(max(points, default=0))}
    return told("ballot", entity.id, facts)


def _points(scores: Value | None) -> list[Fraction] | None:
    """The points of a ballot written as ``ITEM=POINTS; ITEM=POINTS``; None when that is not how it reads."""
    text = scores.word if isinstance(scores, Choice) else None
    if text is None:
        return None
    try:
        return [Fraction(part.rpartition("=")[2].strip()) for part in text.split(";") if part.strip()]
    except (ValueError, ZeroDivisionError):
        return None
