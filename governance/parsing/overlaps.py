"""Rulebooks held against each other: no day is covered by two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from governance.faults import Fault, RuleError
from governance.parsing.faultlist import Source, quoted
from governance.rulebook import Rulebook


def check_rulebooks(books: Sequence[Rulebook], sources: Mapping[str, Sequence[Source]] | None = None) -> None:
    """Raises RuleError with a fault for each rulebook that begins before an earlier one has ended.

    A rulebook that names no last day is taken over by the next one on that one's first day, so that a
    rulebook in force need never be edited. ``sources`` are the files of each rulebook by its digest, to say
    where its first day is written.
    """
    ordered = sorted(books, key=lambda book: (book.from_, book.to or date.max, book.digest))
    faults = []
    for place, later in enumerate(ordered[1:], start=1):
        begun = [each for each in ordered[:place] if _meets(each, later)]
        if not begun:
            continue
        earlier = begun[-1]
        ends = f"til {quoted(earlier.to)}" if earlier.to is not None else "uden slutning"
        first = f"{quoted(later.id)} fra {quoted(later.from_)}"
        message = f"{first} overlapper {quoted(earlier.id)} fra {quoted(earlier.from_)}, der gælder {ends}"
        name, line, column = _first_day(later, (sources or {}).get(later.digest, ()))
        help_ = "lad det ene slutte dagen før det andet begynder, eller udelad dets slutning"
        faults.append(Fault("rulebooks-overlap", name, line, column, message, help_))
    if faults:
        raise RuleError(tuple(faults))


def _meets(earlier: Rulebook, later: Rulebook) -> bool:
    return earlier.from_ == later.from_ or (earlier.to is not None and earlier.to >= later.from_)


def _first_day(book: Rulebook, sources: Sequence[Source]) -> tuple[str, int, int]:
    path = ("rulebook", "in_force", "from")
    for source in sources:
        if path in source.values:
            return (source.name, *source.values[path])
    return book.id, 1, 1
