"""Readings: what each can be on which dates, and that none is said by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from governance.conditions.nodes import Condition
from governance.parsing.conditions import condition
from governance.parsing.dates import check_apart, check_covered
from governance.parsing.entries import Entry
from governance.parsing.facts import words_of
from governance.parsing.faultlist import Faults, Place, quoted
from governance.parsing.fields import DECIMAL, day_in, number_in
from governance.parsing.names import Names
from governance.parsing.rows import Here, Row
from governance.parsing.scalars import DANISH, value_in
from governance.rulebook import DatedReading
from governance.values import Kind, Value
from governance.vocabulary import DATE, NUMBER, WORD

DEFAULT_ROW = "item"


def find_meanings(readings: Sequence[Entry], names: Names) -> None:
    """Says of every reading what kind of value it is, or which row its condition speaks of."""
    scales = [words_of(scale) for scale in names.declared["scales"].values()]
    for reading in readings:
        name = reading.get("id")
        meanings = [_meaning(dated, reading, scales, names.faults) for dated in reading.many("values")]
        for dated, meaning in zip(reading.many("values"), meanings, strict=True):
            if meaning is not None and meanings[0] is not None and not _alike(meaning, meanings[0]):
                message = f"værdien er {_said(meaning)}, og den første er {_said(meanings[0])}"
                help_ = "alle en læsnings værdier er af samme slags"
                at = dated.at("condition" if "condition" in dated.data else "value")
                names.faults.add("kind-mismatch", at, message, help_)
        if name is not None:
            names.meanings.setdefault(name, meanings[0] if meanings else None)


def dated_meanings(reading: Entry, book: Entry, names: Names) -> tuple[DatedReading, ...]:
    """A reading's values with their dates; notes overlaps, gaps and what is wrong in a condition."""
    values = reading.many("values")
    names.refer_all("clauses", reading.names("clause"))
    if check_apart(values, names.faults):
        check_covered(values, book, names.faults)
    row = reading.get("for_each") or DEFAULT_ROW
    here = Here(names, (Row(row, row),), condition, reading.get("id") or "")
    found = []
    kind = names.meanings.get(reading.get("id") or "")
    for dated in values:
        meaning: Value | Condition | None
        if "condition" in dated.data:
            meaning = condition(dated.data["condition"], dated.at("condition"), here)
        elif isinstance(kind, Kind) and "value" in dated.data:
            meaning = value_in(dated.data["value"], kind, dated.at("value"), names)
        else:
            continue
        if meaning is not None:
            found.append(DatedReading(meaning, dated.get("from"), dated.get("to")))
    return tuple(found)


def check_cycles(names: Names) -> None:
    """Notes each reading that refers to itself, however far round, at the first reference on the way."""
    told: set[str] = set()
    for name, used in names.uses.items():
        for other, place in used:
            way = {other} | _reached(other, names.uses)
            if name in way and name not in told:
                told |= {name} | {each for each in way if name in _reached(each, names.uses)}
                message = f"læsningen {quoted(name)} henviser til sig selv"
                help_ = "" if other == name else f"det sker gennem {quoted(other)}; skriv den ene ud"
                names.faults.add("reading-cycle", place, message, help_ or "skriv betingelsen ud")


def _reached(name: str, uses: Mapping[str, Sequence[tuple[str, Place]]]) -> set[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for other, _ in uses.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _meaning(
    dated: Entry, reading: Entry, scales: Sequence[tuple[str, ...]], faults: Faults
) -> Kind | str | None:
    written = dated.get("value")
    if "condition" in dated.data:
        if written is not None:
            message, help_ = "`value` kan ikke stå sammen med `condition`", "behold den, der er rigtig"
            faults.add("conflicting-keys", dated.at("value"), message, help_, key=True)
            return None
        return str(reading.get("for_each") or DEFAULT_ROW)
    if written is None:
        if not faults.within(dated.place):
            faults.add("missing-key", dated.place, "her mangler `value` eller `condition`", "skriv en af dem")
        return None
    text, unit = str(written), reading.get("unit") or ""
    if number_in(text) is not None or DECIMAL.fullmatch(text):
        return Kind(NUMBER.name, (), unit)
    if day_in(text) is not None:
        return DATE
    holding = [scale for scale in scales if text in scale]
    return Kind("scale", holding[0], unit) if len(holding) == 1 else WORD


def _alike(one: Kind | str, other: Kind | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one.name == other.name and one.options == other.options


def _said(meaning: Kind | str) -> str:
    return "en betingelse" if isinstance(meaning, str) else DANISH[meaning.name]
