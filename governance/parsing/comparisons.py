"""Comparisons: two values of one kind, and an operator that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.conditions.nodes import About, Compare, Condition, Expression, Literal, OneOf, Reading
from governance.parsing.entries import Entry
from governance.parsing.expressions import Typed, amount_of, expression
from governance.parsing.faultlist import Place, quoted
from governance.parsing.forms import DATE_OPERATORS, NUMBER_OPERATORS, operator_of
from governance.parsing.rows import Here
from governance.parsing.scalars import DANISH, value_in
from governance.values import Kind

_ORDERED_BY = {"date": DATE_OPERATORS, "number": NUMBER_OPERATORS, "scale": NUMBER_OPERATORS}


def comparison(left: Typed, entry: Entry, here: Here) -> Condition | None:
    """The left value held against what the entry's operator says, or None with the faults noted."""
    operator = operator_of(entry.data)
    if operator is None or left.kind is None or not _fits_operator(left.kind, operator, entry, here):
        return None
    written, place = entry.data[operator], entry.at(operator)
    if operator == "one_of":
        return _one_of(left, left.kind, written, place, here)
    right = _right(left, left.kind, written, place, here)
    if operator == "about":
        return _about(left.node, right, entry, here)
    return None if right is None else Compare(left.node, operator, right)


def _fits_operator(kind: Kind, operator: str, entry: Entry, here: Here) -> bool:
    fitting = ("is", "one_of", *_ORDERED_BY.get(kind.name, ()))
    if operator in fitting:
        return True
    help_ = "brug en af " + ", ".join(f"`{other}`" for other in fitting)
    message = f"`{operator}` passer ikke til {DANISH[kind.name]}"
    here.faults.add("kind-mismatch", entry.at(operator), message, help_)
    return False


def _one_of(left: Typed, kind: Kind, written: list[Any], place: Place, here: Here) -> Condition | None:
    values = [
        value_in(one, kind, place.at(index), here.names, left.noun)
        for index, one in enumerate(written)
        if one is not None
    ]
    known = tuple(Literal(value) for value in values if value is not None)
    return OneOf(left.node, known) if len(known) == len(written) else None


def _right(left: Typed, kind: Kind, written: Any, place: Place, here: Here) -> Expression | None:
    if not isinstance(written, Mapping):
        value = value_in(written, kind, place, here.names, left.noun)
        return None if value is None else Literal(value)
    right = expression(written, place, here)
    if right is None or right.kind is None:
        return None
    if isinstance(right.node, Reading) and kind.name == "word" and right.kind.name in ("word", "scale"):
        return right.node if _words_fit(left, kind, right.node.name, place.at("reading"), here) else None
    if right.kind.name != kind.name or (kind.name == "scale" and right.kind.options != kind.options):
        message = f"{_said(right.kind)} kan ikke holdes op mod {_said(kind)}"
        here.faults.add("kind-mismatch", place, message, "de to sider skal være af samme slags")
        return None
    if kind.unit and right.kind.unit and kind.unit != right.kind.unit:
        message = f"{quoted(right.kind.unit)} kan ikke holdes op mod {quoted(kind.unit)}"
        here.faults.add("wrong-unit", place, message, "de to sider skal have samme enhed")
        return None
    return right.node


def _words_fit(left: Typed, kind: Kind, reading: str, place: Place, here: Here) -> bool:
    """Whether every word a reading can be may stand on the left."""
    values = [dated.get("value") for dated in here.names.declared["readings"][reading].many("values")]
    if not left.noun and not kind.options:
        return True
    fitting = [value_in(value, kind, place, here.names, left.noun) for value in values if value is not None]
    return None not in fitting


def _said(kind: Kind) -> str:
    ends = f" ({kind.options[0]} til {kind.options[-1]})" if kind.name == "scale" else ""
    return DANISH[kind.name] + ends


def _about(left: Expression, right: Expression | None, entry: Entry, here: Here) -> Condition | None:
    leeway, place = entry.get("give_or_take"), entry.at("give_or_take")
    if not isinstance(leeway, Mapping):
        return None
    if "days" in leeway:
        earlier = later = amount_of(leeway, place, here)
    else:
        ways = ("earlier", "later")
        earlier, later = (
            amount_of(leeway[way], place.at(way), here) if way in leeway else None for way in ways
        )
    if right is None or earlier is None or later is None:
        return None
    return About(left, right, earlier, later)
