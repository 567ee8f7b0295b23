"""The rows that stand around a condition, and which of them a name means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from governance.conditions.nodes import Condition
from governance.parsing.faultlist import Faults, Place, quoted
from governance.parsing.names import Names
from governance.values import Kind
from governance.vocabulary import SCOPES


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be named: what it is called, and what kind of row it is."""

    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class Here:
    """Where a condition stands: the rulebook's names, and the rows around it, outermost first.

    ``reading`` is the reading it belongs to, if any; ``solve`` turns a condition inside a value, as in
    ``where``, into its node.
    """

    names: Names
    rows: tuple[Row, ...]
    solve: Callable[[Any, Place, Here], Condition | None]
    reading: str = ""

    @property
    def faults(self) -> Faults:
        """Where faults are noted."""
        return self.names.faults

    def inside(self, row: Row) -> Here:
        """Within one row of a collection."""
        return replace(self, rows=(*self.rows, row))

    def visible(self) -> tuple[Row, ...]:
        """The rows a name can mean, innermost first: a row hides those of the same name around it."""
        nearest: dict[str, Row] = {}
        for row in reversed(self.rows):
            nearest.setdefault(row.name, row)
        return tuple(nearest.values())

    def row(self, name: str, place: Place) -> Row | None:
        """The nearest row of that name, else the nearest single link so named; notes when there is none."""
        rows = self.visible()
        for row in rows:
            if row.name == name:
                return row
        for row in rows:
            if name in SCOPES[row.scope].links:
                return Row(name, SCOPES[row.scope].links[name])
        known = dict.fromkeys(
            [row.name for row in rows] + [link for row in rows for link in SCOPES[row.scope].links]
        )
        self.faults.unknown("unknown-row", place, name, "en række, der kan tales om her", known)
        return None

    def fact(
        self, name: str, place: Place, of: str | None, of_place: Place
    ) -> tuple[Row, Kind | None] | None:
        """The row a fact belongs to and what the fact holds; notes when no row in reach has it."""
        rows = self._among(of, of_place)
        for row in rows:
            if name in self.names.facts[row.scope]:
                return row, self.names.facts[row.scope][name]
        if rows and "facts" not in self.names.unsure:
            known = dict.fromkeys(fact for row in rows for fact in self.names.facts[row.scope])
            self.faults.unknown("unknown-fact", place, name, f"en oplysning om {_one_of(rows)}", known)
        return None

    def collection(self, name: str, place: Place, of: str | None, of_place: Place) -> tuple[Row, str] | None:
        """The row that has a collection and the kind of the rows in it; notes when no row in reach has it."""
        rows = self._among(of, of_place)
        for row in rows:
            if name in SCOPES[row.scope].lists:
                return row, SCOPES[row.scope].lists[name]
        if rows:
            known = dict.fromkeys(listed for row in rows for listed in SCOPES[row.scope].lists)
            self.faults.unknown("unknown-collection", place, name, f"en samling hos {_one_of(rows)}", known)
        return None

    def _among(self, of: str | None, of_place: Place) -> tuple[Row, ...]:
        if of is None:
            return self.visible()
        row = self.row(of, of_place)
        return () if row is None else (row,)


def _one_of(rows: tuple[Row, ...]) -> str:
    return " eller ".join(quoted(row.name) for row in rows)
