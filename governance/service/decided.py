"""Steps as they were last decided and told: asked again on the same record, they are not decided again.

A decision follows from the rulebook, the day and the record, and each answer is kept under all three: the
record is held against the one that was judged, thing by thing, so whatever changed in it is judged anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from governance.model import Decision, Request
from governance.record import Entity, Record
from governance.referee import Referee
from governance.service.showing import step_view
from governance.service.views import StepView
from governance.values import Span

MOST_STEPS, MOST_NAMES = 64, 1024
"""Of how many things the steps are kept in words, and of how many only which are open."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the steps of a thing follow from; ``body`` decides them as if that body asked."""

    referee: Referee
    id: str
    on: Span
    record: Record = field(hash=False)
    body: str = ""

    @property
    def entity(self) -> Entity:
        """The thing itself, in its state."""
        return self.referee.placed(self.record[self.id])


@lru_cache(MOST_STEPS)
def told_steps(asked: Asked) -> tuple[StepView, ...]:
    """Every step of a thing with its verdict in words."""
    entity = asked.entity
    return tuple(step_view(asked.referee, entity, decision) for decision in _decisions(asked))


def _decisions(asked: Asked) -> tuple[Decision, ...]:
    """Every step decided, for the body that may take it or for the one that asks."""
    referee, entity, on, record = asked.referee, asked.entity, asked.on, asked.record
    if not asked.body:
        return referee.next_steps(entity, on, record)
    names = dict.fromkeys(step.id for step in referee.process(entity).steps)
    return tuple(referee.decide(entity, Request(name, asked.body, on), record) for name in names)


@lru_cache(MOST_NAMES)
def open_steps(asked: Asked) -> tuple[str, ...]:
    """The names of the steps that are open."""
    return asked.referee.open_steps(asked.entity, asked.on, asked.record)
