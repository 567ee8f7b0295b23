"""The sections of an agenda, and how ballots are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from governance.conditions.nodes import Expression, Literal
from governance.counting import BLANKS
from governance.parsing.conditions import condition
from governance.parsing.entries import Entry
from governance.parsing.expressions import expression
from governance.parsing.faultlist import quoted
from governance.parsing.fields import number_in
from governance.parsing.names import UNSURE, Names
from governance.parsing.nouns import text_of
from governance.parsing.rows import Here
from governance.parsing.scalars import DANISH, value_in
from governance.rulebook import Counting, Section
from governance.values import Span
from governance.vocabulary import NUMBER


def section_of(entry: Entry, processes: Sequence[Entry], names: Names) -> Section | None:
    """A section of the agenda, its kinds and states looked up."""
    kinds = names.refer_all("kinds", entry.names("kinds"))
    states = [
        state.get("id")
        for process in processes
        if any(kind.get("id") in kinds for kind in process.many("kinds"))
        for state in process.many("states")
    ]
    for key in ("states", "follow_up"):
        if entry.get(key) and not kinds:
            message = f"`{key}` siger ikke, hvilke sager det er"
            names.faults.add("missing-key", entry.at(key), message, "tilføj `kinds`")
    for name, place in entry.names("states"):
        if name not in states and not names.faults:
            names.faults.unknown("unknown-state", place, name, "en tilstand for de sagstyper", states)
    if names.faults:
        return None
    return Section(
        id=entry.data["id"],
        label=text_of(entry, "label"),
        kinds=kinds,
        states=tuple(name for name, _ in entry.names("states")),
        follow_up=bool(entry.get("follow_up")),
        table=bool(entry.get("table")),
        scores=bool(entry.get("scores")),
    )


def counting_of(entry: Entry, names: Names) -> Counting | None:
    """A way of counting, its numbers solved."""
    clause = names.clause(entry)
    method, blank = entry.get("method"), entry.get("blank")
    if method in BLANKS and blank is not None and blank not in BLANKS[method]:
        may = " eller ".join(f"`{each}`" for each in BLANKS[method])
        message = f"{quoted(blank)} hører ikke til metoden {quoted(method)}"
        names.faults.add("conflicting-keys", entry.at("blank"), message, f"skriv {may}")
    for key in ("most", "budget"):
        if key in entry.data and method != "sum":
            message = f"`{key}` hører til `sum`, og metoden er {quoted(method)}"
            names.faults.add("conflicting-keys", entry.at(key), message, f"fjern `{key}`", key=True)
    _check_names(entry, names)
    _check_change(entry, names)
    most, budget, places = (_number(entry, key, names) for key in ("most", "budget", "places"))
    if names.faults:
        return None
    return Counting(
        id=entry.data["id"],
        label=text_of(entry, "label"),
        clause=clause,
        method=method,
        blank=blank,
        most=most,
        budget=budget,
        places=places,
        cast=entry.data["cast"],
        change=entry.get("change") or "",
        total=entry.get("total") or "",
        rank=entry.get("rank") or "",
    )


def _check_change(entry: Entry, names: Names) -> None:
    if entry.get("change") is not None and entry.get("change") == entry.get("cast"):
        message = "`change` er det samme trin som `cast`"
        names.faults.add("conflicting-keys", entry.at("change"), message, "vælg et andet, eller fjern det")


def _check_names(entry: Entry, names: Names) -> None:
    """Notes steps that take no ballot, and facts of an item that hold no number."""
    for key in ("cast", "change"):
        name = entry.get(key)
        if name is None or not names.refer("steps", name, entry.at(key)):
            continue
        scope, adds = names.steps.get(name, ("", ""))
        if scope != "round" or adds not in ("ballot", UNSURE):
            message = f"{quoted(name)} er ikke et trin, der giver en runde en stemmeseddel"
            help_ = "vælg et trin med `adds: ballot` i rundens forløb"
            names.faults.add("unknown-step", entry.at(key), message, help_)
    for key in ("total", "rank"):
        name = entry.get(key)
        if name is None or not names.refer_fact("item", name, entry.at(key)):
            continue
        kind = names.facts["item"].get(name)
        if kind is not None and kind.name != "number":
            message = f"{quoted(name)} er {DANISH[kind.name]}, og her skal stå et tal"
            names.faults.add("kind-mismatch", entry.at(key), message, "vælg en oplysning, der er et tal")


def _number(entry: Entry, key: str, names: Names) -> Expression | None:
    written = entry.get(key)
    if written is None:
        return None
    if not isinstance(written, Mapping):
        value = value_in(written, NUMBER, entry.at(key), names)
        if isinstance(value, Span) and isinstance(value.low, Fraction):
            _check_count(value.low, key, entry, names)
        return None if value is None else Literal(value)
    typed = expression(written, entry.at(key), Here(names, (), condition))
    if typed is None or typed.kind is None:
        return None
    if typed.kind.name != "number":
        message = f"`{key}` er et tal, og dette er {DANISH[typed.kind.name]}"
        names.faults.add("kind-mismatch", entry.at(key), message, "skriv et tal, eller en læsning der er et")
    reading = names.declared["readings"].get(written.get("reading", ""))
    dated = reading.many("values") if reading is not None else []
    for each in [number_in(str(one.get("value"))) for one in dated]:
        _check_count(each, key, entry, names)
    return typed.node


def _check_count(number: Fraction | None, key: str, entry: Entry, names: Names) -> None:
    """Notes a limit that is below nothing or no whole number."""
    if number is not None and (number < 0 or number.denominator > 1):
        message = f"`{key}` er ikke et helt antal, 0 eller mere"
        names.faults.add("wrong-unit", entry.at(key), message, "skriv et helt antal, eller en læsning")
