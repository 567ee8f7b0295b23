"""Values as people write them: ``1/2..1``, ``XS|M``, ``2025-03``, ``..2025-09-09``; read and written back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction

from governance.model import RequestError, Text
from governance.values import Choice, Kind, Point, Span, Value, day, month_of

_NUMBER = re.compile(r"-?\d{1,12}(/[1-9]\d{0,11})?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
MOST_TEXT = 4000
A_DATE = Text(
    "en dato som 2025-09-09, 2025-09, 2025 eller ..2025-09-09",
    "a date such as 2025-09-09, 2025-09, 2025 or ..2025-09-09",
)


def read_value(text: str, kind: Kind, name: str) -> Value:
    """The value a person wrote for a fact; RequestError says what is wrong and what would be right."""
    cleaned = text.strip()
    match kind.name:
        case "number" | "date":
            return _read_span(cleaned, kind, name)
        case "scale":
            return Choice(_read_words(cleaned, kind, name), kind.options)
        case "word" if kind.options:
            return Choice(_read_words(cleaned, kind, name))
    if (
        not cleaned
        or len(cleaned) > MOST_TEXT
        or any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in cleaned)
    ):
        raise _wrong(
            name,
            cleaned[:40],
            f"en tekst på 1 til {MOST_TEXT} tegn",
            f"a text of 1 to {MOST_TEXT} characters",
        )
    return Choice(frozenset({cleaned}))


def read_when(text: str) -> Span:
    """A date known to the day, month or year, or a span ``from..to`` of them."""
    try:
        return _read_span(text.strip(), Kind("date"), "")
    except RequestError:
        shown = text.strip()[:40]
        raise RequestError(
            Text(
                f"`{shown}` er ikke en dato; skriv {A_DATE.da}", f"`{shown}` is not a date; write {A_DATE.en}"
            )
        ) from None


def _read_span(text: str, kind: Kind, name: str) -> Span:
    low, dots, high = text.partition("..")
    ends = [_read_end(part.strip(), kind, name, text) if part.strip() else Span() for part in (low, high)]
    if not dots:
        if not low:
            raise _expected(name, text, kind)
        return ends[0]
    span = Span(ends[0].low, ends[1].high)
    if span == Span() or (span.low is not None and span.high is not None and _reversed(span.low, span.high)):
        raise _expected(name, text, kind)
    return span


def _reversed(low: Point, high: Point) -> bool:
    if isinstance(low, date) or isinstance(high, date):
        return isinstance(low, date) and isinstance(high, date) and high < low
    return high < low


def _read_end(text: str, kind: Kind, name: str, whole: str) -> Span:
    if kind.name == "number":
        if not _NUMBER.fullmatch(text):
            raise _expected(name, whole, kind)
        return Span(Fraction(text), Fraction(text))
    found = _DATE.fullmatch(text)
    if found is None:
        raise _expected(name, whole, kind)
    year, month, day_of_month = (int(part) if part else None for part in found.groups())
    try:
        if year is None:
            raise _expected(name, whole, kind)
        if month is None:
            return Span(date(year, 1, 1), date(year, 12, 31))
        return month_of(year, month) if day_of_month is None else day(date(year, month, day_of_month))
    except ValueError:
        raise _expected(name, whole, kind) from None


def _read_words(text: str, kind: Kind, name: str) -> frozenset[str]:
    words = frozenset(part.strip() for part in text.split("|"))
    if not words or not words <= set(kind.options):
        offered = ", ".join(kind.options)
        raise _wrong(
            name, text[:40], f"et af ordene {offered} (flere mulige: A|B)", f"one of {offered} (several: A|B)"
        )
    return words


def _expected(name: str, text: str, kind: Kind) -> RequestError:
    if kind.name == "number":
        return _wrong(name, text[:40], "et tal som 3, 1/4 eller 1/2..1", "a number such as 3, 1/4 or 1/2..1")
    return _wrong(name, text[:40], A_DATE.da, A_DATE.en)


def _wrong(name: str, text: str, da: str, en: str) -> RequestError:
    return RequestError(
        Text(f"`{text}` kan ikke stå i `{name}`; skriv {da}", f"`{text}` does not fit `{name}`; write {en}")
    )


def write_point(point: Point) -> str:
    """A number or date as it is written."""
    return point.isoformat() if isinstance(point, date) else str(point)


def write_value(value: Value) -> str:
    """The notation of a value, read back by ``read_value``; wholly unknown is ``?``."""
    if isinstance(value, Choice):
        if value.options is None:
            return "?"
        return "|".join(sorted(value.options, key=value.scale.index if value.scale else None))
    if value.low is not None and value.low == value.high:
        return write_point(value.low)
    if value == Span():
        return "?"
    whole = _whole_period(value)
    low = "" if value.low is None else write_point(value.low)
    high = "" if value.high is None else write_point(value.high)
    return whole or f"{low}..{high}"


def _whole_period(span: Span) -> str | None:
    if not isinstance(span.low, date) or not isinstance(span.high, date):
        return None
    if span == month_of(span.low.year, span.low.month):
        return f"{span.low.year:04}-{span.low.month:02}"
    if span == Span(date(span.low.year, 1, 1), date(span.low.year, 12, 31)):
        return f"{span.low.year:04}"
    return None
