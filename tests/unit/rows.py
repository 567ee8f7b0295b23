"""Rows to judge conditions on: an item with acts and tracks, and a request about it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.conditions.nodes import (
    Compare,
    Fact,
    Literal,
)
from governance.conditions.rows import Listing, Row, Scope, told
from governance.values import Choice, Kind, Span, Truth, day, number, word

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SIZES = ("S", "M", "L")
KINDS = {
    "n": Kind("number"),
    "date": Kind("date"),
    "on": Kind("date"),
    "size": Kind("scale", SIZES),
    "town": Kind("word"),
    "person": Kind("word"),
    "vote": Kind("word", ("for", "imod")),
    "current_round": Kind("word", ("ja", "nej")),
    "stands": Kind("word", ("ja", "nej")),
    "act": Kind("word"),
    "body": Kind("word"),
}
READINGS = {
    "large": Compare(Fact("size", "item"), "at_least", Literal(Choice(frozenset("L"), SIZES))),
    "two": number(2),
}
TODAY = day(date(2025, 3, 10))


def size(*options: str) -> Choice:
    return Choice(frozenset(options), SIZES)


def on(text: str) -> Span:
    return day(date.fromisoformat(text))


def act(name: str, body: str, when: Span, stands: str = "ja", current: str = "ja", **more) -> Row:
    facts = {
        "act": word(name),
        "body": word(body),
        "on": when,
        "stands": word(stands),
        "current_round": word(current),
    }
    return told("act", f"{name}-{body}", {**facts, **more})


def track(name: str, there: Truth = T, **facts) -> Row:
    return replace(told("item", name, facts), there=there)


def scope(*, acts=(), tracks=(), closed: bool = True, **facts) -> Scope:
    lists = {"acts": Listing(tuple(acts), closed), "tracks": Listing(tuple(tracks), closed)}
    item = replace(told("item", "I", facts), lists=lists)
    request = told("request", "request", {"on": TODAY, "person": word("p1")})
    return Scope((("request", request), ("item", item)), TODAY, READINGS.__getitem__, unknown)


def unknown(_scope: str, fact: str):
    return KINDS[fact].unknown()


def literal(value) -> Literal:
    if isinstance(value, str):
        return Literal(word(value))
    return Literal(number(value) if isinstance(value, int | Fraction) else value)
