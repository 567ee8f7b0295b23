"""Dates and numbers as Danes write them, put into the notation of the record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april", "april"),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
)
LEAST_LETTERS = 3

_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./ -](\d{4})", re.ASCII)
_DAY = re.compile(r"(?:d\.|den)?\s*(\d{1,2})\.?\s+([a-z]+)\.?\s+(\d{4})", re.ASCII)
_MONTH = re.compile(r"([a-z]+)\.?\s+(\d{4})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?", re.ASCII)
_DECIMAL = re.compile(r"(-?\d{1,12})[.,](\d{1,12})", re.ASCII)
_THOUSANDS = re.compile(r"(-?\d{1,3})((?:\.\d{3})+)(?:,(\d{1,12}))?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[./ -]+(?:\d{1,2}|[a-zæøå]+)[./ -]+\d{2}", re.ASCII | re.IGNORECASE)
_HALVES = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
THOUSAND = 3
MOST_PLACES = 6


def written_date(text: str) -> str:
    """A date such as 9.9.2025, 9. september 2025 or september 2025 as 2025-09-09 or 2025-09; else the text.

    A time of day is left out. Two numbers between points are day and month, in that order.
    """
    return _at_both_ends(text, _one_date)


def written_number(text: str) -> str:
    """A number such as 0,25, ½ or 1.250,5 as 1/4, 1/2 or 2501/2; else the text.

    So it is for what is none, and for what may be a thousand (1.500).
    """
    return _at_both_ends(text, _one_number)


def read_two_ways(text: str) -> bool:
    """Whether a number such as 1.250 or 1,250 may be a thousand or a part, at either end of a span."""
    ends = (_DECIMAL.fullmatch(each.strip()) for each in text.split(".."))
    return any(found is not None and _two_ways(found) for found in ends)


def short_year(text: str) -> bool:
    """Whether a date such as 9.9.25 tells no more than the last two digits of its year."""
    return any(_SHORT_YEAR.fullmatch(each.strip()) for each in text.split(".."))


def _two_ways(found: re.Match[str]) -> bool:
    return len(found[2]) == THOUSAND and int(found[1]) != 0


def in_decimals(text: str, mark: str = ",") -> str:
    """A number such as 5/2 as 2,5 where that says all of it, is short, and is read back; else the text."""
    return _at_both_ends(text, lambda each: _one_decimal(each, mark))


def _one_decimal(text: str, mark: str) -> str:
    if "/" not in text:
        return text
    exact = Fraction(text)
    places = next((n for n in range(1, MOST_PLACES + 1) if 10**n % exact.denominator == 0), 0)
    sign, digits = "-" if exact < 0 else "", f"{int(abs(exact) * 10**places):0{places + 1}}"
    written = f"{sign}{digits[:-places]}{mark}{digits[-places:]}" if places else text
    return written if _one_number(written) == text else text


def _at_both_ends(text: str, read: Callable[[str], str]) -> str:
    low, dots, high = text.strip().partition("..")
    return f"{read(low.strip())}{dots}{read(high.strip())}"


def _one_date(text: str) -> str:
    small = text.casefold()
    if found := _NUMERIC.fullmatch(small):
        return _day(int(found[3]), int(found[2]), int(found[1])) or text
    if found := _DAY.fullmatch(small):
        return _day(int(found[3]), _month(found[2]), int(found[1])) or text
    if found := _MONTH.fullmatch(small):
        month = _month(found[1])
        return f"{found[2]}-{month:02}" if month else text
    if found := _MOMENT.fullmatch(text):
        return found[1]
    return text


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for none."""
    if len(word) < LEAST_LETTERS:
        return 0
    return next(
        (number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)),
        0,
    )


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _one_number(text: str) -> str:
    if text in _HALVES:
        return _HALVES[text]
    grouped = _THOUSANDS.fullmatch(text)
    if grouped is not None and (grouped[3] or grouped[2].count(".") > 1):
        return str(Fraction(f"{grouped[1]}{grouped[2].replace('.', '')}.{grouped[3] or 0}"))
    found = _DECIMAL.fullmatch(text)
    if found is None or _two_ways(found):
        return text
    return str(Fraction(f"{found[1]}.{found[2]}"))
