"""What a value can still be once it is known to compare as wanted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from governance.values import (
    Choice,
    Point,
    Span,
    Truth,
    Value,
    ValueMismatch,
    all_of,
    at_most,
    compare,
    one_of,
    shift,
)

SOME_OTHER_WORD = "…"
"""Stands for a word that none of the rules names."""
HAIR = Fraction(1, 10**12)
"""How little a number is more than another that it is only said to be more than."""
UPWARD = frozenset({"at_least", "no_earlier_than", "more_than", "after"})
DOWNWARD = frozenset({"at_most", "no_later_than", "less_than", "before"})
STRICT = frozenset({"more_than", "after", "less_than", "before"})


def narrow(value: Value, operator: str, wanted: tuple[Value, ...]) -> Value | None:
    """What is left of a value when it compares as wanted to everything wanted can be; None when nothing is.

    ``wanted`` holds the values it may be for ``one_of``, may not be for ``none_of``, none for ``recorded``,
    and one otherwise. Numbers and dates have no ``is_not``, ``none_of`` and ``not_about``: what would be left
    of them is not one span.
    """
    if operator == "recorded":
        return value
    if isinstance(value, Choice):
        words = [each for each in wanted if isinstance(each, Choice)]
        return _narrow_words(value, operator, words)
    spans = [each for each in wanted if isinstance(each, Span)]
    if len(spans) != 1:
        return None
    (bound,) = spans
    if operator == "about":
        return _between(value, bound.low, bound.high)
    if operator in ("is", "one_of"):
        return _between(value, bound.point, bound.point) if bound.point is not None else None
    end, way = (bound.high, 1) if operator in UPWARD else (bound.low, -1)
    reached = None if end is None else _step(end, operator, way)
    if reached is None:
        return None
    return _between(value, reached, None) if operator in UPWARD else _between(value, None, reached)


def _step(point: Point, operator: str, way: int) -> Point | None:
    if operator not in STRICT:
        return point
    if not isinstance(point, date):
        return point + way * HAIR
    try:
        return point + timedelta(days=way)
    except OverflowError:
        return None


def _between(value: Span, low: Point | None, high: Point | None) -> Span | None:
    lows = [end for end in (value.low, low) if end is not None]
    highs = [end for end in (value.high, high) if end is not None]
    last, first = _furthest(lows, last=True), _furthest(highs, last=False)
    if last is not None and first is not None and _furthest([last, first], last=True) != first:
        return None
    return Span(last, first)


def _furthest(points: Iterable[Point], *, last: bool) -> Point | None:
    ordered = sorted(points)
    return None if not ordered else ordered[-1 if last else 0]


def _narrow_words(value: Choice, operator: str, wanted: list[Choice]) -> Choice | None:
    scale = value.scale
    if operator in UPWARD | DOWNWARD:
        (bound,) = wanted
        places = [scale.index(word) for word in bound.options or scale]
        up, strict = operator in UPWARD, operator in STRICT
        end = max(places) + strict if up else min(places) - strict
        fits = frozenset(scale[max(end, 0) :] if up else scale[: max(end + 1, 0)])
    else:
        named = frozenset(word for each in wanted for word in each.options or ())
        if operator in ("is", "one_of"):
            if operator == "is" and len(named) != 1:
                return None
            fits = named
        elif value.options is None:
            return Choice(frozenset({SOME_OTHER_WORD}))
        else:
            fits = value.options - named
    left = fits if value.options is None else value.options & fits
    return Choice(left, scale) if left else None


def meets(value: Value, operator: str, wanted: tuple[Value, ...]) -> Truth:
    """Whether a value compares as wanted, with the turned-round operators that remedies use too."""
    match operator:
        case "recorded":
            return Truth.TRUE
        case "one_of":
            return one_of(value, wanted)
        case "none_of":
            return one_of(value, wanted).negated
        case "is_not":
            return compare(value, "is", wanted[0]).negated
        case "about" | "not_about":
            (window,) = wanted
            if not isinstance(window, Span):
                raise ValueMismatch("a date lies near a date")
            ends = (Span(window.low, window.low), Span(window.high, window.high))
            inside = all_of((at_most(ends[0], value), at_most(value, ends[1])))
            return inside if operator == "about" else inside.negated
    return compare(value, operator, wanted[0])


def window_near(centre: Value, earlier: Value, later: Value) -> Span:
    """The days that lie near the centre wherever it turns out to be."""
    first, last = shift(centre, earlier, "days", back=True), shift(centre, later, "days")
    return Span(first.high, last.low)


def window_round(centre: Value, earlier: Value, later: Value) -> Span:
    """The days that may lie near the centre."""
    first, last = shift(centre, earlier, "days", back=True), shift(centre, later, "days")
    return Span(first.low, last.high)
