"""What an audit finds wrong: where it stands, what was found there and what was wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.model import Text

MOST = 1_000
"""How many problems of each sort are kept; one fault can be followed by as many as there are events."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and its place: an event, a row beside the events, or a line of a file.

    ``among`` is what it was found among: the events, the lines, or the table of the row.
    """

    place: Text
    text: Text
    among: str = "events"


@dataclass(slots=True)
class Problems:
    """Gathers problems of three sorts, so that however many there are of one, none hides another's.

    Those of events and lines come first, by number; then what may be the fault of a later event; then those
    of a row beside them.
    """

    certain: list[tuple[int, Problem]] = field(default_factory=list)
    uncertain: list[tuple[int, Problem]] = field(default_factory=list)
    beside: list[tuple[int, Problem]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.certain or self.uncertain or self.beside)

    def event(self, number: int, text: Text, *, certain: bool = True) -> None:
        """Note something about an event."""
        sort = self.certain if certain else self.uncertain
        _add(sort, number, Text(f"begivenhed {number}", f"event {number}"), text)

    def line(self, number: int, text: Text) -> None:
        """Note something about a line."""
        _add(self.certain, number, Text(f"linje {number}", f"line {number}"), text, "lines")

    def row(self, table: str, key: object, text: Text) -> None:
        """Note something about a row that is no event."""
        name = f"{table} {_printable(key)}"
        _add(self.beside, 0, Text(name, name), text, table)

    def told(self) -> tuple[Problem, ...]:
        """All of them, the first bad record first."""
        sorts = (self.certain, self.uncertain, self.beside)
        return tuple(problem for sort in sorts for _, problem in sorted(sort, key=lambda each: each[0]))


def _add(sort: list[tuple[int, Problem]], at: int, place: Text, text: Text, among: str = "events") -> None:
    if len(sort) < MOST:
        sort.append((at, Problem(place, text, among)))


def lacks(name: str, wanted: object) -> Text:
    """That something should be there and is not."""
    return Text(
        f"`{name}` {shown(wanted, 'da')} mangler",
        f"`{name}` {shown(wanted, 'en')} is missing",
    )


def differs(name: str, found: object, wanted: object) -> Text:
    """That something is not what it should be."""
    return Text(
        f"`{name}` er {shown(found, 'da')}, men skulle være {shown(wanted, 'da')}",
        f"`{name}` is {shown(found, 'en')}, but should be {shown(wanted, 'en')}",
    )


def shown(value: object, language: str) -> str:
    """A value as a sentence shows it; a description in both languages stands as it is."""
    if isinstance(value, Text):
        return value.in_language(language)
    return "NULL" if value is None else f"`{_printable(value)}`"


def _printable(value: object, most: int = 100) -> str:
    text = value if isinstance(value, str) else repr(value)
    seen = text if len(text) <= most else text[:most] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in seen)
