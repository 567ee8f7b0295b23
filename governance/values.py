"""Values that may be partly known: a span of numbers or dates, or a choice among words.

A date known to the month is the span of its days; a size that is XS or M is the choice of the two.
Comparing gives true or false only when the answer is the same for everything the value may turn out to be.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import lru_cache


class Truth(Enum):
    """Kleene's three truth values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @property
    def negated(self) -> Truth:
        """Not: unknown stays unknown."""
        if self is Truth.UNKNOWN:
            return self
        return Truth.FALSE if self is Truth.TRUE else Truth.TRUE


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's and."""
    found = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE or found is Truth.TRUE:
            found = truth
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's or."""
    return all_of(truth.negated for truth in truths).negated


Point = Fraction | date


@dataclass(frozen=True, slots=True)
class Span:
    """A number or date between two ends, both included; None is an open end."""

    low: Point | None = None
    high: Point | None = None

    @property
    def point(self) -> Point | None:
        """The one value it can be, or None."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that is one of several; None is any word. On a scale the words have an order."""

    options: frozenset[str] | None
    scale: tuple[str, ...] = ()

    @property
    def word(self) -> str | None:
        """The one word it can be, or None."""
        return next(iter(self.options)) if self.options is not None and len(self.options) == 1 else None


Value = Span | Choice


@dataclass(frozen=True, slots=True)
class Kind:
    """What a fact holds: ``number``, ``date``, ``scale``, ``word`` or ``text``.

    ``options`` are the words allowed (in order, for a scale); an open word has none.
    """

    name: str
    options: tuple[str, ...] = ()
    unit: str = ""

    @property
    def ordered(self) -> bool:
        """Whether values can be more or less than each other."""
        return self.name in ("number", "date", "scale")

    def unknown(self) -> Value:
        """The value nothing is known about."""
        if self.name in ("number", "date"):
            return Span()
        if self.name == "scale":
            return Choice(frozenset(self.options), self.options)
        return Choice(frozenset(self.options) if self.options else None)


def fitted(value: Value, kind: Kind) -> Value | None:
    """A recorded value as one of a kind, which may be of later rules than it; None when it is no such value.

    A word moves to another scale when that has all words the value can be, and those of both in one order.
    """
    if isinstance(value, Span):
        point = {"number": Fraction, "date": date}.get(kind.name)
        fits = point and all(end is None or isinstance(end, point) for end in (value.low, value.high))
        return value if fits else None
    if kind.name in ("number", "date") or (
        kind.options and value.options is not None and not value.options <= set(kind.options)
    ):
        return None
    if kind.name != "scale" or value.scale == kind.options:
        return value
    shared = [option for option in value.scale if option in kind.options]
    in_order = shared == sorted(shared, key=kind.options.index)
    return Choice(value.options, kind.options) if in_order and value.options is not None else None


class ValueMismatch(Exception):
    """Two values of different kinds were compared; a rule that does so was not checked when read."""


def number(value: int | str | Fraction) -> Span:
    """A known number; text may be ``3`` or ``1/4``."""
    exact = Fraction(value)
    return Span(exact, exact)


def day(value: date) -> Span:
    """A known day."""
    return Span(value, value)


@lru_cache(maxsize=1024)
def word(value: str) -> Choice:
    """A known word; the same few are asked for all the time."""
    return Choice(frozenset({value}))


def month_of(year: int, month: int) -> Span:
    """Some day of a month."""
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def is_known(value: Value) -> bool:
    """Whether exactly one value is possible."""
    return (value.point if isinstance(value, Span) else value.word) is not None


def says_nothing(value: Value) -> bool:
    """Whether everything is still possible."""
    if isinstance(value, Span):
        return value.low is None and value.high is None
    return value.options is None or (bool(value.scale) and value.options == frozenset(value.scale))


def _bounds(value: Value) -> tuple[Point | None, Point | None]:
    if isinstance(value, Span):
        return value.low, value.high
    if not value.scale:
        raise ValueMismatch("words have no order")
    places = [value.scale.index(option) for option in value.options or value.scale]
    return Fraction(min(places)), Fraction(max(places))


def _below(left: Point | None, right: Point | None, *, or_equal: bool) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, date) and isinstance(right, date):
        return left <= right if or_equal else left < right
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left <= right if or_equal else left < right
    raise ValueMismatch("a number was compared with a date")


def at_most(left: Value, right: Value) -> Truth:
    """left <= right."""
    if isinstance(left, Choice) and isinstance(right, Choice) and left.scale != right.scale:
        raise ValueMismatch("two different scales were compared")
    left_low, left_high = _bounds(left)
    right_low, right_high = _bounds(right)
    if _below(left_high, right_low, or_equal=True):
        return Truth.TRUE
    if _below(right_high, left_low, or_equal=False):
        return Truth.FALSE
    return Truth.UNKNOWN


def same(left: Value, right: Value) -> Truth:
    """left = right."""
    if isinstance(left, Choice) and isinstance(right, Choice):
        if left.options is None or right.options is None:
            return Truth.UNKNOWN
        if not left.options & right.options:
            return Truth.FALSE
        return Truth.TRUE if left.word is not None and left.word == right.word else Truth.UNKNOWN
    if isinstance(left, Choice) or isinstance(right, Choice):
        raise ValueMismatch("a word was compared with a number or date")
    if left.point is not None and left.point == right.point:
        return Truth.TRUE
    if _below(left.high, right.low, or_equal=False) or _below(right.high, left.low, or_equal=False):
        return Truth.FALSE
    return Truth.UNKNOWN


def one_of(value: Value, options: Iterable[Value]) -> Truth:
    """Whether a value is among known options; true too when every word it can be is one of them."""
    known = list(options)
    if isinstance(value, Choice) and value.options is not None:
        words = {option.word for option in known if isinstance(option, Choice)}
        if value.options <= words:
            return Truth.TRUE
    return any_of(same(value, option) for option in known)


def compare(left: Value, operator: str, right: Value) -> Truth:
    """Judge ``left operator right``; operators are those of the rule language."""
    match operator:
        case "is":
            return same(left, right)
        case "at_most" | "no_later_than":
            return at_most(left, right)
        case "at_least" | "no_earlier_than":
            return at_most(right, left)
        case "more_than" | "after":
            return at_most(left, right).negated
        case "less_than" | "before":
            return at_most(right, left).negated
    raise ValueMismatch(f"no operator {operator}")


def hull(values: list[Value]) -> Value:
    """The smallest value that covers all of a non-empty list."""
    first = values[0]
    if isinstance(first, Choice):
        options: frozenset[str] | None = frozenset()
        for value in values:
            if not isinstance(value, Choice):
                raise ValueMismatch("a word was mixed with a number or date")
            options = None if options is None or value.options is None else options | value.options
        return Choice(options, first.scale)
    spans = [value for value in values if isinstance(value, Span)]
    lows = [span.low for span in spans]
    highs = [span.high for span in spans]
    return Span(
        None if None in lows else min(lows),  # type: ignore[type-var]  # None is excluded on this line
        None if None in highs else max(highs),  # type: ignore[type-var]  # None is excluded on this line
    )


def _shift_day(day_: date, amount: int, unit: str) -> date | None:
    try:
        if unit in ("days", "weeks"):
            return day_ + timedelta(days=amount * (7 if unit == "weeks" else 1))
        months = day_.year * 12 + day_.month - 1 + amount * (12 if unit == "years" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day_.day, last))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def shift(base: Value, amount: Value, unit: str, *, back: bool = False) -> Span:
    """A date moved by whole days, weeks, months or years.

    A month that lacks the day gives its last day (29 February and a year: 28 February). Of a date past the
    calendar's years 1 to 9999 it is only known that it lies at or beyond the calendar's last or first day.
    """
    if not isinstance(base, Span) or not isinstance(amount, Span):
        raise ValueMismatch("only dates can be shifted, and only by a number")
    least, most = (amount.high, amount.low) if back else (amount.low, amount.high)
    sign = -1 if back else 1

    def moved(end: Point | None, by: Point | None, beyond: date) -> date | None:
        if not isinstance(end, date) or not isinstance(by, Fraction):
            return None
        there = _shift_day(end, sign * int(by), unit)
        return beyond if there is None and (beyond == date.max) is (sign * by > 0) else there

    return Span(moved(base.low, least, date.max), moved(base.high, most, date.min))
