"""The record held against every clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from governance import conformance
from governance.conformance import ClauseReport, Judged
from governance.record import Record
from governance.rulebook import Clause, Rulebook
from governance.service.findings import finding_view
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.reading import known_on, said_day, the_record
from governance.service.sealing import SEALED, open_rounds
from governance.service.showing import is_item, stepped_kinds
from governance.service.views import ClauseView, FindingView, ReportView, Said
from governance.service.words import query_day
from governance.values import day


@named
def report(gov: Governance, *, on: str = "", known: str = "") -> ReportView:
    """Every clause with its verdict and evidence, on a date; RequestError when no rulebook covers it.

    With ``known``, on what the record held at the end of that day. What was seen of a ballot stays sealed
    until its round is closed.
    """
    at, asked = query_day(on, gov.today), known_on(gov, known)
    books = gov.current_rulebooks(asked)
    book = gov.rulebook(day(at), asked)
    events = the_record(gov, asked).events
    newest = gov.current_rulebooks().books[-1]
    with looking(gov) as connection:
        rounds = open_rounds(connection, newest)
    hidden = frozenset(event.number for event in events if event.entity in rounds)
    found = conformance.report(events, books, at)
    return ReportView(
        on=at.isoformat(),
        title=book.title,
        rulebook=book.digest,
        clauses=tuple(_clause(book, each, hidden) for each in found.clauses),
        ours=tuple(_finding(book, each, hidden) for each in found.ours),
        tensions=tuple(Said(remark.id, remark.text) for remark in book.tensions),
        silences=tuple(Said(remark.id, remark.text) for remark in book.silences),
        items=tuple(each.id for each in found.record.values() if is_item(book, each)),
        known=said_day(asked),
        pages=tuple(_pages(book, found.record)),
    )


POINT = "agenda-point"
HOLDERS = ("seat", "meeting", "item")
"""What a thing without a page of its own may belong to, as it links to it."""


def _pages(book: Rulebook, record: Record) -> Iterator[tuple[str, str]]:
    """Of each thing whose page shows it; nothing of what no page shows."""
    stepped = set(stepped_kinds(book))
    for thing in record.values():
        own = thing.kind in stepped and thing.kind != POINT
        holder = next((thing.links[name] for name in HOLDERS if name in thing.links), "")
        if own or holder:
            yield thing.id, thing.id if own else holder


def _finding(book: Rulebook, judged: Judged, hidden: frozenset[int]) -> FindingView:
    view = finding_view(book, judged.finding, judged.finding.subject, judged.event)
    return replace(view, because=SEALED, mend=None) if judged.event in hidden else view


def _clause(book: Rulebook, each: ClauseReport, hidden: frozenset[int]) -> ClauseView:
    view = clause_view(book, each.clause)
    findings = tuple(_finding(book, judged, hidden) for judged in each.findings)
    return ClauseView(
        id=view.id,
        section=view.section,
        place=view.place,
        force=view.force,
        text=view.text,
        check=view.check,
        part_of=view.part_of,
        why=view.why,
        note=view.note,
        verdict=each.verdict,
        findings=findings,
        rules=view.rules,
        readings=view.readings,
    )


def clause_view(book: Rulebook, clause: Clause) -> ClauseView:
    """A clause with the rules, steps and readings that rest on it; without a verdict."""
    rules = [Said(rule.id, rule.label) for rule in book.every_rule if rule.clause == clause.id]
    steps = [
        Said(step.id, step.label)
        for process in book.processes
        for step in process.steps
        if clause.id in (step.by_clause, step.from_clause)
    ]
    readings = [Said(each.id, each.means) for each in book.readings if each.clause == clause.id]
    return ClauseView(
        id=clause.id,
        section=clause.section,
        place=clause.place,
        force=clause.force,
        text=clause.text,
        check=clause.check,
        part_of=clause.part_of,
        why=clause.why,
        note=clause.note,
        verdict=None,
        findings=(),
        rules=tuple(dict.fromkeys([*rules, *steps])),
        readings=tuple(readings),
    )
