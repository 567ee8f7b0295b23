"""A record seen with a rulebook on a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.conditions.nodes import Condition
from governance.conditions.rows import Row, Scope
from governance.model import Origin
from governance.record import Entity, Record, happened_by
from governance.rulebook import Rulebook, judged_day
from governance.values import Span, Truth, Value, at_most, word

YES, NO = word("ja"), word("nej")


@dataclass(frozen=True)
class World:
    """``inputs`` are the facts a request supplies to the item it is about.

    ``by_period``: a record declared complete is so only up to the day of the declaration, as a request needs.
    """

    record: Record
    rulebook: Rulebook
    on: Span
    inputs: Mapping[str, Value] = field(default_factory=dict)
    by_period: bool = False

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
        day = judged_day(self.on)
        found = (entity for entity in self.record.values() if entity.links.get("parent") == whole)
        return sorted((e for e in found if happened_by(e.since, day)), key=lambda entity: entity.id)

    def above(self, entity: Entity) -> list[Entity]:
        """What an item is a track of, nearest first, up to the whole."""
        chain: list[Entity] = []
        while (parent := self.record.get(entity.links.get("parent", ""))) is not None and parent not in chain:
            chain.append(parent)
            entity = parent
        return chain

    def is_complete(self, entity: Entity | None) -> bool:
        """Whether nothing about the thing is missing from the record, as far as anyone vouched.

        What was entered live is complete from its first event.
        """
        if entity is None or entity.origin is Origin.LIVE:
            return entity is not None
        vouched = entity.complete_on
        if vouched is None or not self.by_period:
            return vouched is not None
        return at_most(self.on, vouched) is Truth.TRUE
