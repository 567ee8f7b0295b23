"""The rules, what the record comes to by them, and what must be done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from governance import service
from governance.service import (
    DifferencesView,
    ReportView,
    RulebookLine,
    RulePage,
    RulesView,
    TodoView,
    TraceLine,
)
from web.api.nouns import MOST_ID, Asked, AsOf, Known
from web.api.operations import LINK, linked, reads
from web.api.schemas import Says
from web.common import governance

RULES, RECORD = "rules", "record"


@dataclass(frozen=True, slots=True)
class RulesOn:
    """The day whose rules are asked for."""

    on: Asked = ""


@dataclass(frozen=True, slots=True)
class TwoDays:
    """The days whose rulebooks are held against each other."""

    from_: Annotated[str, Says("The day of the earlier rulebook.", most=MOST_ID)] = ""
    to: Annotated[str, Says("The day of the later rulebook.", most=MOST_ID)] = ""


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """How many days ahead, from which day and what knowledge; for whom, and which page."""

    days: Annotated[int, Says("How many days ahead.", 0, 9999)] = service.WEEK
    on: Asked = ""
    known: Known = ""
    body: Annotated[str, Says("Only what waits for this body, by its id in the rules.", most=MOST_ID)] = ""
    page: Annotated[int, Says("Which page of the items that wait, from 1.", 1, 1_000_000)] = 1
    per_page: Annotated[int, Says("How many items that wait a page has.", 1, 100)] = service.PER_PAGE


@reads("/rules", RULES, RulesView, query=RulesOn)
def get_rules(query: RulesOn) -> RulesView:
    """The rulebook in force on a day: clauses in our own words, processes, rules, readings, silences."""
    return service.rules(governance(), on=query.on)


@reads("/rules/<path:id>", RULES, RulePage, query=RulesOn)
def get_rule(query: RulesOn, *, id_: str) -> RulePage:
    """One rule or step, with who may take it and from where, and the clauses and readings it rests on."""
    return service.rule(governance(), id_, on=query.on)


@reads("/rulebooks", RULES, RulebookLine, many=True)
def list_rulebooks() -> tuple[RulebookLine, ...]:
    """Every rulebook there is, the earliest first."""
    return service.rulebook_lines(governance())


@reads("/rulebooks/differences", RULES, DifferencesView, query=TwoDays)
def get_rule_differences(query: TwoDays) -> DifferencesView:
    """What the rulebook of one day says otherwise than that of another; by default the newest two."""
    return service.rule_differences(governance(), from_=query.from_, to=query.to)


@reads("/trace", RULES, TraceLine, many=True, query=RulesOn)
def get_trace(query: RulesOn) -> tuple[TraceLine, ...]:
    """Every clause with its place in the document and the digest of its sentence."""
    return service.trace(governance(), on=query.on)


@reads("/report", RECORD, ReportView, query=AsOf)
def get_report(query: AsOf) -> ReportView:
    """The record held against every clause, with the findings behind each verdict."""
    return service.report(governance(), on=query.on, known=query.known)


@reads("/todo", RECORD, TodoView, query=DaysAhead, headers=LINK)
def get_todo(query: DaysAhead) -> tuple[TodoView, dict[str, str]]:
    """What must be done within some days, by whom, and what waits without a day.

    The items that wait for a step come last, a page at a time; all else stands on the first page.
    """
    found = service.todo(governance(), **asdict(query))
    following = found.page + 1 if found.more else None
    around = {"first": 1, "prev": found.page - 1, "next": following, "last": found.pages}
    return found, linked({rel: {"page": page} for rel, page in around.items() if page})
