"""A small rulebook of a made-up group, and a pen that writes its record, for tests of the core."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction

from governance.conditions.nodes import (
    ActDone,
    All,
    AnyOf,
    Compare,
    Count,
    Distinct,
    Exists,
    Fact,
    Literal,
    Not,
    Reading,
    ReadingHolds,
    Recorded,
    Rows,
    Shift,
)
from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    Force,
    Origin,
    Request,
    StepTaken,
    Text,
)
from governance.record import Record, fold
from governance.referee import Referee
from governance.rulebook import (
    ActKind,
    Clause,
    DatedReading,
    FactKind,
    Input,
    Named,
    Organisation,
    Process,
    ReadingChoice,
    Rule,
    Rulebook,
    Rulebooks,
    Step,
)
from governance.values import Choice, Kind, Span, Value, day, number, word

SIZES = Kind("scale", ("S", "M", "L"))
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def text(da: str, en: str = "") -> Text:
    return Text(da, en or f"{da} (en)")


def size(*options: str) -> Choice:
    return Choice(frozenset(options), SIZES.options)


def on(year: int, month: int, day_: int) -> Span:
    return day(date(year, month, day_))


def _reading(name: str, clause: str, *values: DatedReading, unit: str = "") -> ReadingChoice:
    said = text(name)
    return ReadingChoice(name, clause, name, said, values, said, date(2025, 1, 1), said, (), unit)


def _clause(name: str, force: Force, check: str) -> Clause:
    return Clause(name, text("Afsnit"), 1, force, text(name), 1, "0" * 64, check)


LARGE = AnyOf(
    tuple(
        part
        for of in ("item", "whole")
        for part in (
            All((Recorded("size", of), Compare(Fact("size", of), "at_least", Literal(size("L"))))),
            All((Not(Recorded("size", of)), Compare(Fact("estimate", of), "at_least", Reading("quarter")))),
        )
    )
)

BIG_NEEDS_COUNCIL = Rule(
    "big-needs-council",
    "C3",
    Force.MUST,
    "item",
    ActDone(("approval",), "item", ("council",)),
    text("Store skal godkendes"),
    steps=("order",),
    applies_when=ReadingHolds("big"),
    otherwise=text("Store opgaver skal godkendes af rådet", "Large tasks need the council's approval"),
)
DECIDED = Rule(
    "decided-before-order",
    "C2",
    Force.MUST,
    "item",
    ActDone(("decision",), "item", ("board",)),
    text("Besluttet"),
    steps=("order",),
)
TERM = Rule(
    "two-years",
    "C5",
    Force.DEFAULT,
    "term",
    Compare(Fact("to", "term"), "is", Shift(Fact("from", "term"), Reading("years"), "years")),
    text("To år"),
    excused_by=("board",),
)
MEMBERS = Rows("members", "body", "member")
THREE = Rule(
    "three-towns",
    "C4",
    Force.MUST,
    "body",
    Compare(Distinct("municipality", MEMBERS), "is", Literal(number(3))),
    text("Tre byer"),
    only=("group",),
)
SPREAD = Rule(
    "spread",
    "C6",
    Force.SHOULD,
    "body",
    Compare(Distinct("region", MEMBERS), "at_least", Reading("regions")),
    text("Spredning"),
    only=("group",),
)
MEETINGS = Rule(
    "two-meetings",
    "C7",
    Force.SHOULD,
    "year",
    Compare(Count(Rows("meetings", "year", "meeting")), "at_least", Literal(number(2))),
    text("To møder"),
    due=Fact("end", "year"),
)
CALLED = Rule(
    "called",
    "C8",
    Force.MUST,
    "seat",
    Exists(Rows("calls", "seat", "call"), Compare(Fact("via", "call"), "is", Literal(word("letter")))),
    text("Opslag"),
    applies_when=Compare(Fact("occupied", "seat"), "is", Literal(word("nej"))),
)

WISHES = Process(
    "wishes",
    text("Ønsker"),
    (Named("wish", text("ønske")), Named("track", text("spor"))),
    "new",
    (
        Named("new", text("ny", "new")),
        Named("scored", text("vurderet", "scored")),
        Named("recommended", text("indstillet", "recommended")),
        Named("decided", text("besluttet", "decided")),
        Named("ordered", text("bestilt", "ordered"), final=True),
    ),
    (
        Step("score", text("Vurdér"), "score", ("group",), "C1", ("new",), None, "scored", (Input("votes"),)),
        Step(
            "recommend", text("Indstil"), "recommendation", ("group",), "C1", ("scored",), None, "recommended"
        ),
        Step("decide", text("Beslut"), "decision", ("board",), "C2", ("recommended",), "C1", "decided"),
        Step("approve", text("Godkend"), "approval", ("council",), "C3", ("decided",), None, None),
        Step(
            "order",
            text("Bestil"),
            "ordering",
            ("office",),
            None,
            ("decided",),
            "C2",
            "ordered",
            rules=(DECIDED, BIG_NEEDS_COUNCIL),
        ),
        Step(
            "reopen",
            text("Genåbn"),
            "reopening",
            ("group",),
            None,
            ("decided", "ordered"),
            None,
            "new",
            new_round=True,
        ),
    ),
)

BOOK = Rulebook(
    "example",
    text("Eksempel"),
    text("Vedtægt"),
    date(2024, 1, 1),
    text("fra stiftelsen"),
    "e" * 64,
    bodies=(
        Named("group", text("gruppen", "the group")),
        Named("board", text("bestyrelsen", "the board")),
        Named("council", text("rådet", "the council")),
        Named("office", text("sekretariatet", "the office")),
    ),
    facts=(
        FactKind("size", "item", SIZES, text("størrelsen", "the size")),
        FactKind(
            "estimate", "item", Kind("number", unit="år"), text("estimatet", "the estimate"), adds_up=True
        ),
        FactKind("votes", "item", Kind("number"), text("stemmerne", "the votes"), each_round=True),
        FactKind("region", "organisation", Kind("word"), text("region")),
    ),
    acts=(
        ActKind("score", text("en vurdering", "a scoring")),
        ActKind("recommendation", text("en indstilling", "a recommendation")),
        ActKind("decision", text("en beslutning", "a decision")),
        ActKind("approval", text("en godkendelse", "an approval"), ("size", "estimate"), "growth"),
        ActKind("ordering", text("en bestilling", "an order")),
        ActKind("reopening", text("en genåbning", "a reopening")),
    ),
    clauses=(
        _clause("C1", Force.MUST, "enforced"),
        _clause("C2", Force.MUST, "enforced"),
        _clause("C3", Force.MUST, "enforced"),
        _clause("C4", Force.MUST, "reported"),
        _clause("C5", Force.DEFAULT, "warned"),
        _clause("C6", Force.SHOULD, "reported"),
        _clause("C7", Force.SHOULD, "reported"),
        _clause("C8", Force.MUST, "reported"),
        _clause("C9", Force.GOAL, "unchecked"),
    ),
    readings=(
        _reading("big", "C3", DatedReading(LARGE)),
        _reading("quarter", "C3", DatedReading(number("1/4"))),
        _reading("growth", "C3", DatedReading(number("1/10"))),
        _reading("years", "C5", DatedReading(number(2))),
        _reading(
            "regions",
            "C6",
            DatedReading(number(3), None, date(2026, 12, 31)),
            DatedReading(number(2), date(2027, 1, 1)),
        ),
    ),
    processes=(WISHES,),
    rules=(TERM, THREE, SPREAD, MEETINGS, CALLED),
    organisations=(
        Organisation("Ask", "town", {"region": (DatedReading(word("North")),)}),
        Organisation("Birk", "town", {"region": (DatedReading(word("South")),)}),
        Organisation(
            "El",
            "town",
            {
                "region": (
                    DatedReading(word("East"), None, date(2026, 12, 31)),
                    DatedReading(word("South"), date(2027, 1, 1)),
                )
            },
        ),
    ),
)
REFEREE = Referee(BOOK)
BOOKS = Rulebooks((BOOK,))


@dataclass
class Pen:
    """Writes events one after the other, as a store would."""

    origin: Origin = Origin.LIVE
    events: list[Event] = field(default_factory=list)

    def write(self, entity: str, payload, when: Span, origin: Origin | None = None) -> int:
        number_ = len(self.events) + 1
        self.events.append(Event(number_, entity, payload, when, NOW, origin or self.origin, "test"))
        return number_

    def add(self, entity: str, kind: str = "wish", when: Span = on(2025, 1, 1), **links: str) -> int:
        state = "new" if kind in ("wish", "track") else ""
        return self.write(entity, Added(kind, entity, links, state), when)

    def fact(self, entity: str, name: str, value: Value, when: Span = on(2025, 1, 2)) -> int:
        return self.write(entity, FactRecorded(name, value), when)

    def complete(self, entity: str, when: Span) -> int:
        return self.write(entity, DeclaredComplete(), when)

    def correct(self, entity: str, event: int, replacement=None, when: Span = on(2025, 5, 1)) -> int:
        return self.write(entity, Corrected(event, "forkert", replacement), when)

    def step(self, entity: str, name: str, when: Span, body: str = "", **inputs: Value):
        """Take a step if the referee allows it, or whatever it says when the pen writes history."""
        record = self.record()
        step = REFEREE.step_for(WISHES, name, record[entity].state)
        request = Request(name, body or step.by[0], when, inputs=inputs, origin=self.origin)
        decision = REFEREE.decide(record[entity], request, record)
        if decision.allowed or self.origin is Origin.HISTORY:
            taken = StepTaken(request, decision.from_state, decision.to_state, step.act, step.new_round)
            self.write(entity, taken, when)
        return decision

    def record(self, by: date | None = None) -> Record:
        return fold(self.events, by)


def decided(**facts: Value) -> Pen:
    """A pen whose wish W has been scored, recommended and decided."""
    pen = Pen()
    pen.add("W")
    for name, value in facts.items():
        pen.fact("W", name, value)
    pen.step("W", "score", on(2025, 2, 1), votes=number(9))
    pen.step("W", "recommend", on(2025, 2, 2))
    pen.step("W", "decide", on(2025, 2, 3))
    return pen


def verdicts(decision) -> dict[str, str]:
    return {finding.rule: finding.verdict.value for finding in decision.findings}


YEAR_SHARE = Span(Fraction(1, 2), Fraction(1))
