"""Values in conditions: from their shapes to nodes that name their rows, with the kind of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.conditions.nodes import (
    Count,
    Distinct,
    Expression,
    Extreme,
    Fact,
    Literal,
    Reading,
    Rows,
    Share,
    Shift,
)
from governance.parsing.amounts import UNITS
from governance.parsing.entries import Entry
from governance.parsing.faultlist import Place, quoted
from governance.parsing.fields import number_in
from governance.parsing.forms import form_of
from governance.parsing.rows import Here, Row
from governance.parsing.scalars import DANISH
from governance.values import Kind, number
from governance.vocabulary import DATE, NUMBER

NOUNS = {
    ("act", "act"): "acts",
    ("act", "body"): "bodies",
    ("body", "id"): "bodies",
    ("item", "kind"): "kinds",
    ("request", "body"): "bodies",
}
"""The word facts of a row that name something declared."""

UNIT_WORDS = {
    "days": {"days", "dag", "dage", "kalenderdage"},
    "weeks": {"weeks", "uge", "uger"},
    "months": {"months", "måned", "måneder"},
    "years": {"years", "år"},
}
COMPARABLE = ("word", "scale", "date")


@dataclass(frozen=True, slots=True)
class Typed:
    """A value with the kind of what it holds, None where that was refused elsewhere.

    ``noun`` is what its words name, when they name something declared.
    """

    node: Expression
    kind: Kind | None
    noun: str = ""


def expression(data: Mapping[str, Any], place: Place, here: Here) -> Typed | None:
    """The value, or None with the faults noted."""
    form = form_of(data)
    if form is None:
        return None
    typed = _FORMS[form](Entry(place, data), here)
    for key in ("plus", "minus"):
        if typed is not None and key in data:
            typed = _shifted(typed, data[key], place.at(key), here, back=key == "minus")
    return typed


def _fact(entry: Entry, here: Here) -> Typed | None:
    name = entry.data["fact"]
    found = here.fact(name, entry.at("fact"), entry.get("of"), entry.at("of"))
    if found is None:
        return None
    row, kind = found
    return Typed(Fact(name, row.name), kind, NOUNS.get((row.scope, name), ""))


def _reading(entry: Entry, here: Here) -> Typed | None:
    name = entry.data["reading"]
    meaning = meaning_of(name, entry.at("reading"), here)
    if isinstance(meaning, str):
        message = f"læsningen {quoted(name)} er en betingelse, ikke en værdi"
        here.faults.add(
            "kind-mismatch", entry.at("reading"), message, "lad den stå alene, uden sammenligningstegn"
        )
        return None
    return None if meaning is None else Typed(Reading(name), meaning)


def meaning_of(name: str, place: Place, here: Here) -> Kind | str | None:
    """What a reading is: the kind of its value, or the row its condition speaks of; notes a name unknown."""
    if not here.names.refer("readings", name, place):
        return None
    if here.reading:
        here.names.uses.setdefault(here.reading, []).append((name, place))
    return here.names.meanings.get(name)


def rows_of(entry: Entry, key: str, here: Here) -> tuple[Rows, Here, Row] | None:
    """The collection at a key, what stands inside it, and its row; None with the faults noted."""
    name = entry.get(key)
    if name is None:
        return None
    found = here.collection(name, entry.at(key), entry.get("of"), entry.at("of"))
    if found is None:
        return None
    owner, scope = found
    row = Row(entry.get("as") or scope, scope)
    inner = here.inside(row)
    where = here.solve(entry.data["where"], entry.at("where"), inner) if "where" in entry.data else None
    return Rows(name, owner.name, row.name, where), inner, row


def _count(entry: Entry, here: Here) -> Typed | None:
    found = rows_of(entry, "count", here)
    if found is None:
        return None
    rows, _, row = found
    return Typed(Count(rows, _grouping(entry, "same", row, here)), NUMBER)


def _distinct(entry: Entry, here: Here) -> Typed | None:
    found = rows_of(entry, "over", here)
    if found is None:
        return None
    rows, _, row = found
    fact = _grouping(entry, "distinct", row, here)
    return None if fact is None else Typed(Distinct(fact, rows), NUMBER)


def _share(entry: Entry, here: Here) -> Typed | None:
    found = rows_of(entry, "share", here)
    if found is None:
        return None
    rows, inner, row = found
    satisfy = (
        here.solve(entry.data["satisfy"], entry.at("satisfy"), inner) if "satisfy" in entry.data else None
    )
    return Typed(Share(rows, satisfy, _grouping(entry, "same", row, here)), NUMBER)


def _extreme(entry: Entry, here: Here) -> Typed | None:
    which = "earliest" if "earliest" in entry.data else "latest"
    found = rows_of(entry, which, here)
    if found is None or "fact" not in entry.data:
        return None
    rows, inner, row = found
    fact = entry.data["fact"]
    held = inner.fact(fact, entry.at("fact"), row.name, entry.at("fact"))
    if held is None:
        return None
    if held[1] is not None and held[1].name != "date":
        message = f"{quoted(fact)} er {DANISH[held[1].name]}, og `{which}` spørger om datoer"
        here.faults.add("kind-mismatch", entry.at("fact"), message, "vælg en oplysning, der er en dato")
        return None
    return Typed(Extreme(which, fact, rows), DATE)


def _grouping(entry: Entry, key: str, row: Row, here: Here) -> str | None:
    """The fact by which rows are told apart."""
    fact = entry.get(key)
    if fact is None:
        return None
    held = here.inside(row).fact(fact, entry.at(key), row.name, entry.at(key))
    if held is None:
        return None
    if held[1] is not None and held[1].name not in COMPARABLE:
        message = f"{quoted(fact)} er {DANISH[held[1].name]}, og `{key}` skiller ord eller datoer ad"
        here.faults.add(
            "kind-mismatch", entry.at(key), message, "vælg en oplysning, der er et ord eller en dato"
        )
        return None
    return str(fact)


def _shifted(typed: Typed, amount: Any, place: Place, here: Here, *, back: bool) -> Typed | None:
    if typed.kind is not None and typed.kind.name != "date":
        message = f"kun datoer kan flyttes, og dette er {DANISH[typed.kind.name]}"
        here.faults.add("kind-mismatch", place, message)
        return None
    unit = next((unit for unit in UNITS if unit in amount), "")
    by = amount_of(amount, place, here)
    return None if by is None else Typed(Shift(typed.node, by, unit, back), DATE)


def amount_of(data: Mapping[str, Any], place: Place, here: Here) -> Expression | None:
    """How many of the unit in an amount of time."""
    unit, written = next(iter(data.items()))
    if not isinstance(written, Mapping):
        return Literal(number(written))
    at = place.at(unit, "reading")
    name = written["reading"]
    meaning = meaning_of(name, at, here)
    if meaning is None:
        return None
    if isinstance(meaning, str) or meaning.name != "number":
        here.faults.add(
            "kind-mismatch", at, f"læsningen {quoted(name)} er ikke et antal", "vælg en, der er et tal"
        )
        return None
    values = here.names.declared["readings"][name].many("values")
    exact = [number_in(str(dated.get("value"))) for dated in values]
    if any(one is not None and (one < 0 or one.denominator > 1) for one in exact):
        message = f"læsningen {quoted(name)} er ikke et helt antal, 0 eller mere"
        here.faults.add("wrong-unit", at, message, "vælg en, der er")
        return None
    measured = next((known for known, words in UNIT_WORDS.items() if meaning.unit in words), unit)
    if measured != unit:
        message = f"læsningen {quoted(name)} tæller {quoted(meaning.unit)}, ikke {quoted(unit)}"
        here.faults.add("wrong-unit", at, message, f"skriv `{measured}: ...`")
        return None
    return Reading(name)


_FORMS: dict[str, Callable[[Entry, Here], Typed | None]] = {
    "fact": _fact,
    "reading": _reading,
    "count": _count,
    "distinct": _distinct,
    "share": _share,
    "earliest": _extreme,
    "latest": _extreme,
}
