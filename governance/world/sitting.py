"""Whether a term holds its seat on a date, and who sits in a body."""

from __future__ import annotations

from governance.conditions.rows import Row, told
from governance.values import Span, Truth, all_of, any_of, at_most
from governance.world.items import facts_of
from governance.world.view import World


def holds_seat(term: Row, on: Span) -> Truth:
    """Whether a term has begun and its last day (else its agreed end) is not past; that day still counts."""
    ends = term.facts.get("last_day", term.facts.get("to", Span()))
    begun = at_most(term.facts.get("from", Span()), on)
    over = at_most(on, ends) if ends != Span() else Truth.TRUE
    return all_of((begun, over))


def seated(body: str, organisation: str, on: Span, world: World) -> Truth:
    """Whether an organisation holds a seat of a body on a date."""
    seats = {seat.id for seat in world.of_kind("seat", body=body)}
    terms = world.of_kind("term", organisation=organisation)
    own = (term for term in terms if term.links.get("seat") in seats)
    return any_of(holds_seat(told("term", each.id, facts_of(each, "term", world)), on) for each in own)
