"""Values as Danes and the English write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from governance.model import Text
from governance.prose.labels import both, either, label
from governance.prose.spoken import MONTHS_DA, MONTHS_EN, say_day
from governance.rulebook import Rulebook
from governance.values import Choice, Span, Value, month_of, says_nothing

__all__ = ["NOT_RECORDED", "is_yes_or_no", "say_date", "say_day", "say_number", "say_value", "say_weekday"]

HALVES = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}
HUNDRED = 100
NOT_RECORDED = Text("ikke registreret", "not recorded")


WEEKDAYS_DA = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_weekday(day: date) -> Text:
    """lørdag den 30. august 2025."""
    said = say_day(day)
    return Text(f"{WEEKDAYS_DA[day.weekday()]} den {said.da}", f"{WEEKDAYS_EN[day.weekday()]} {said.en}")


def say_date(span: Span) -> Text:
    """A date as far as it is known: the day, the month, the year, or between which."""
    low, high = span.low, span.high
    if isinstance(low, date) and isinstance(high, date):
        if low == high:
            return say_day(low)
        if span == month_of(low.year, low.month):
            return Text(f"{MONTHS_DA[low.month - 1]} {low.year}", f"{MONTHS_EN[low.month - 1]} {low.year}")
        if span == Span(date(low.year, 1, 1), date(low.year, 12, 31)):
            return Text(str(low.year), str(low.year))
        return both("fra {low} til {high}", "between {low} and {high}", low=say_day(low), high=say_day(high))
    if isinstance(high, date):
        return both("senest {high}", "no later than {high}", high=say_day(high))
    if isinstance(low, date):
        return both("tidligst {low}", "no earlier than {low}", low=say_day(low))
    return Text("en ukendt dato", "an unknown date")


def say_number(value: Fraction) -> Text:
    """A number with its thousands set apart; halves and quarters by their signs.

    Other parts stand as decimals where two say all of them, else as fractions.
    """
    whole, rest = divmod(abs(value), 1)
    sign = "-" if value < 0 else ""
    if rest and rest not in HALVES and HUNDRED % rest.denominator == 0:
        part = f"{int(rest * HUNDRED):02}".rstrip("0")
        return Text(f"{sign}{whole:,}".replace(",", ".") + f",{part}", f"{sign}{whole:,}.{part}")
    if rest and rest not in HALVES:
        return Text(str(value), str(value))
    shown = f"{whole:,}" if whole or not rest else ""
    end = HALVES.get(rest, "")
    return Text(f"{sign}{shown.replace(',', '.')}{end}", f"{sign}{shown}{end}")


def say_value(value: Value, rulebook: Rulebook, unit: str = "") -> Text:
    """A value in words; what is wholly unknown is not recorded."""
    if says_nothing(value):
        return NOT_RECORDED
    if isinstance(value, Choice):
        words = sorted(value.options or (), key=value.scale.index if value.scale else None)
        return either(label(rulebook, word) for word in words)
    if isinstance(value.low, date) or isinstance(value.high, date):
        return say_date(value)
    said = _say_numbers(value)
    return both("{said} {unit}", "{said} {unit}", said=said, unit=label(rulebook, unit)) if unit else said


def is_yes_or_no(wanted: tuple[object, ...]) -> bool:
    """Whether what is wanted of a fact is a yes or a no."""
    words = [each.options or frozenset("?") for each in wanted if isinstance(each, Choice)]
    return len(words) == len(wanted) == 1 and words[0] <= {"ja", "nej"}


def _say_numbers(span: Span) -> Text:
    low, high = span.low, span.high
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        if low == high:
            return say_number(low)
        return both("{low}–{high}", "{low}–{high}", low=say_number(low), high=say_number(high))
    if isinstance(low, Fraction):
        return both("mindst {low}", "at least {low}", low=say_number(low))
    if isinstance(high, Fraction):
        return both("højst {high}", "at most {high}", high=say_number(high))
    return NOT_RECORDED
