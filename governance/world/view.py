"""A record seen with a rulebook on a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.conditions.nodes import Condition
from governance.conditions.rows import Row, Scope
from governance.record import Entity, Record
from governance.rulebook import Rulebook
from governance.values import Span, Value, word

YES, NO = word("ja"), word("nej")


@dataclass(frozen=True)
class World:
    """``inputs`` are the facts a request supplies to the item it is about."""

    record: Record
    rulebook: Rulebook
    on: Span
    inputs: Mapping[str, Value] = field(default_factory=dict)

    def scope(self, *named: tuple[str, Row]) -> Scope:
        """The rows a rule starts from."""
        return Scope(named, self.on, self._reading, self.rulebook.unknown)

    def _reading(self, name: str) -> Value | Condition:
        return self.rulebook.reading(name, self.on)

    def of_kind(self, kind: str, **links: str) -> list[Entity]:
        """The recorded things of a kind with these links, by id."""
        found = (entity for entity in self.record.values() if entity.kind == kind)
        return sorted((e for e in found if links.items() <= e.links.items()), key=lambda e: e.id)

    def tracks(self, whole: str) -> list[Entity]:
        """The items that are tracks of a whole, by id."""
        found = (entity for entity in self.record.values() if entity.links.get("parent") == whole)
        return sorted(found, key=lambda entity: entity.id)

    def is_complete(self, entity: Entity | None) -> bool:
        """Whether nothing about the thing is missing from the record, as far as anyone vouched."""
        return entity is not None and entity.closed
