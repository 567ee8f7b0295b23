"""A record seen with a rulebook on a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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

    @cached_property
    def _rows(self) -> dict[tuple[str, str], tuple[Entity, Row]]:
        return {}

    def row_once(self, scope: str, entity: Entity, make: Callable[[], Row]) -> Row:
        """The row of a thing, made once: a seat is asked for by its body, its terms and its rules."""
        known = self._rows.get((scope, entity.id))
        if known is None or known[0] is not entity:
            known = self._rows[(scope, entity.id)] = entity, make()
        return known[1]

    @cached_property
    def _kinds(self) -> Mapping[str, list[Entity]]:
        return _grouped(self.record, lambda entity: entity.kind)

    @cached_property
    def _parts(self) -> Mapping[str, list[Entity]]:
        return _grouped(self.record, lambda entity: entity.links.get("parent", ""))

    def of_kind(self, kind: str, **links: str) -> list[Entity]:
        """The recorded things of a kind with these links, by id."""
        found = (e for e in self._kinds.get(kind, ()) if links.items() <= e.links.items())
        return sorted(found, key=lambda entity: entity.id)

    def tracks(self, whole: str) -> list[Entity]:
        """The items that are tracks of a whole, by id."""
        day = judged_day(self.on)
        found = (entity for entity in self._parts.get(whole, ()) if happened_by(entity.since, day))
        return sorted(found, key=lambda entity: entity.id)

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


def _grouped(record: Record, key: Callable[[Entity], str]) -> Mapping[str, list[Entity]]:
    """The things of a record by some word of theirs."""
    groups: dict[str, list[Entity]] = {}
    for entity in record.values():
        groups.setdefault(key(entity), []).append(entity)
    return groups
