"""What a body loses the day after terms have ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from governance.conditions.reasons import Reason
from governance.model import Finding, Force
from governance.record import Record
from governance.roster.coming import ENDS, Ending, Loss, Lost
from governance.roster.findings import group_findings
from governance.roster.spans import day_after
from governance.rulebook import Rulebook, Rulebooks
from governance.values import Choice, day
from governance.world import World

SPREAD = (Force.MUST, Force.DEFAULT, Force.SHOULD)


def losses_of(record: Record, rulebooks: Rulebooks, body: str, endings: Iterable[Ending]) -> tuple[Lost, ...]:
    """What each day costs on which terms are certainly over, held against the same day had they gone on.

    Days that no rulebook covers are left out.
    """
    by_day: dict[date, list[Ending]] = {}
    for ending in endings:
        after = day_after(ending.when.high) if isinstance(ending.when.high, date) else None
        if after is not None:
            by_day.setdefault(after, []).append(ending)
    lost = []
    for at, ended in sorted(by_day.items()):
        if not any(book.covers(at) for book in rulebooks.books):
            continue
        book = rulebooks.on(day(at))
        has = _on_body(record, book, at, body)
        had = _on_body(_going_on(record, ended), book, at, body)
        losses = [loss for rule in has if (loss := _loss(had[rule], has[rule])) is not None]
        lost.append(Lost(at, book, tuple(ended), tuple(losses)))
    return tuple(lost)


def _on_body(record: Record, book: Rulebook, at: date, body: str) -> Mapping[str, Finding]:
    """What the rules on a body itself say, by rule."""
    found = group_findings(World(record, book, day(at)), ("body",), mending=False)
    return {each.rule: each for each in found if each.subject == body and each.force in SPREAD}


def _going_on(record: Record, ended: Iterable[Ending]) -> Record:
    """The record without what says that these terms end."""
    endless = {
        each.term: replace(
            record[each.term],
            told=tuple(known for known in record[each.term].told if known[0] not in ENDS),
        )
        for each in ended
    }
    return {**record, **endless}


def _loss(had: Finding, has: Finding) -> Loss | None:
    left = set(_counted(has.reason))
    gone = tuple(sorted({each for each in _counted(had.reason) if each not in left}))
    if had.verdict is has.verdict and not gone:
        return None
    return Loss(had, has, gone)


def _counted(reason: Reason | None) -> Iterator[str]:
    """The words that were counted anywhere in a reason."""
    if reason is None:
        return
    yield from (value.word for value in reason.counted if isinstance(value, Choice) and value.word)
    for part in reason.parts:
        yield from _counted(part)
