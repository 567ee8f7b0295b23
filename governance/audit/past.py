"""The record as it was known when an event was decided: exactly what a command loads, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from governance.audit.things import Things
from governance.model import Event
from governance.record import Entity, Record, fold, happened_by
from governance.rulebook import Rulebook


@dataclass(slots=True)
class Past:
    """Which things make up each family and the group, after the events so far."""

    things: Things
    homes: dict[str, str] = field(default_factory=dict)
    families: dict[str, dict[str, None]] = field(default_factory=dict)
    kinds: dict[str, dict[str, None]] = field(default_factory=dict)

    def place(self, id_: str) -> None:
        """Find a thing its place once an event about it has been folded."""
        row = self.things.rows.get(id_)
        if row is None:
            return
        self.families.get(self.homes.get(id_, ""), {}).pop(id_, None)
        for others in self.kinds.values():
            others.pop(id_, None)
        self.homes[id_] = row.family
        self.families.setdefault(row.family, {})[id_] = None
        self.kinds.setdefault(row.kind, {})[id_] = None

    def known(self, id_: str, rulebook: Rulebook) -> tuple[Event, ...]:
        """The events of a thing, of the whole it belongs to with all tracks, and of the group around it."""
        loaded = self._loaded(id_, rulebook)
        return tuple(event for each in loaded for event in self.things.events.get(each, ()))

    def record(self, id_: str, by: date | None, rulebook: Rulebook) -> Record:
        """The same, folded by the end of a day."""
        found = ((each, self._then(each, by)) for each in self._loaded(id_, rulebook))
        return {each: entity for each, entity in found if entity is not None}

    def _loaded(self, id_: str, rulebook: Rulebook) -> Iterable[str]:
        row = self.things.rows.get(id_)
        around = rulebook.around(row.kind) if row is not None else ()
        group = {each: None for kind in around for each in self.kinds.get(kind, ())}
        return {**self.families.get(self.homes.get(id_, ""), {}), **group}

    def _then(self, id_: str, by: date | None) -> Entity | None:
        if all(happened_by(event.on, by) for event in self.things.events.get(id_, ())):
            return self.things.entities.get(id_)
        return fold(self.things.events[id_], by=by).get(id_)
