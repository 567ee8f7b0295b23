"""The group judged on every day of a span: once for each stretch of days that no rule can tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta

from governance.conditions.judge import value_of
from governance.conditions.rows import Row
from governance.model import Event, Finding
from governance.record import Record, fold
from governance.roster.findings import OF_A_BODY, group_findings, judges
from governance.rulebook import Rule, Rulebook, Rulebooks
from governance.values import Span, ValueMismatch, day
from governance.world import World, rows_of


@dataclass(frozen=True, slots=True)
class JudgedSpan:
    """Days in a row, both ends included, on which one rulebook says the same of a body.

    The same is what a reader would be told: rule, thing, verdict, and what was seen and wanted. The findings
    carry no ways to mend.
    """

    from_: date
    to: date
    rulebook: Rulebook
    findings: tuple[Finding, ...]


def judged_spans(
    events: Sequence[Event], rulebooks: Rulebooks, body: str, first: date, last: date
) -> tuple[JudgedSpan, ...]:
    """What the rules on a body, its seats and its terms say on every day from ``first`` to ``last``.

    Each day is judged with what the events tell of the time until it, as `seats_on` does. Raises RuleError
    when some day has no rulebook.
    """
    starts = [first, *sorted(each for each in change_days(events, rulebooks) if first < each <= last)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    spans: list[JudgedSpan] = []
    for start, end in zip(starts, ends, strict=True):
        for span in _judged(fold(events, by=start), rulebooks.on(day(start)), body, start, end):
            if spans and _same(spans[-1], span):
                spans[-1] = replace(spans[-1], to=span.to)
            else:
                spans.append(span)
    return tuple(spans)


def change_days(events: Iterable[Event], rulebooks: Rulebooks) -> frozenset[date]:
    """Every day that may differ from the one before it, as far as dates written down can make it.

    A day is only ever held against a date that an event or a rulebook tells, and lies before it, on it or
    after it; so nothing changes but on such a date and on the day after.
    """
    told = {each for event in events for each in _days((event.on, event.payload))}
    told |= set(_days(rulebooks.books))
    return frozenset(told | {after for each in told if (after := day_after(each)) is not None})


def day_after(at: date) -> date | None:
    """The next day; None after the last day of the calendar."""
    return at + timedelta(days=1) if at < date.max else None


def _days(thing: object) -> Iterator[date]:
    """Every date that stands anywhere in a noun."""
    if isinstance(thing, date):
        yield thing
    elif isinstance(thing, Mapping):
        for each in thing.values():
            yield from _days(each)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _days(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _days(getattr(thing, field.name))


def _judged(record: Record, book: Rulebook, body: str, start: date, end: date) -> Iterator[JudgedSpan]:
    """A stretch on which all rows stay the same, parted where the last day of some duty has passed."""
    passed = sorted(each for each in _days_passed(World(record, book, day(start))) if start < each <= end)
    own = _of_body(record, body)
    starts = [start, *passed]
    for at, to in zip(starts, [*(each - timedelta(days=1) for each in passed), end], strict=True):
        found = group_findings(World(record, book, day(at)), OF_A_BODY, mending=False)
        told = tuple(replace(finding, ways=()) for finding in found if finding.subject in own)
        yield JudgedSpan(at, to, book, told)


def _of_body(record: Record, body: str) -> frozenset[str]:
    """A body, its seats and their terms."""
    seats = {each.id for each in record.values() if each.kind == "seat" and each.links.get("body") == body}
    terms = {each.id for each in record.values() if each.kind == "term" and each.links.get("seat") in seats}
    return frozenset({body} | seats | terms)


def _days_passed(world: World) -> set[date]:
    """The days after the last day of each duty, as early and as late as that may be."""
    last_days = [
        due_on(rule, row, world)
        for rule in world.rulebook.rules
        if rule.due is not None and not rule.steps and rule.for_each in OF_A_BODY
        for row in rows_of(rule.for_each, world)
        if judges(rule, row)
    ]
    ends = [end for span in last_days for end in (span.low, span.high) if isinstance(end, date)]
    return {after for end in ends if (after := day_after(end)) is not None}


def due_on(rule: Rule, row: Row, world: World) -> Span:
    """The last day of a duty on one row, as far as it is known; wholly unknown when none is set."""
    if rule.due is None:
        return Span()
    try:
        found = value_of(rule.due, world.scope((rule.for_each, row)))
    except ValueMismatch:
        return Span()
    return found if isinstance(found, Span) else Span()


def _same(one: JudgedSpan, other: JudgedSpan) -> bool:
    return one.rulebook.digest == other.rulebook.digest and one.findings == other.findings
