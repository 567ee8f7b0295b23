"""Deadlines go only with what stays true once it is true, or a duty met could come undone after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from governance.parsing.entries import Entry
from governance.parsing.faultlist import Place
from governance.parsing.forms import form_of, operator_of
from governance.parsing.names import Names

FALLING = ("is", "at_most", "less_than", "before", "no_later_than", "one_of", "about")


def check_due(rule: Entry, names: Names) -> None:
    """Notes the parts of a rule's requirement that can come undone, if the rule has a deadline."""
    if "due" not in rule.data:
        return
    for place, what in _undone(rule.get("requires"), rule.at("requires"), names, frozenset()):
        message = f"{what} kan holde op med at være opfyldt, og så siger `due` ikke noget"
        names.faults.add(
            "due-not-monotone",
            place,
            message,
            "fjern `due`, eller skriv kravet med `act`, `exists` eller `at_least`",
        )


def _undone(data: Any, place: Place, names: Names, seen: frozenset[str]) -> Iterator[tuple[Place, str]]:
    if isinstance(data, list):
        for index, one in enumerate(data):
            yield from _undone(one, place.at(index), names, seen)
    if not isinstance(data, Mapping):
        return
    form, operator = form_of(data), operator_of(data)
    if form in ("not", "share"):
        yield place, f"`{form}`"
    elif form in ("count", "distinct") and operator in FALLING:
        yield place, f"`{form}` med `{operator}`"
    elif form == "reading" and operator is None and data["reading"] not in seen:
        reading = names.declared["readings"].get(data["reading"])
        dated = reading.many("values") if reading is not None else []
        within = seen | {data["reading"]}
        if any(
            True for one in dated for _ in _undone(one.get("condition"), one.at("condition"), names, within)
        ):
            yield place.at("reading"), "betingelsen i læsningen"
    else:
        for key in ("all", "any", "satisfy", "where"):
            yield from _undone(data.get(key), place.at(key), names, seen)
