"""What a value can still be once it compares as wanted: all of that, and nothing else."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.conditions.narrow import HAIR, meets, narrow
from governance.values import Choice, Span, Truth, day, number, word

SIZES = ("XS", "S", "M", "L")
DAYS = [day(date(2024, 2, 26) + timedelta(days=n)) for n in range(8)]
NUMBERS = [number(Fraction(n, 2)) for n in range(8)]
COMPARING = ("is", "at_least", "at_most", "more_than", "less_than")
DATED = ("is", "before", "after", "no_later_than", "no_earlier_than", "about")


def size(*options: str) -> Choice:
    return Choice(frozenset(options), SIZES)


def spans_of(points):
    """Known values, and spans with one or both ends."""
    some = st.sampled_from(points)
    ends = st.tuples(some, some).map(lambda pair: sorted(pair, key=lambda span: span.low))
    return st.one_of(
        some,
        ends.map(lambda pair: Span(pair[0].low, pair[1].low)),
        some.map(lambda end: Span(end.low, None)),
        some.map(lambda end: Span(None, end.low)),
    )


words = st.sets(st.sampled_from(SIZES), min_size=1).map(lambda options: size(*options))


def check(value, operator, wanted, points) -> None:
    left = narrow(value, operator, wanted)
    inside = [point for point in points if holds_in(point, value)]
    fitting = [point for point in inside if meets(point, operator, wanted) is Truth.TRUE]
    if left is None:
        assert fitting == []
        return
    assert meets(left, operator, wanted) is Truth.TRUE
    assert [point for point in inside if holds_in(point, left)] == fitting


def holds_in(point, value) -> bool:
    if isinstance(value, Choice):
        return point.options <= value.options
    return (value.low is None or value.low <= point.low) and (value.high is None or point.low <= value.high)


@given(spans_of(NUMBERS), st.sampled_from(COMPARING), st.sampled_from(NUMBERS))
def test_a_number_is_narrowed_to_what_compares_as_wanted(value, operator, wanted) -> None:
    check(value, operator, (wanted,), NUMBERS)


@given(spans_of(DAYS), st.sampled_from(DATED), st.sampled_from(DAYS))
def test_a_date_is_narrowed_to_what_compares_as_wanted(value, operator, wanted) -> None:
    check(value, operator, (wanted,), DAYS)


@given(words, st.sampled_from((*COMPARING, "is_not", "one_of", "none_of")), st.sampled_from(SIZES))
def test_a_word_of_a_scale_is_narrowed_to_what_compares_as_wanted(value, operator, wanted) -> None:
    check(value, operator, (size(wanted),), [size(each) for each in SIZES])


@pytest.mark.parametrize(
    ("value", "operator", "wanted", "left"),
    [
        (Span(), "recorded", (), Span()),
        (Span(), "more_than", (number(3),), Span(3 + HAIR, None)),
        (Span(), "after", (DAYS[0],), Span(date(2024, 2, 27), None)),
        (Span(), "after", (day(date.max),), None),
        (Span(), "at_least", (Span(Fraction(1), Fraction(2)),), Span(Fraction(2), None)),
        (Span(), "at_least", (Span(Fraction(1), None),), None),
        (Span(), "is", (Span(Fraction(1), Fraction(2)),), None),
        (number(1), "at_least", (number(2),), None),
        (Choice(None), "is", (word("a"),), word("a")),
        (Choice(None), "none_of", (word("a"), word("b")), word("…")),
        (size("M", "L"), "is", (size("S", "M"),), None),
        (size("XS"), "less_than", (size("XS"),), None),
    ],
)
def test_what_is_wanted_may_be_strict_partly_known_or_out_of_reach(value, operator, wanted, left) -> None:
    assert narrow(value, operator, wanted) == left
