"""A number, date or word written in a rule file, read as the kind of value it is held against."""

from __future__ import annotations

from governance.parsing.faultlist import Faults, Place, did_you_mean, quoted
from governance.parsing.fields import DECIMAL, as_fraction, day_in, number_in
from governance.parsing.names import Names
from governance.values import Choice, Kind, Value, day, number, word

DANISH = {
    "number": "et tal",
    "date": "en dato",
    "scale": "et ord på en skala",
    "word": "et ord",
    "text": "en tekst",
}
"""What each kind is called."""


def value_in(written: str | int, kind: Kind, place: Place, names: Names, noun: str = "") -> Value | None:
    """The value, or None with the fault noted. ``noun`` is what a word must name, if anything."""
    if isinstance(written, str) and DECIMAL.fullmatch(written) and kind.name in ("number", "scale"):
        names.faults.add("wrong-unit", place, f"{quoted(written)} er et decimaltal", as_fraction(written))
        return None
    if noun:
        return word(str(written)) if names.refer(noun, str(written), place) else None
    if kind.name == "number":
        return _number(written, place, names.faults)
    if kind.name == "date":
        return _date(written, place, names.faults)
    return _word(written, kind, place, names.faults)


def _number(written: str | int, place: Place, faults: Faults) -> Value | None:
    exact = number_in(str(written))
    if exact is None:
        faults.add("kind-mismatch", place, f"{quoted(written)} er ikke et tal", "skriv `3` eller `1/4`")
        return None
    return number(exact)


def _date(written: str | int, place: Place, faults: Faults) -> Value | None:
    at = day_in(str(written))
    if at is None:
        code = "bad-date" if isinstance(written, str) else "kind-mismatch"
        help_ = "skriv år, måned og dag som `2024-01-31`"
        faults.add(code, place, f"{quoted(written)} er ikke en dato", help_)
        return None
    return day(at)


def _word(written: str | int, kind: Kind, place: Place, faults: Faults) -> Value | None:
    if isinstance(written, int):
        message = f"{quoted(written)} er et tal, og her skal stå {DANISH[kind.name]}"
        faults.add("kind-mismatch", place, message, f'er det et ord, så skriv "{written}"')
        return None
    if kind.options and written not in kind.options:
        message = f"{quoted(written)} er ikke et af de ord, der kan stå her"
        faults.add("unknown-word", place, message, did_you_mean(written, kind.options))
        return None
    return Choice(frozenset({written}), kind.options) if kind.name == "scale" else word(written)
