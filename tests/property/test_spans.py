"""Spans judged by the days on which something changes are as each of their days; the same of time lines."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.conditions.nodes import Compare, Count, Exists, Extreme, Fact, Literal, Reading, Rows, Shift
from governance.model import FactRecorded, Force, Origin
from governance.record import fold
from governance.roster import OF_A_BODY, Held, forecast, judged_spans, seat_timeline, seats_on
from governance.rulebook import DatedReading, FactKind, Organisation, Rule, Rulebooks
from governance.values import Kind, Span, Truth, at_most, day, number, word
from governance.vocabulary import SCOPES
from governance.world import World, holds_seat, term_row
from tests.counts import count
from tests.example import BOOK, Pen, text

FIRST, LAST = date(2025, 1, 20), date(2025, 3, 20)
SWAP = date(2025, 2, 14)
"""On this day another rulebook takes over."""

FILLED_IN_TIME = Rule(
    "filled-in-time",
    None,
    Force.MUST,
    "seat",
    Compare(Fact("occupied", "seat"), "is", Literal(word("ja"))),
    text("Besat i tide"),
    due=Shift(
        Shift(Fact("deadline", "seat"), Reading("grace"), "days"), Literal(number(1)), "weeks", back=True
    ),
)
CALLED_IN_TIME = Rule(
    "called-in-time",
    None,
    Force.MUST,
    "seat",
    Exists(Rows("calls", "seat", "call")),
    text("Opslået i tide"),
    due=Shift(Extreme("latest", "to", Rows("terms", "seat", "term")), Literal(number(11)), "days"),
)
NORTHERN = Rule(
    "a-northern-town",
    None,
    Force.SHOULD,
    "body",
    Exists(
        Rows("members", "body", "member"), Compare(Fact("region", "member"), "is", Literal(word("North")))
    ),
    text("En by i nord"),
    only=("group",),
    from_=date(2025, 1, 27),
    to=date(2025, 3, 9),
)
ALONE_AT_FIRST = Rule(
    "alone-at-first",
    None,
    Force.MUST,
    "term",
    Compare(Count(Rows("members", "body", "member")), "at_most", Literal(number(1))),
    text("Alene, da perioden begyndte"),
)
SUBSTITUTE = Rule(
    "a-substitute",
    None,
    Force.MUST,
    "seat",
    Exists(Rows("deputies", "seat", "deputy")),
    text("En suppleant"),
)
FIRST_TERM = Rule(
    "first-term",
    None,
    Force.MUST,
    "term",
    Compare(Fact("consecutive", "term"), "is", Literal(number(1))),
    text("Første periode i træk"),
)
TOWNS = (
    Organisation(
        "Ask",
        "town",
        {
            "region": (
                DatedReading(word("North"), None, date(2025, 2, 6)),
                DatedReading(word("South"), date(2025, 2, 7)),
            )
        },
    ),
    Organisation("Birk", "town", {"region": (DatedReading(word("South")),)}),
    Organisation("El", "town", {"region": (DatedReading(word("North"), date(2025, 1, 31)),)}),
)
GRACE = replace(
    BOOK.readings[-1],
    id="grace",
    values=(
        DatedReading(Span(Fraction(3), Fraction(5)), None, date(2025, 2, 3)),
        DatedReading(number(9), date(2025, 2, 4)),
    ),
)
EARLIER = replace(
    BOOK,
    to=SWAP - timedelta(days=1),
    facts=(*BOOK.facts, FactKind("deadline", "seat", Kind("date"), text("fristen"))),
    readings=(*BOOK.readings, GRACE),
    rules=(
        *BOOK.rules,
        FILLED_IN_TIME,
        CALLED_IN_TIME,
        NORTHERN,
        ALONE_AT_FIRST,
        SUBSTITUTE,
        FIRST_TERM,
    ),
    organisations=TOWNS,
)
LATER = replace(
    EARLIER, from_=SWAP, to=None, digest="f" * 64, rules=(FILLED_IN_TIME, NORTHERN, *BOOK.rules[:2])
)
BOOKS = Rulebooks((EARLIER, LATER))

days = st.dates(FIRST - timedelta(days=15), LAST + timedelta(days=15))
whens = st.one_of(
    days.map(day),
    st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair))),
    days.map(lambda end: Span(None, end)),
    days.map(lambda begin: Span(begin, None)),
)
towns = st.sampled_from(["Ask", "Birk", "El"])
early = st.one_of(st.just(day(FIRST - timedelta(days=20))), whens)
"""When something was told: mostly before the span, so that what it tells makes the difference."""
within = st.dates(FIRST, LAST)
ends = st.one_of(within.map(day), whens)


@st.composite
def groups(draw):
    """The record of a small group: seats with terms that overlap or leave gaps, calls, and mistakes."""
    pen = Pen(origin=draw(st.sampled_from([Origin.LIVE, Origin.HISTORY])))
    pen.add("group", "body", draw(early))
    pen.fact("group", "places", number(draw(st.integers(1, 3))), draw(early))
    facts = []
    for seat in [f"seat-{n}" for n in range(draw(st.integers(1, 2)))]:
        pen.add(seat, "seat", draw(early), body="group")
        if draw(st.booleans()):
            facts.append(pen.fact(seat, "deadline", draw(ends), draw(early)))
        for n in range(draw(st.integers(1, 2))):
            pen.add(f"{seat}/{n}", "term", draw(early), seat=seat, organisation=draw(towns))
            names = draw(st.sets(st.sampled_from(["from", "to", "last_day"])))
            facts += [pen.fact(f"{seat}/{n}", name, draw(ends), draw(early)) for name in sorted(names)]
        if draw(st.booleans()):
            pen.add(f"{seat}/call", "call", draw(early), seat=seat)
            pen.fact(f"{seat}/call", "via", word("letter"), draw(early))
        if draw(st.booleans()):
            pen.add(f"{seat}/deputy", "deputy", draw(early), seat=seat, organisation=draw(towns))
            facts.append(pen.fact(f"{seat}/deputy", draw(st.sampled_from(["from", "to"])), draw(ends)))
        if draw(st.booleans()):
            pen.complete(seat, draw(early))
    if facts and draw(st.booleans()):
        wrong = draw(st.sampled_from(facts))
        event = pen.events[wrong - 1]
        right = draw(st.none() | ends.map(lambda when: FactRecorded(event.payload.fact, when)))
        pen.correct(event.entity, wrong, right, draw(early))
    return pen.events


def told_on(events, on):
    """The day judged alone: its rulebook and findings, without the ways to mend."""
    book = BOOKS.on(day(on))
    found = seats_on(fold(events, by=on), book, on, "group").findings
    return book.digest, tuple(replace(finding, ways=()) for finding in found)


@settings(max_examples=count(reduced=40, full=1_500), deadline=None)
@given(groups())
def test_every_day_of_a_span_is_told_as_it_would_be_told_alone_and_no_two_neighbours_say_the_same(events):
    spans = judged_spans(events, BOOKS, "group", FIRST, LAST)
    by_span = {
        span.from_ + timedelta(days=n): (span.rulebook.digest, span.findings)
        for span in spans
        for n in range((span.to - span.from_).days + 1)
    }
    by_day = {each: told_on(events, each) for each in (FIRST + timedelta(days=n) for n in range(60))}
    assert by_span == by_day
    assert sum((span.to - span.from_).days + 1 for span in spans) == 60
    for one, other in pairwise(spans):
        assert (one.rulebook.digest, one.findings) != (other.rulebook.digest, other.findings)


def held_on(record, seat, on):
    """Who holds, or may hold, a seat on a day, looked at alone."""
    world = World(record, LATER, day(date.max))
    terms = [term_row(term, world) for term in world.of_kind("term", seat=seat)]
    there = {term.id: holds_seat(term, day(on)) for term in terms}
    return {(id_, held is Truth.TRUE) for id_, held in there.items() if held is not Truth.FALSE}


@settings(max_examples=count(reduced=40, full=1_500), deadline=None)
@given(groups())
def test_a_time_line_says_of_every_day_who_holds_each_seat_on_it_and_is_told_in_as_few_stretches_as_can_be(
    events,
):
    record = fold(events)
    for line in seat_timeline(record, LATER, "group", FIRST, LAST):
        for on in (FIRST + timedelta(days=n) for n in range(60)):
            there = [each for each in line.stretches if each.from_ <= on <= each.to]
            told = {(each.term, each.held is Held.CERTAIN) for each in there if each.term}
            assert told == held_on(record, line.seat, on)
            assert told or [each.held for each in there] in ([Held.VACANT], [Held.UNKNOWN])
        for one, other in permutations(line.stretches, 2):
            alike = (one.held, one.term) == (other.held, other.term)
            assert not (alike and one.to + timedelta(days=1) == other.from_)


@settings(max_examples=count(reduced=60, full=2_000), deadline=None)
@given(groups(), st.dates(FIRST, LAST))
def test_a_forecast_tells_each_seat_and_each_end_that_may_lie_ahead_once(events, on):
    record = fold(events, by=on)
    found = forecast(record, BOOKS, "group", on, LAST)
    world = World(record, BOOKS.on(day(on)), day(on))
    terms = [term_row(each, world) for each in world.of_kind("term") if each.links["seat"] in record]
    ahead = [each for each in terms if Truth.FALSE not in may_end(each, on)]
    assert sorted(each.term for each in found.endings) == sorted(each.id for each in ahead)
    empty = {each.seat for each in found.vacant}
    assert empty.isdisjoint(found.unknown)
    assert not empty & {each.seat for each in found.unended}
    for cluster in found.clusters:
        assert len({each.seat for each in cluster.endings}) > 1


def may_end(term, on):
    """Whether a term may end on the day or later, and within the span; no for one without a recorded end."""
    end = term.facts.get("last_day", term.facts.get("to", Span()))
    told = Truth.FALSE if end == Span() else Truth.TRUE
    return told, at_most(day(on), end), at_most(end, day(LAST))


def test_no_rule_on_a_body_can_ask_which_year_it_is():
    """Then the first of January would have to be a day on which something may change."""
    found, new = set(), set(OF_A_BODY)
    while new:
        found |= new
        leads = (each for scope in new for each in (SCOPES[scope].links, SCOPES[scope].lists))
        new = {to for each in leads for to in each.values()} - found
    assert {"term", "member", "organisation"} < found
    assert not found & {"year", "request"}
