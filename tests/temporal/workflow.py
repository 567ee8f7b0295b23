"""A workflow that asks the core for decisions in the sandbox of Temporal, where nothing of ours is let in."""

from __future__ import annotations

from datetime import UTC, date, datetime

from temporalio import workflow

from governance.conditions.nodes import ActDone, Compare, Fact, Literal, ReadingHolds
from governance.model import Added, Event, FactRecorded, Force, Origin, Request, StepTaken, Text
from governance.notation import read_value, read_when
from governance.prose import ruled
from governance.record import fold
from governance.referee import Referee, way_to
from governance.rulebook import (
    ActKind,
    DatedReading,
    FactKind,
    Named,
    Process,
    ReadingChoice,
    Rule,
    Rulebook,
    Step,
)
from governance.values import Kind, number

SAID = Text("sagt", "said")
NUMBER = Kind("number")
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def rulebook() -> Rulebook:
    """One step, taken once the council has approved what is large."""
    large = Compare(Fact("estimate", "item"), "at_least", Literal(number(3)))
    approved = Rule(
        "approved",
        None,
        Force.MUST,
        "item",
        ActDone(("approval",), "item", ("council",)),
        Text("godkendt", "approved"),
        steps=("order",),
        applies_when=ReadingHolds("large"),
    )
    reading = ReadingChoice(
        "large", "C", "large", SAID, (DatedReading(large),), SAID, date(2024, 1, 1), SAID, ()
    )
    approve = Step("approve", SAID, "approval", ("council",), None, ("open",), None, None)
    order = Step("order", SAID, "order", ("office",), None, ("open",), None, "ordered", rules=(approved,))
    states = (Named("open", SAID), Named("ordered", SAID, final=True))
    return Rulebook(
        "gate",
        SAID,
        SAID,
        date(2024, 1, 1),
        SAID,
        "0" * 64,
        bodies=(Named("council", Text("rådet", "the council")), Named("office", SAID)),
        facts=(FactKind("estimate", "item", NUMBER, Text("estimatet", "the estimate")),),
        acts=(ActKind("approval", Text("en godkendelse", "an approval")), ActKind("order", SAID)),
        readings=(reading,),
        processes=(Process("p", SAID, (Named("wish", SAID),), "open", states, (approve, order)),),
    )


def decided(estimate: str, approved_by: str, on: str) -> list[str]:
    """What is answered to an order of an item so estimated, approved by this body, and the way there."""
    when, book = read_when(on), rulebook()
    payloads = [Added("wish", "ønske", {}, "open")]
    payloads += [FactRecorded("estimate", read_value(estimate, NUMBER, "estimate"))] if estimate else []
    if approved_by:
        payloads.append(StepTaken(Request("approve", approved_by, when), "open", "open", "approval"))
    events = [
        Event(place, "I", payload, when, NOW, Origin.LIVE) for place, payload in enumerate(payloads, start=1)
    ]
    record = fold(events)
    referee = Referee(book)
    decision = referee.decide(record["I"], Request("order", "office", when), record)
    route = way_to(referee, record["I"], "ordered", when, record)
    return [
        "allowed" if decision.allowed else "refused",
        *(f"{finding.rule}: {finding.verdict.value} {finding.ways}" for finding in decision.findings),
        *(told.because.da for told in ruled(decision, book)),
        "no way" if route is None else " ".join(leg.step.id for leg in route.legs),
    ]


@workflow.defn
class Gate:
    """Asks once for each case it is given."""

    @workflow.run
    async def run(self, cases: list[list[str]]) -> list[list[str]]:
        """The answers, in the order of the cases."""
        return [decided(*case) for case in cases]
