"""A group with some seats to fill, its rules, and candidates, for the tests of plans."""

from dataclasses import replace
from datetime import date

from governance.conditions.nodes import Compare, Distinct, Fact, Literal, Rows
from governance.model import Force
from governance.roster.plan import Bench, Candidate
from governance.rulebook import FactKind, Named, Rule, Rulebook
from governance.values import Kind, day, number, word
from tests.example import Pen, text

DAY = date(2025, 9, 10)
YES_NO = Kind("word", ("ja", "nej"))
MEMBERS = Rows("members", "body", "member")
BOOK = Rulebook(
    "rows",
    text("R"),
    text("V"),
    date(2024, 1, 1),
    text("f"),
    "r" * 64,
    bodies=(Named("group", text("g")),),
    facts=(
        FactKind("side", "organisation", Kind("word", ("north", "south", "east")), text("siden", "the side")),
        FactKind("people", "organisation", Kind("number"), text("tallet", "the number")),
        FactKind("joined", "organisation", YES_NO, text("tilslutning", "joining")),
        FactKind("leads", "term", YES_NO, text("ledelse", "leading")),
        FactKind("band", "seat", Kind("word", ("big", "small")), text("størrelsen", "the size")),
    ),
)


def rule(id_, force, requires, for_each="body"):
    return Rule(id_, None, force, for_each, requires, text(id_))


def is_(fact, value, of="member"):
    return Compare(Fact(fact, of), "is", Literal(word(value)))


def distinct(fact, number_, operator="at_least"):
    return Compare(Distinct(fact, MEMBERS), operator, Literal(number(number_)))


SIDES = rule("three-sides", Force.SHOULD, distinct("side", 3))
JOINED = rule("joined", Force.MUST, is_("joined", "ja", "organisation"), "term")
TOWNS = rule("own-towns", Force.MUST, distinct("municipality", 3, "is"))


def book(*rules, **more):
    return replace(BOOK, rules=rules, **more)


def bench(book_, *sitting, seats=3, **bands):
    """A complete group: the towns that sit, and the rest of the seats to fill."""
    pen = Pen()
    pen.add("group", "body")
    for place in range(seats):
        pen.add(f"seat-{place}", "seat", body="group")
        if f"seat_{place}" in bands:
            pen.fact(f"seat-{place}", "band", word(bands[f"seat_{place}"]))
    for place, (town, facts) in enumerate(sitting):
        pen.add(town, "organisation")
        pen.add(f"term-{place}", "term", seat=f"seat-{place}", organisation=town)
        pen.fact(f"term-{place}", "from", day(date(2025, 1, 1)))
        for fact, value in facts.items():
            pen.fact(town, fact, value)
    vacant = tuple(f"seat-{place}" for place in range(len(sitting), seats))
    return Bench(pen.record(DAY), book_, "group", DAY, vacant)


def town(name, leads=None, **facts):
    told = {("organisation", fact): value for fact, value in facts.items()}
    told = {fact: number(value) if isinstance(value, int) else word(value) for fact, value in told.items()}
    return Candidate(name, {**told, **({} if leads is None else {("term", "leads"): word(leads)})})


def names(set_):
    return [name for _, name in set_.sitting]


NORTH = ("Nord", {"side": word("north")})
