"""A small group of towns with a seat each, for tests of the group over time."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.conditions.nodes import Compare, Exists, Fact, Literal, Rows
from governance.model import Force, Origin
from governance.rulebook import DatedReading, FactKind, Rule, Rulebooks
from governance.values import Kind, Span, number, word
from tests.example import BOOK, Pen, on, text

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
BEGUN = {"from": on(2024, 1, 1)}
CALLS = Exists(Rows("calls", "seat", "call"), Compare(Fact("via", "call"), "is", Literal(word("letter"))))


def group(**towns: dict[str, Span]) -> Pen:
    """A seat for each town, and no others; what is not given of its term is not known."""
    pen = Pen(origin=Origin.HISTORY)
    pen.add("group", "body")
    pen.fact("group", "places", number(len(towns)), on(2025, 1, 1))
    for town, dates in towns.items():
        pen.add(f"seat-{town}", "seat", body="group")
        pen.add(f"{town}/1", "term", seat=f"seat-{town}", organisation=town)
        for name, when in dates.items():
            pen.fact(f"{town}/1", name, when, on(2025, 1, 1))
    return pen


def timely(due) -> Rulebooks:
    """The rules with one more: a seat is called by a day."""
    rule = Rule("called-in-time", None, Force.MUST, "seat", CALLS, text("I tide"), due=due)
    grace = replace(BOOK.readings[0], id="grace", values=(DatedReading(Span(Fraction(3), Fraction(10))),))
    deadline = FactKind("deadline", "seat", Kind("date"), text("fristen"))
    book = replace(BOOK, rules=(rule,), facts=(*BOOK.facts, deadline), readings=(*BOOK.readings, grace))
    return Rulebooks((book,))
