"""What conditions are judged on: rows with facts, single links and collections, each perhaps partly known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from governance.conditions.nodes import Condition
from governance.values import Span, Truth, Value
from governance.vocabulary import SCOPES


@dataclass(frozen=True, slots=True)
class Row:
    """One thing with its facts. A fact that is missing is unknown; ``there`` says whether the row exists.

    ``recorded`` names the facts the record holds something about, known or partly known.
    """

    scope: str
    id: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, Row] = field(default_factory=dict)
    lists: Mapping[str, Listing] = field(default_factory=dict)
    there: Truth = Truth.TRUE
    recorded: frozenset[str] = frozenset()


T = TypeVar("T")


class Later(Mapping[str, T]):
    """Links or collections of which those ``later`` are worked out when they are first asked for."""

    def __init__(self, known: Mapping[str, T], later: Mapping[str, Callable[[], T]]) -> None:
        self._known = {name: each for name, each in known.items() if name not in later}
        self._later = later

    def __getitem__(self, name: str) -> T:
        if name not in self._known:
            self._known[name] = self._later[name]()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._known, **self._later})

    def __len__(self) -> int:
        return len({**self._known, **self._later})


def told(scope: str, id_: str, facts: Mapping[str, Value], there: Truth = Truth.TRUE) -> Row:
    """A row of which everything that is known was recorded."""
    return Row(scope, id_, facts, there=there, recorded=frozenset(facts))


@dataclass(frozen=True, slots=True)
class Listing:
    """A collection; ``closed`` means the record says there are no further rows."""

    rows: tuple[Row, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a condition can name, outermost first, and the readings in force.

    ``unknown`` gives the value of a fact nothing is recorded about, by scope and fact name.
    """

    named: tuple[tuple[str, Row], ...]
    on: Span
    reading: Callable[[str], Value | Condition]
    unknown: Callable[[str, str], Value]

    def inside(self, name: str, row: Row) -> Scope:
        """The scope within one row of a collection."""
        return Scope((*self.named, (name, row)), self.on, self.reading, self.unknown)

    def row(self, name: str) -> Row:
        """The nearest enclosing row of that name, else that link of the nearest row that can have it.

        Where that link is not recorded it is a row nothing is known of, never a link from further out.
        """
        for known, row in reversed(self.named):
            if known == name:
                return row
        for _, row in reversed(self.named):
            if name in row.links:
                return row.links[name]
            if row.scope in SCOPES and name in SCOPES[row.scope].links:
                return Row(SCOPES[row.scope].links[name], "", there=Truth.UNKNOWN)
        return Row(scope=name, id="", there=Truth.UNKNOWN)

    def fact(self, name: str, of: str) -> Value:
        """The value of a fact, wholly unknown when nothing is recorded."""
        row = self.row(of)
        return row.facts[name] if name in row.facts else self.unknown(row.scope, name)

    def listing(self, name: str, of: str) -> tuple[Row, Listing]:
        """A collection and the row that owns it; an unmentioned collection is open and empty."""
        row = self.row(of)
        return row, row.lists.get(name, Listing())
