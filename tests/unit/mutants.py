"""Broken copies of the shipped rulebook, each broken at one known place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

from governance.files import Document, read_folder
from tests.counts import count

SHIPPED = Path(__file__).parents[2] / "rules" / "dubu" / "2024-01-01"
EACH = count(reduced=8, full=20)
_PLAIN = re.compile(r"(?:(?!: |:\n|, |[\]}\n]| #).)+")
STRANGE = tuple(f"findes-ikke-{number}" for number in range(EACH))


@dataclass(frozen=True)
class Mutant:
    """A file with one fault: the code and the place it must be refused with."""

    file: str
    content: bytes
    code: str
    line: int
    column: int


@dataclass(frozen=True)
class Spot:
    """A key or value of a shipped file: its path, and where it starts."""

    document: Document
    path: tuple[str | int, ...]
    line: int
    column: int

    @property
    def value(self) -> object:
        """What stands there."""
        found: object = self.document.data
        for step in self.path:
            found = found[step]
        return found

    @property
    def before(self) -> str:
        """The file up to here."""
        lines = text_of(self.document.name).split("\n")
        return "\n".join([*lines[: self.line - 1], lines[self.line - 1][: self.column - 1]])

    @property
    def after(self) -> str:
        """The file from here on."""
        return text_of(self.document.name)[len(self.before) :]

    @property
    def written(self) -> str:
        """The scalar or key as it is written here."""
        quoted = re.match(r'"(?:[^"\\]|\\.)*"', self.after)
        return quoted[0] if quoted else _PLAIN.match(self.after)[0]

    def replaced(self, new: str, code: str, *, ahead: int = 0) -> Mutant:
        """The file with what stands here replaced; the fault stands ``ahead`` characters into the new."""
        text = self.before + new + self.after[len(self.written) :]
        return Mutant(self.document.name, text.encode(), code, self.line, self.column + ahead)

    def preceded(self, new: str, code: str, *, ahead: int = 0) -> Mutant:
        """The file with something put in front of what stands here."""
        text = self.before + new + self.after
        return Mutant(self.document.name, text.encode(), code, self.line, self.column + ahead)


@cache
def text_of(name: str) -> str:
    """A shipped file's text."""
    return (SHIPPED / name).read_text(encoding="utf-8")


@cache
def documents() -> tuple[Document, ...]:
    """The shipped rulebook as read."""
    return read_folder(SHIPPED)


def values(*pattern: str) -> list[Spot]:
    """The values whose path ends in one of the patterns; ``*`` is any one step, a list index included."""
    return [
        Spot(document, path, *place)
        for document in documents()
        for path, place in document.values.items()
        if any(_ends(path, one.split(".")) for one in pattern)
    ]


def keys(wanted: Callable[[tuple[str | int, ...]], bool]) -> list[Spot]:
    """The keys whose path is wanted."""
    return [
        Spot(document, path, *place)
        for document in documents()
        for path, place in document.keys.items()
        if wanted(path)
    ]


def _ends(path: tuple[str | int, ...], pattern: list[str]) -> bool:
    tail = path[-len(pattern) :]
    return len(tail) == len(pattern) and all(
        one in ("*", str(step)) for step, one in zip(tail, pattern, strict=True)
    )


def scalars(*pattern: str) -> list[Spot]:
    """The values of these paths that are no collection."""
    return [spot for spot in values(*pattern) if isinstance(spot.value, str | int)]


def spread(found: list[Spot]) -> list[Spot]:
    """Twenty of the spots, evenly spread; the same again where there are fewer."""
    if len(found) < EACH:
        return [spot for _, spot in zip(range(EACH), cycle(found), strict=False)]
    return [found[number * len(found) // EACH] for number in range(EACH)]


def renamed(spots: list[Spot], code: str) -> Iterator[Mutant]:
    """Each spot's name made one that nothing has."""
    for spot, name in zip(spread(spots), STRANGE, strict=True):
        yield spot.replaced(name, code)


def inserted(spot: Spot, lines: str, code: str, marked: str) -> Mutant:
    """The file with lines put in above the list item at a spot; the fault stands at ``marked`` in them."""
    head, tail = spot.before, spot.after
    begin = head.rfind("\n") + 1
    at = lines.index(marked)
    above = head[:begin] + lines[:at]
    text = head[:begin] + lines + head[begin:] + tail
    return Mutant(
        spot.document.name, text.encode(), code, above.count("\n") + 1, len(above) - above.rfind("\n")
    )
