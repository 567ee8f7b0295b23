"""Dates and numbers as Danes write them, wherever somebody types; stored alike, and refused when unclear."""

from fractions import Fraction

import pytest

from governance.model import RequestError, Text
from governance.prose.values import say_number
from governance.service import item, record_fact
from governance.service.words import in_notation
from governance.values import Kind
from tests.service.asking import new

DATE, NUMBER = Kind("date"), Kind("number")


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        (DATE, "9.9.2025", "2025-09-09"),
        (DATE, "9. september 2025", "2025-09-09"),
        (DATE, "september 2025", "2025-09"),
        (DATE, "2025-09-09", "2025-09-09"),
        (DATE, "9.9.2025..12.10.2025", "2025-09-09..2025-10-12"),
        (DATE, "..9.9.2025", "..2025-09-09"),
        (NUMBER, "1.250,5", "2501/2"),
        (NUMBER, "1.250.000", "1250000"),
        (NUMBER, "0,25", "1/4"),
        (NUMBER, "0,125", "1/8"),
        (NUMBER, "-1.000,5", "-2001/2"),
        (NUMBER, "0,5..1", "1/2..1"),
        (NUMBER, "1/4", "1/4"),
        (Kind("text"), "9.9.25 og 1.250", "9.9.25 og 1.250"),
    ],
)
def test_what_can_be_read_in_one_way_is_put_in_the_notation_of_the_record(kind, written, meant):
    assert in_notation(written, kind) == meant


@pytest.mark.parametrize("written", ["1.250", "1,250", "0..1.250", "12.345"])
def test_a_number_that_may_be_a_thousand_or_a_part_is_asked_about(written):
    with pytest.raises(RequestError, match="can be read in two ways"):
        in_notation(written, NUMBER)


@pytest.mark.parametrize("written", ["9.9.25", "9. september 25", "09-09-25", "..9/9/25"])
def test_a_year_of_two_digits_is_asked_about(written):
    with pytest.raises(RequestError, match="a year of two digits; write it with four"):
        in_notation(written, DATE)


def test_a_fact_and_its_day_written_by_hand_are_stored_as_those_in_the_notation(gov):
    new(gov, "ÆØ-1")
    new(gov, "ÆØ-2")
    record_fact(gov, "ÆØ-1", "estimat-aar", "0,25", source="mail", on="20. november 2025")
    record_fact(gov, "ÆØ-2", "estimat-aar", "1/4", source="mail", on="2025-11-20")
    typed, plain = (
        next(fact for fact in item(gov, id_).facts if fact.id == "estimat-aar") for id_ in ("ÆØ-1", "ÆØ-2")
    )
    assert (typed.value, typed.on) == (plain.value, plain.on)


def test_an_unclear_number_stores_nothing_and_says_what_would_be_right(gov):
    new(gov, "ÆØ-1")
    with pytest.raises(RequestError) as refused:
        record_fact(gov, "ÆØ-1", "estimat-aar", "1.250", source="mail")
    (problem,) = refused.value.problems
    assert problem.da.startswith("`1.250` kan læses på to måder; skriv 1250 uden tegn")
    assert "estimat-aar" not in {fact.id for fact in item(gov, "ÆØ-1").facts}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1, 5), Text("0,2", "0.2")),
        (Fraction(5001, 4), Text("1.250¼", "1,250¼")),
        (Fraction(125005, 100), Text("1.250,05", "1,250.05")),
        (Fraction(-21, 10), Text("-2,1", "-2.1")),
        (Fraction(1, 3), Text("1/3", "1/3")),
    ],
)
def test_a_number_is_shown_as_each_language_writes_it(value, said):
    assert say_number(value) == said
