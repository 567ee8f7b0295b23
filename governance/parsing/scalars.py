"""A number, date or word written in a rule file, read as the kind of value it is held against."""

from __future__ import annotations

from collections.abc import Callable

from governance.parsing.faultlist import Place, did_you_mean, quoted
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
    """The value, or None with the fault noted. ``noun`` is what a word must name, if it must name anything."""
    if isinstance(written, str) and DECIMAL.fullmatch(written) and kind.name in ("number", "scale"):
        names.faults.add("wrong-unit", place, f"{quoted(written)} er et decimaltal", as_fraction(written))
        return None
    if noun:
        return _named(written, noun, place, names)
    return _READERS[kind.name](written, kind, place, names)


def _number(written: str | int, kind: Kind, place: Place, names: Names) -> Value | None:
    exact = number_in(str(written))
    if exact is None:
        names.faults.add("kind-mismatch", place, f"{quoted(written)} er ikke et tal", "skriv fx `3` eller `1/4`")
        return None
    return number(exact)


def _date(written: str | int, kind: Kind, place: Place, names: Names) -> Value | None:
    at = day_in(str(written))
    if at is None:
        code = "bad-date" if isinstance(written, str) else "kind-mismatch"
        names.faults.add(code, place, f"{quoted(written)} er ikke en dato", "skriv år, måned og dag som `2024-01-31`")
        return None
    return day(at)


def _word(written: str | int, kind: Kind, place: Place, names: Names) -> Value | None:
    if isinstance(written, int):
        message = f"{quoted(written)} er et tal, og her skal stå {DANISH[kind.name]}"
        names.faults.add("kind-mismatch", place, message, f'er det et ord, så skriv "{written}"')
        return None
    if kind.options and written not in kind.options:
        message = f"{quoted(written)} er ikke et af de ord, der kan stå her"
        names.faults.add("unknown-word", place, message, did_you_mean(written, kind.options))
        return None
    return Choice(frozenset({written}), kind.options) if kind.name == "scale" else word(written)


def _named(written: str | int, noun: str, place: Place, names: Names) -> Value | None:
    return word(str(written)) if names.refer(noun, str(written), place) else None


_READERS: dict[str, Callable[[str | int, Kind, Place, Names], Value | None]] = {
    "number": _number,
    "date": _date,
    "scale": _word,
    "word": _word,
    "text": _word,
}
