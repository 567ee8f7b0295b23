"""The rules, what the record comes to by them, and what must be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from governance import service
from governance.service import ReportView, RulesView, TodoView, TraceLine
from web.api.nouns import Asked, AsOf, Known
from web.api.operations import reads
from web.api.schemas import Says
from web.common import governance

RULES, RECORD = "rules", "record"


@dataclass(frozen=True, slots=True)
class RulesOn:
    """The day whose rules are asked for."""

    on: Asked = ""


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """How many days ahead, from which day and what knowledge."""

    days: Annotated[int, Says("How many days ahead.", 0, 9999)] = service.WEEK
    on: Asked = ""
    known: Known = ""


@reads("/rules", RULES, RulesView, query=RulesOn)
def get_rules(query: RulesOn) -> RulesView:
    """The rulebook in force on a day: clauses in our own words, processes, rules, readings, silences."""
    return service.rules(governance(), on=query.on)


@reads("/trace", RULES, TraceLine, many=True, query=RulesOn)
def get_trace(query: RulesOn) -> tuple[TraceLine, ...]:
    """Every clause with its place in the document and the digest of its sentence."""
    return service.trace(governance(), on=query.on)


@reads("/report", RECORD, ReportView, query=AsOf)
def get_report(query: AsOf) -> ReportView:
    """The record held against every clause, with the findings behind each verdict."""
    return service.report(governance(), on=query.on, known=query.known)


@reads("/todo", RECORD, TodoView, query=DaysAhead)
def get_todo(query: DaysAhead) -> TodoView:
    """What must be done within some days, by whom, and what waits without a day."""
    return service.todo(governance(), on=query.on, days=query.days, known=query.known)
