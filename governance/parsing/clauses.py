"""Clauses: each that can be checked is named by what checks it, and each that cannot says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from governance.parsing.entries import Entry
from governance.parsing.faultlist import quoted
from governance.parsing.names import Names

BLURS_NAMING = frozenset({"unknown-key", "missing-key", "wrong-type", "unknown-clause", "conflicting-keys"})
"""Faults after which it cannot be said that nothing names a clause."""


def check_clauses(sections: Mapping[str, Sequence[Entry]], names: Names) -> None:
    """Notes clauses without their why, parts of no clause, and clauses that nothing names."""
    clauses = sections["clauses"]
    for clause in clauses:
        _check_why(clause, names)
        if isinstance(clause.get("part_of"), str):
            names.refer("clauses", clause.data["part_of"], clause.at("part_of"))
    for tension in sections["tensions"]:
        names.refer_all("clauses", tension.names("clauses"))
    if names.faults.has(BLURS_NAMING):
        return
    named = set(_named(sections))
    unchecked = {clause.get("id") for clause in clauses if clause.get("check") == "unchecked"}
    for clause in clauses:
        name = clause.get("id")
        if name not in named | unchecked and clause.get("part_of") not in unchecked:
            message = f"ingen regel, intet trin og ingen læsning nævner {quoted(name)}"
            help_ = "skriv en regel med `clause`, eller `check: unchecked` og `why`"
            names.faults.add("clause-unnamed", clause.at("id"), message, help_)


def _check_why(clause: Entry, names: Names) -> None:
    needed = clause.get("check") == "unchecked" or clause.get("part")
    raw = names.faults.raw(clause.place)
    if needed and isinstance(raw, Mapping) and "why" not in raw:
        message = f"`why` mangler på {quoted(clause.get('id'))}"
        help_ = "skriv, hvorfor bestemmelsen ikke kan efterprøves, eller hvilken del der ikke kan"
        names.faults.add("clause-without-why", clause.place, message, help_)


def _named(sections: Mapping[str, Sequence[Entry]]) -> Iterator[str | None]:
    steps = [step for process in sections["processes"] for step in process.many("steps")]
    rules = [rule for step in steps for rule in step.many("rules")]
    for entry in (*sections["rules"], *rules, *sections["readings"], *sections["counting"]):
        yield entry.get("clause")
    for step in steps:
        yield step.one("by").get("clause")
        yield step.one("from").get("clause")
