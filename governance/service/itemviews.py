"""What an item's page shows besides its steps: its acts, how large it is, and what may be told as history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from governance.model import Text, Verdict
from governance.prose import say_date, say_value
from governance.prose.labels import fact_label, step_label
from governance.record import Act, Entity, Record
from governance.referee import Referee
from governance.rulebook import FactKind, Rulebook, Step
from governance.service.decided import MOST_STEPS, Asked, told_steps
from governance.service.showing import fact_views, machine_view, recordable, said, said_state, step_inputs
from governance.service.views import ActView, EstimateView, FactView, InputView, MachineView, Said, ToldStep
from governance.values import Choice, Span
from governance.world import World, row_for

ESTIMATED = ("size", "estimate")
"""The roles of the facts that say how large an item is."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is told of a thing on a record besides its steps; its machine does not tell where it has been."""

    facts: tuple[FactView, ...]
    machine: MachineView
    recordable: tuple[InputView, ...]
    acts: tuple[ActView, ...]
    estimates: tuple[EstimateView, ...]
    telling: tuple[ToldStep, ...]


@lru_cache(MOST_STEPS)
def parts_of(asked: Asked) -> Parts:
    """The same, told once for each record it follows from."""
    referee, entity, book = asked.referee, asked.entity, asked.referee.rulebook
    facts = fact_views(book, entity)
    allowed = frozenset(step.id for step in told_steps(asked) if step.allowed)
    return Parts(
        facts=facts,
        machine=machine_view(referee.process(entity), entity, allowed),
        recordable=recordable(book, entity),
        acts=acts_of(book, asked.record, entity, asked.on),
        estimates=estimates_of(book, asked.record, entity, asked.on, facts),
        telling=telling_of(referee, entity),
    )


def acts_of(book: Rulebook, record: Record, entity: Entity, on: Span) -> tuple[ActView, ...]:
    """What each body did to a thing by a date, the newest first, and whether it still counts."""
    rows = {row.id: row for row in row_for(entity, World(record, book, on)).lists["acts"].rows}
    return tuple(
        _act(book, entity, act, rows[f"{entity.id}#{act.event}"].facts.get("stands"))
        for act in sorted(entity.acts, key=lambda each: each.event, reverse=True)
    )


def _act(book: Rulebook, entity: Entity, act: Act, stands: object) -> ActView:
    kind = book.act_by_id.get(act.act)
    word = stands.word if isinstance(stands, Choice) else None
    covered = {"ja": Verdict.KEPT, "nej": Verdict.BROKEN}.get(word or "", Verdict.UNKNOWN)
    return ActView(
        event=act.event,
        act=said(book, act.act),
        step=Said(act.step, step_label(book, act.step)),
        body=said(book, act.body),
        on=say_date(act.on),
        person=act.person,
        recorder=act.recorder,
        current=act.round == entity.round,
        stands=covered if kind is not None and kind.covers else None,
    )


def estimates_of(
    book: Rulebook, record: Record, entity: Entity, on: Span, facts: tuple[FactView, ...]
) -> tuple[EstimateView, ...]:
    """How large an item is in each measure of which something is recorded, of it or of its tracks."""
    measures = [each for each in book.facts if each.scope == "item" and _measures(each)]
    row = row_for(entity, World(record, book, on))
    own = {each.id: each for each in facts}
    tracks = [each for each in record.values() if each.links.get("parent") == entity.id]
    told = {
        track.id: {each.id: each for each in fact_views(book, track)}
        for track in sorted(tracks, key=lambda each: each.id)
    }
    found = (
        EstimateView(
            id=each.id,
            label=fact_label(book, each.id),
            own=own.get(each.id),
            figure=say_value(row.facts[each.id], book, each.kind.unit) if each.id in row.facts else None,
            tracks=tuple(
                (Said(track, _titled(record, track)), seen[each.id].value)
                for track, seen in told.items()
                if each.id in seen
            ),
        )
        for each in measures
    )
    return tuple(each for each in found if each.own is not None or each.tracks)


def _measures(fact: FactKind) -> bool:
    return fact.role in ESTIMATED or fact.adds_up


def telling_of(referee: Referee, entity: Entity) -> tuple[ToldStep, ...]:
    """The steps that may be told as history of a thing entered as history; those never taken live first."""
    if not entity.origin.told:
        return ()
    book, process = referee.rulebook, referee.process(entity)
    steps: dict[str, Step] = {}
    for each in process.steps:
        steps.setdefault(each.id, each)
    bare = replace(entity, facts={})
    return tuple(
        ToldStep(
            id=step.id,
            label=step.label,
            by=tuple(said(book, body) for body in step.by),
            to=said_state(book, entity.kind, step.to or entity.state),
            inputs=tuple(step_inputs(book, bare, step)),
            only=step.history,
        )
        for step in sorted(steps.values(), key=lambda each: not each.history)
    )


def _titled(record: Record, id_: str) -> Text:
    title = record[id_].title or id_
    return Text(title, title)
