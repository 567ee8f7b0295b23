"""Spans of dates: neither reversed nor overlapping, and without gaps where there may be none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from governance.parsing.entries import Entry
from governance.parsing.faultlist import Faults, quoted

ONE_DAY = timedelta(days=1)


def check_order(entry: Entry, faults: Faults) -> bool:
    """Whether a span ends no earlier than it begins; notes the fault at its end."""
    first, last = entry.get("from"), entry.get("to")
    if first is None or last is None or first <= last:
        return True
    message = f"{quoted(last)} ligger før {quoted(first)}"
    faults.add("dates-reversed", entry.at("to"), message, "byt om på `from` og `to`, eller ret den ene")
    return False


def check_apart(spans: Sequence[Entry], faults: Faults) -> bool:
    """Whether the spans are right and no day lies in two; notes the fault at the one that begins last."""
    in_order = [check_order(span, faults) for span in spans]
    if not all(in_order) or any(faults.within(span.place) for span in spans):
        return False
    ordered = _ordered(spans)
    apart = True
    for earlier, later in pairwise(ordered):
        last, first = earlier.get("to"), later.get("from")
        if last is None or first is None or first <= last:
            apart = False
            message = f"værdien fra {_said(first)} overlapper en, der gælder til {_said(last)}"
            faults.add(
                "reading-overlap", later.place, message, "lad den ene slutte dagen før den anden begynder"
            )
    return apart


def check_covered(spans: Sequence[Entry], book: Entry, faults: Faults) -> None:
    """Notes each gap between spans that do not overlap, within the time the rulebook is in force."""
    ordered = _ordered(spans)
    if not ordered:
        return
    begin, end = book.get("from"), book.get("to")
    first, last = ordered[0].get("from"), ordered[-1].get("to")
    if first is not None and begin is not None and first > begin:
        _gap(begin, first - ONE_DAY, ordered[0], faults)
    for earlier, later in pairwise(ordered):
        if later.data["from"] - earlier.data["to"] > ONE_DAY:
            _gap(earlier.data["to"] + ONE_DAY, later.data["from"] - ONE_DAY, later, faults)
    if last is not None and begin is not None and last < (end or date.max):
        _gap(last + ONE_DAY, end, ordered[-1], faults)


def _ordered(spans: Sequence[Entry]) -> list[Entry]:
    return sorted(spans, key=lambda span: (span.get("from") or date.min, span.get("to") or date.max))


def _gap(first: date, last: date | None, at: Entry, faults: Faults) -> None:
    message = f"der er ingen værdi fra {quoted(first)} til {_said(last)}"
    faults.add(
        "reading-gap", at.place, message, "regelsættet gælder også dér; tilføj en værdi, eller ret datoerne"
    )


def _said(day: date | None) -> str:
    return "åben" if day is None else quoted(day)
