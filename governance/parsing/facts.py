"""What the facts of each kind of row hold: those the engine knows and those the rule files declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from governance.parsing.entries import Entry
from governance.parsing.faultlist import Faults, quoted
from governance.values import Kind
from governance.vocabulary import SCOPES, YES_NO

_GOES_WITH = {"scale": "scale", "options": "word", "adds_up": "number"}


def fact_kinds(
    declared: Sequence[Entry], scales: Mapping[str, Entry], faults: Faults
) -> Mapping[str, Mapping[str, Kind | None]]:
    """The facts by row kind and name; None for one whose kind was refused. Notes what contradicts itself."""
    kinds: dict[str, dict[str, Kind | None]] = {scope: dict(known.facts) for scope, known in SCOPES.items()}
    for scale in scales.values():
        _no_word_twice(scale, "values", faults)
    for fact in declared:
        _check_keys(fact, faults)
        scope, name = fact.get("scope"), fact.get("id")
        if scope is None or name is None:
            continue
        if name in kinds[scope]:
            message = f"{quoted(scope)} har allerede en oplysning, der hedder {quoted(name)}"
            faults.add("duplicate-id", fact.at("id"), message, "giv den ene et andet navn")
            continue
        kinds[scope][name] = kind_of(fact, scales)
    for scope, known in SCOPES.items():
        for parent in known.inherits:
            kinds[scope] |= kinds[parent]
    return kinds


def kind_of(fact: Entry, scales: Mapping[str, Entry]) -> Kind | None:
    """What a declared fact holds, or None when that was refused."""
    unit = fact.get("unit") or ""
    match fact.get("kind"):
        case "scale":
            scale = scales.get(fact.get("scale") or "")
            words = words_of(scale) if scale is not None else ()
            return Kind("scale", words, unit) if words else None
        case "word":
            return Kind("word", tuple(word for word in fact.get("options") or () if word is not None), unit)
        case "yes_no":
            return YES_NO
        case str(name):
            return Kind(name, (), unit)
    return None


def words_of(scale: Entry) -> tuple[str, ...]:
    """The words of a scale, least first."""
    return tuple(word for word, _ in scale.names("values"))


def _check_keys(fact: Entry, faults: Faults) -> None:
    kind = fact.get("kind")
    if kind is None:
        return
    for key, wanted in _GOES_WITH.items():
        if key in fact.data and kind != wanted:
            message = f"`{key}` hører til `kind: {wanted}`, ikke til {quoted(kind)}"
            faults.add("conflicting-keys", fact.at(key), message, "fjern den, eller ret `kind`", key=True)
    if kind == "scale" and "scale" not in fact.data:
        faults.add("missing-key", fact.place, "`scale` mangler", "skriv, hvilken skala oplysningen følger")
    _no_word_twice(fact, "options", faults)


def _no_word_twice(entry: Entry, key: str, faults: Faults) -> None:
    seen: set[str] = set()
    for word, place in entry.names(key):
        if word in seen:
            faults.add("duplicate-id", place, f"{quoted(word)} står to gange", "fjern den ene")
        seen.add(word)
