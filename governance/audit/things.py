"""What every thing is after the events so far: what its row must hold."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date

from governance.model import Corrected, Event, StepRefused
from governance.record import Entity, apply, fold


@dataclass(slots=True)
class Thing:
    """What a row says of a thing."""

    kind: str = ""
    family: str = ""
    state: str = ""
    version: int = 0


@dataclass(slots=True)
class Things:
    """Folds events one at a time. Of things outside ``whole`` only what the next event needs is remembered.

    A correction changes what came before it, so things that are corrected must be in ``whole``; None is all.
    """

    whole: Container[str] | None = None
    rows: dict[str, Thing] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Add an event; a thing that a correction took away keeps its row, without a state."""
        id_, whole = event.entity, self.whole is None or event.entity in self.whole
        if whole:
            self.events.setdefault(id_, []).append(event)
        if isinstance(event.payload, Corrected):
            entity = fold(self.events[id_]).get(id_)
        else:
            entity = apply(self.entities.get(id_), event)
        row = self.rows.setdefault(id_, Thing())
        row.version, row.state = event.version, ""
        if not isinstance(event.payload, StepRefused):
            self.changed[id_] = event.number
        self.entities.pop(id_, None)
        if entity is not None:
            self.entities[id_] = entity if whole else _slim(entity)
            of = self.rows.get(entity.links.get("parent") or entity.links.get("item") or "")
            row.kind, row.family, row.state = entity.kind, (of and of.family) or id_, entity.state


def _slim(entity: Entity) -> Entity:
    """Without facts, and with the latest act only, which says whether the next one is late."""
    dated = [(act.on.low, act) for act in entity.acts if isinstance(act.on.low, date)]
    latest = max(dated, key=lambda each: each[0], default=None)
    return replace(entity, facts={}, told=(), acts=(latest[1],) if latest else ())
