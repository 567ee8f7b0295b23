"""Values, conditions and remedies said in Danish and English."""

import re
from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Count,
    Distinct,
    Each,
    Exists,
    Extreme,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.conditions.reasons import (
    ActAs,
    Change,
    ComeTo,
    Complete,
    Do,
    Explain,
    Reach,
    Reason,
    Record,
    Supply,
    Wait,
)
from governance.prose import (
    say_condition,
    say_date,
    say_expression,
    say_reason,
    say_remedy,
    say_rule,
    say_value,
    say_way,
)
from governance.prose.nouns import KINDS
from governance.record import PERSON, RULEBOOK
from governance.values import Choice, Span, Truth, day, month_of, number, word
from governance.vocabulary import RECORDED_KINDS
from tests.dubu_book import BOOK as DUBU
from tests.example import BOOK, on, size


@pytest.mark.parametrize(
    ("span", "danish", "english"),
    [
        (day(date(2025, 9, 9)), "9. september 2025", "9 September 2025"),
        (month_of(2025, 3), "marts 2025", "March 2025"),
        (Span(date(2025, 1, 1), date(2025, 12, 31)), "2025", "2025"),
        (Span(None, date(2025, 9, 9)), "senest 9. september 2025", "no later than 9 September 2025"),
        (Span(date(2025, 9, 9), None), "tidligst 9. september 2025", "no earlier than 9 September 2025"),
        (
            Span(date(2025, 8, 26), date(2025, 9, 2)),
            "fra 26. august 2025 til 2. september 2025",
            "between 26 August 2025 and 2 September 2025",
        ),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(span, danish, english):
    said = say_date(span)
    assert (said.da, said.en) == (danish, english)


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (number("1/2"), "½", "½"),
        (number("86343/2"), "43.171½", "43,171½"),
        (number(-1234), "-1.234", "-1,234"),
        (number("1/3"), "1/3", "1/3"),
        (number(0), "0", "0"),
        (Span(Fraction(1, 2), Fraction(1)), "½–1", "½–1"),
        (Span(Fraction(1, 2), None), "mindst ½", "at least ½"),
        (Span(None, Fraction(2)), "højst 2", "at most 2"),
        (size("L", "M"), "M eller L", "M or L"),
        (size("S", "M", "L"), "ikke registreret", "not recorded"),
        (Choice(None), "ikke registreret", "not recorded"),
    ],
)
def test_a_value_is_said_as_danes_and_the_english_write_it(value, danish, english):
    said = say_value(value, BOOK)
    assert (said.da, said.en) == (danish, english)


MEMBERS = Rows(
    "members", "body", "member", Compare(Fact("municipality", "member"), "is", Literal(word("Ask")))
)
BARE = Rows("members", "body", "member")
CONDITIONS = {
    "antallet af medlemmer er mindst 2": Compare(Count(BARE), "at_least", Literal(number(2))),
    "antallet af forskellige kommuner blandt medlemmer er 3": Compare(
        Distinct("municipality", BARE), "is", Literal(number(3))
    ),
    "andelen af medlemmer, hvor kommunen er Ask, er mere end ½": Compare(
        Share(BARE, Compare(Fact("municipality", "member"), "is", Literal(word("Ask")))),
        "more_than",
        Literal(number("1/2")),
    ),
    "andelen af medlemmer (dem, hvor kommunen er Ask), hvor region er North, er mindst ½": Compare(
        Share(MEMBERS, Compare(Fact("region", "member"), "is", Literal(word("North")))),
        "at_least",
        Literal(number("1/2")),
    ),
    "der er medlemmer": Exists(BARE, None),
    "udløbet er 1 dag efter begyndelsen": Compare(
        Fact("to", "term"), "is", Shift(Fact("from", "term"), Literal(number(1)), "days")
    ),
    "begyndelsen for den tidligste blandt medlemmer ligger før 1. januar 2026": Compare(
        Extreme("earliest", "from", BARE), "before", Literal(on(2026, 1, 1))
    ),
    "det største antal medlemmer med region til fælles er højst 2": Compare(
        Count(BARE, "region"), "at_most", Literal(number(2))
    ),
    "den største andel af medlemmer med region til fælles er højst 1/3": Compare(
        Share(BARE, None, "region"), "at_most", Literal(number("1/3"))
    ),
    "størrelsen er registreret eller (størrelsen er S og størrelsen er registreret)": AnyOf(
        (
            Recorded("size", "item"),
            All((Compare(Fact("size", "item"), "is", Literal(size("S"))), Recorded("size", "item"))),
        )
    ),
    "størrelsen er registreret og (størrelsen er S eller størrelsen er M)": All(
        (
            Recorded("size", "item"),
            AnyOf(tuple(Compare(Fact("size", "item"), "is", Literal(size(each))) for each in "SM")),
        )
    ),
    "udløbet er 2 år efter begyndelsen (læsningen »years«)": Compare(
        Fact("to", "term"), "is", Shift(Fact("from", "term"), Reading("years"), "years")
    ),
    "størrelsen er registreret": Recorded("size", "item"),
    "der foreligger en godkendelse fra rådet": ActDone(("approval",), "item", ("council",)),
    "størrelsen er S eller M": OneOf(Fact("size", "item"), (Literal(size("S")), Literal(size("M")))),
    "det for alle medlemmer, hvor kommunen er Ask, gælder, at region er North": Each(
        MEMBERS, Compare(Fact("region", "member"), "is", Literal(word("North")))
    ),
    "det for alle medlemmer gælder, at der er et fremmøde, hvor rollen er kommunen for medlemmet": Each(
        Rows("members", "body", "medlem"),
        Exists(
            Rows("attendances", "meeting", "mødt"),
            Compare(Fact("role", "mødt"), "is", Fact("municipality", "medlem")),
        ),
    ),
    "antallet af stemmesedler, hvor organisationen er den samme som for stemmesedlen, er højst 1": Compare(
        Count(
            Rows(
                "ballots",
                "round",
                "seddel",
                Compare(Fact("organisation", "seddel"), "is", Fact("organisation", "ballot")),
            )
        ),
        "at_most",
        Literal(number(1)),
    ),
    "datoen ligger omkring 10 dage før mødedatoen (højst 4 dage før og 3 dage efter)": About(
        Fact("on", "act"),
        Shift(Fact("date", "meeting"), Literal(number(10)), "days", back=True),
        Literal(number(4)),
        Literal(number(3)),
    ),
}


@pytest.mark.parametrize(("said", "condition"), CONDITIONS.items())
def test_a_condition_is_restated_from_its_tree(said, condition):
    assert re.sub(r"\s+", " ", say_condition(condition, BOOK).da).strip() == said


NO_CALLS = Exists(Rows("calls", "seat", "call"), None)
REASONS = {
    "der er intet opslag": Reason(NO_CALLS, Truth.FALSE),
    "det er ikke registreret, at der er opslag (listen er ikke erklæret komplet)": Reason(
        NO_CALLS, Truth.UNKNOWN, open_list=True
    ),
    "der foreligger ikke en godkendelse": Reason(
        Not(ActDone(("approval",), "item", ())),
        Truth.TRUE,
        parts=(Reason(ActDone(("approval",), "item", ()), Truth.FALSE),),
    ),
    "der foreligger en godkendelse": Reason(
        Not(ActDone(("approval",), "item", ())),
        Truth.FALSE,
        parts=(Reason(ActDone(("approval",), "item", ()), Truth.TRUE),),
    ),
}


@pytest.mark.parametrize(("said", "reason"), REASONS.items())
def test_a_reason_says_what_is_there_and_what_is_not(said, reason):
    assert say_reason(reason, BOOK).da == said


@pytest.mark.parametrize(
    ("remedy", "danish"),
    [
        (
            Do("W", ("approval",), ("council",), date(2025, 1, 1)),
            "få en godkendelse fra rådet, tidligst 1. januar 2025",
        ),
        (Record("W", "size", "at_least", (size("L"),)), "registrér, om størrelsen for W er mindst L"),
        (Record("W", "size", "recorded"), "registrér størrelsen for W"),
        (Change("W", "estimate", "at_most", (number(1),)), "få ændret W, så estimatet er højst 1"),
        (Complete("W", "acts"), "erklær listen over handlinger for W komplet"),
        (Wait(date(2025, 9, 9)), "vent til 9. september 2025"),
        (ActAs(("board",)), "lad bestyrelsen tage skridtet"),
        (ComeTo(("decided",)), "få først sagen frem til »besluttet«"),
        (Explain(("board",)), "lad bestyrelsen begrunde afvigelsen"),
        (Supply("votes"), "oplys stemmerne"),
    ],
)
def test_a_remedy_is_said_as_something_to_do(remedy, danish):
    assert say_remedy(remedy, BOOK).da == danish


def test_the_same_remedy_for_several_things_is_said_once():
    wish = Compare(Count(BARE), "at_least", Literal(number(1)))
    way = tuple(Reach(town, wish.left, "at_least", (number(1),)) for town in ("Ask", "Birk"))
    assert say_way(way, BOOK).da == "sørg for, at antallet af medlemmer er mindst 1 (gælder Ask og Birk)"


@pytest.mark.parametrize("rule", DUBU.every_rule, ids=lambda rule: rule.id)
def test_every_rule_of_dubu_is_restated_without_leftovers(rule):
    said = say_rule(rule, DUBU)
    for text in (said.da, said.en):
        assert not re.search(r"[{}]|None|,,|  |\(\)", text), text
    assert said.da != said.en


def test_a_reading_is_said_with_its_value_and_its_name():
    assert say_expression(Reading("quarter"), BOOK).da == "¼ (læsningen »quarter«)"


@pytest.mark.parametrize("kind", [*RECORDED_KINDS, PERSON, RULEBOOK])
def test_every_kind_of_thing_beside_the_items_has_a_name(kind):
    assert kind in KINDS
