"""Calendar years as rows, with the meetings and the terms that fall in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.conditions.rows import Listing, Row
from governance.values import Span, Truth, all_of, at_most, day, number
from governance.world.groups import term_row
from governance.world.meetings import meeting_row
from governance.world.sitting import holds_seat
from governance.world.view import World

MOST_SILENT = 10


def year_row(year: int, world: World) -> Row:
    """A calendar year: the meetings that fall, or may fall, in it, and the terms in force as it begins."""
    start, end = day(date(year, 1, 1)), day(date(year, 12, 31))
    meetings = []
    for meeting in world.of_kind("meeting"):
        row = meeting_row(meeting, world)
        when = row.facts.get("date", Span())
        meetings.append(replace(row, there=all_of((at_most(start, when), at_most(when, end)))))
    terms = [term_row(term, world) for term in world.of_kind("term")]
    sitting = [replace(term, there=holds_seat(term, start)) for term in terms]
    facts = {"number": number(Fraction(year)), "start": start, "end": end}
    bodies = {thing.links.get("body", "") for kind in ("meeting", "seat") for thing in world.of_kind(kind)}
    complete = bool(bodies) and all(world.is_complete(world.record.get(body)) for body in bodies)
    lists = {
        name: Listing(tuple(row for row in rows if row.there is not Truth.FALSE), complete)
        for name, rows in (("meetings", meetings), ("terms", sitting))
    }
    return Row("year", str(year), facts, {}, lists, recorded=frozenset(facts))


def years(world: World) -> list[int]:
    """The years from the first meeting recorded to the date; where none is, from the first term.

    None before the rulebook's own first, and none when nothing has been recorded for ``MOST_SILENT`` years.
    """
    last = world.on.high
    known = _begun(world, "meeting", "date") or _begun(world, "term", "from")
    if not known or not isinstance(last, date):
        return []
    first = max(min(known), world.rulebook.from_.year)
    return list(range(first, min(last.year, max(*known, first) + MOST_SILENT) + 1))


def _begun(world: World, kind: str, fact: str) -> list[int]:
    known = [thing.facts[fact].value for thing in world.of_kind(kind) if fact in thing.facts]
    return [span.low.year for span in known if isinstance(span, Span) and isinstance(span.low, date)]
