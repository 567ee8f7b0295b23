"""Where something stands in the rule files, and the list of everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from governance.faults import Fault, RuleError

Path = tuple[str | int, ...]
"""The keys and list indexes that lead to a value in a file."""

MOST_FAULTS = 100
MOST_SHOWN = 40
MOST_NAMED = 8


class Source(Protocol):
    """One rule file as plain data, with the line and column of every key and value by path."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def data(self) -> dict[str, Any]:
        """What the file holds."""

    @property
    def values(self) -> Mapping[Path, tuple[int, int]]:
        """Where each value starts."""

    @property
    def keys(self) -> Mapping[Path, tuple[int, int]]:
        """Where each key starts, by the path of the value it names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value in one of the files."""

    file: int
    path: Path = ()

    def at(self, *steps: str | int) -> Place:
        """A value inside this one."""
        return Place(self.file, (*self.path, *steps))


def quoted(value: object) -> str:
    """The author's input as a message shows it: in backticks, cut short."""
    text = (
        {None: "null", True: "true", False: "false"}[value]
        if value is None or isinstance(value, bool)
        else str(value)
    )
    return f"`{text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + '…'}`"


def guess(name: str, known: Iterable[str]) -> str | None:
    """The known name the author most likely meant; None for what is too long to be a slip."""
    if len(name) > MOST_SHOWN:
        return None
    by_fold = {other.lower(): other for other in reversed(list(known))}
    near = get_close_matches(name.lower(), by_fold, n=1)
    return by_fold[near[0]] if near else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A help text: the nearest known name, else the known names when they are few."""
    names = list(known)
    near = guess(name, names)
    if near is not None:
        return f"mente du `{near}`?"
    if not names:
        return "der er ingen at vælge imellem"
    return "vælg en af " + ", ".join(f"`{other}`" for other in names) if len(names) <= MOST_NAMED else ""


class Faults:
    """Every fault found so far in some files."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self._found: dict[tuple[int, tuple[int, int], str], Fault] = {}
        self._around: set[Place] = set()

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def crowded(self) -> bool:
        """Whether so many were found that guessing what was meant serves nobody."""
        return len(self._found) > MOST_FAULTS

    def add(self, code: str, place: Place, message: str, help_: str = "", *, key: bool = False) -> None:
        """Notes a fault at a value, or at its key."""
        position = self._position(place, key=key)
        name = self.sources[place.file].name if self.sources else ""
        fault = Fault(code, name, *position, message, help_)
        self._found.setdefault((place.file, position, code), fault)
        self._around.update(Place(place.file, place.path[:deep]) for deep in range(len(place.path) + 1))

    def unknown(
        self, code: str, place: Place, name: str, what: str, known: Iterable[str], *, key: bool = False
    ) -> None:
        """Notes a name that means nothing; ``what`` says in Danish what it should have been."""
        help_ = "" if self.crowded else did_you_mean(name, known)
        self.add(code, place, f"{quoted(name)} er ikke {what}", help_, key=key)

    def within(self, place: Place) -> bool:
        """Whether something inside a value is wrong."""
        return place in self._around

    def raw(self, place: Place) -> object:
        """What the file holds at a place, None when nothing."""
        value: object = self.sources[place.file].data
        for step in place.path:
            try:
                value = value[step]  # type: ignore[index]  # whatever cannot be indexed holds nothing there
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def has(self, codes: frozenset[str]) -> bool:
        """Whether anything anywhere is wrong in one of these ways."""
        return any(code in codes for _, _, code in self._found)

    def raise_if_any(self) -> None:
        """Raises RuleError with the faults in the order of the files, at most a hundred."""
        if not self._found:
            return
        faults = [self._found[key] for key in sorted(self._found)]
        if len(faults) > MOST_FAULTS:
            last = faults[MOST_FAULTS]
            message = f"regelsættet har `{len(faults)}` fejl, og kun de første {MOST_FAULTS} er nævnt"
            help_ = "ret dem, der er nævnt, og prøv igen"
            faults[MOST_FAULTS:] = [
                Fault("too-many-faults", last.file, last.line, last.column, message, help_)
            ]
        raise RuleError(tuple(faults))

    def _position(self, place: Place, *, key: bool) -> tuple[int, int]:
        if not self.sources:
            return (1, 1)
        source = self.sources[place.file]
        if key and place.path in source.keys:
            return source.keys[place.path]
        path = place.path
        while path and path not in source.values:
            path = path[:-1]
        return source.values.get(path, (1, 1))
