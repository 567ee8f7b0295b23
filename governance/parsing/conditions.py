"""Conditions: from their shapes to nodes, every name resolved and every kind checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from governance.conditions.nodes import (
    ActDone,
    All,
    AnyOf,
    Condition,
    Each,
    Exists,
    Fact,
    Not,
    ReadingHolds,
    Recorded,
)
from governance.parsing.comparisons import comparison
from governance.parsing.entries import Entry
from governance.parsing.expressions import Typed, expression, meaning_of, rows_of
from governance.parsing.faultlist import Place, quoted
from governance.parsing.forms import CONDITION_FORMS, form_of, operator_of
from governance.parsing.rows import Here, Row
from governance.vocabulary import DATE


def condition(data: Any, place: Place, here: Here) -> Condition | None:
    """The condition, or None with the faults noted."""
    form = form_of(data) if isinstance(data, Mapping) else None
    if form is None:
        return None
    entry = Entry(place, data)
    if form in CONDITION_FORMS:
        return _FORMS[form](entry, here)
    if form == "reading" and operator_of(data) is None:
        return None if here.faults.within(place) else _reading_holds(entry, here)
    left = expression(data, place, here)
    return None if left is None else comparison(left, entry, here)


def _all_or_any(entry: Entry, here: Here) -> Condition | None:
    key = "all" if "all" in entry.data else "any"
    parts = [condition(part, entry.at(key, index), here) for index, part in enumerate(entry.data[key])]
    solved = tuple(part for part in parts if part is not None)
    if len(solved) < len(parts):
        return None
    return All(solved) if key == "all" else AnyOf(solved)


def _not(entry: Entry, here: Here) -> Condition | None:
    part = condition(entry.data["not"], entry.at("not"), here)
    return None if part is None else Not(part)


def _act(entry: Entry, here: Here) -> Condition | None:
    names = here.names
    acts = names.refer_all("acts", entry.names("act"))
    bodies = names.refer_all("bodies", entry.names("by"))
    found = here.collection("acts", entry.at("of"), entry.get("of"), entry.at("of"))
    if found is None:
        return None
    owner, scope = found
    name = entry.get("as") or scope
    inner = here.inside(Row(name, scope))
    tests = []
    if operator_of(entry.data) is not None:
        tests.append(comparison(Typed(Fact("on", name), DATE), entry, inner))
    if "where" in entry.data:
        tests.append(condition(entry.data["where"], entry.at("where"), inner))
    solved = tuple(test for test in tests if test is not None)
    if len(solved) < len(tests):
        return None
    return ActDone(acts, owner.name, bodies, solved, any_round="round" in entry.data, name=name)


def _rows_hold(entry: Entry, here: Here) -> Condition | None:
    key = "exists" if "exists" in entry.data else "each"
    found = rows_of(entry, key, here)
    if found is None:
        return None
    rows, inner, _ = found
    satisfy = (
        condition(entry.data["satisfy"], entry.at("satisfy"), inner) if "satisfy" in entry.data else None
    )
    if key == "exists":
        return Exists(rows, satisfy)
    return None if satisfy is None else Each(rows, satisfy)


def _recorded(entry: Entry, here: Here) -> Condition | None:
    name = entry.data["recorded"]
    found = here.fact(name, entry.at("recorded"), entry.get("of"), entry.at("of"))
    return None if found is None else Recorded(name, found[0].name)


def _reading_holds(entry: Entry, here: Here) -> Condition | None:
    name, place = entry.data["reading"], entry.at("reading")
    meaning = meaning_of(name, place, here)
    if meaning is None:
        return None
    if not isinstance(meaning, str):
        message = f"læsningen {quoted(name)} er en værdi, ikke en betingelse"
        here.faults.add(
            "kind-mismatch", place, message, "hold den op mod noget, fx med `is` eller `at_least`"
        )
        return None
    row = next((row for row in here.visible() if row.name == meaning), None)
    if row is None or row.scope != meaning:
        message = f"læsningen {quoted(name)} taler om {quoted(meaning)}, som der ikke kan tales om her"
        here.faults.add("unknown-row", place, message, "vælg en anden læsning, eller skriv betingelsen ud")
        return None
    return ReadingHolds(name)


_FORMS: dict[str, Callable[[Entry, Here], Condition | None]] = {
    "all": _all_or_any,
    "any": _all_or_any,
    "not": _not,
    "act": _act,
    "exists": _rows_hold,
    "each": _rows_hold,
    "recorded": _recorded,
}
