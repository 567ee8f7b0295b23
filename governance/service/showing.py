"""Steps, facts and items as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from governance.conditions.reasons import Supply
from governance.model import Decision, Text, Verdict
from governance.notation import write_value
from governance.prose import label, ruled, say_date, say_value
from governance.prose.labels import fact_label, state_label, step_label
from governance.record import Entity, Known, Record
from governance.referee import Referee
from governance.rulebook import Process, Rulebook, Step
from governance.service.views import (
    Arrow,
    ConsultationView,
    FactView,
    InputView,
    ItemLine,
    MachineView,
    Said,
    StepView,
)
from governance.values import Kind, Span
from governance.vocabulary import RECORDED_KINDS, scope_of

CONSULTATION = "consultation"
ANSWER_FACTS = ("answered", "answer")
"""The facts of a consultation of which any says that it is answered."""


def said(book: Rulebook, id_: str) -> Said:
    """An id with the rulebook's label."""
    return Said(id_, label(book, id_))


def said_state(book: Rulebook, kind: str, state: str) -> Said:
    """A state with its label."""
    return Said(state, state_label(book, kind, state))


def is_item(book: Rulebook, entity: Entity) -> bool:
    """Whether a thing is an item: its kind has a process, and it is no part of the group."""
    return entity.kind in item_kinds(book)


def item_kinds(book: Rulebook) -> Mapping[str, Process]:
    """The kinds of items, with the process each goes through."""
    return {
        kind.id: process
        for process in book.processes
        for kind in process.kinds
        if kind.id not in RECORDED_KINDS
    }


def stepped_kinds(book: Rulebook) -> tuple[str, ...]:
    """The kinds of everything that goes through a process: items, and things of the group."""
    return tuple(kind.id for process in book.processes for kind in process.kinds)


def item_line(book: Rulebook, entity: Entity, version: int, open_steps: Iterable[str]) -> ItemLine:
    """An item in a list, with the steps open to it."""
    return ItemLine(
        id=entity.id,
        title=entity.title,
        kind=said(book, entity.kind),
        state=said_state(book, entity.kind, entity.state),
        version=version,
        complete=entity.closed,
        parent=entity.links.get("parent", ""),
        allowed_steps=tuple(Said(step, step_label(book, step)) for step in open_steps),
    )


def step_view(referee: Referee, entity: Entity, decision: Decision) -> StepView:
    """A step as it was decided, told rule by rule."""
    book, process = referee.rulebook, referee.process(entity)
    step = referee.step_for(process, decision.request.step, entity.state)
    return StepView(
        id=step.id,
        label=step.label,
        act=said(book, step.act),
        by=tuple(said(book, body) for body in step.by),
        from_states=tuple(said_state(book, entity.kind, state) for state in step.from_states),
        to=said_state(book, entity.kind, step.to or entity.state),
        starts_here=entity.state in step.from_states,
        allowed=decision.allowed,
        findings=ruled(decision, book),
        inputs=tuple(step_inputs(book, entity, step)),
        decision=decision,
        lacks=_lacking(book, decision),
    )


def _lacking(book: Rulebook, decision: Decision) -> tuple[Said, ...]:
    """The inputs that all that stops a step would be known by."""
    needed = [finding.ways[0] if finding.ways else () for finding in decision.blocking]
    only = all(way and all(isinstance(remedy, Supply) for remedy in way) for way in needed)
    if not needed or not only or any(each.verdict is not Verdict.UNKNOWN for each in decision.blocking):
        return ()
    asked = dict.fromkeys(remedy.fact for way in needed for remedy in way if isinstance(remedy, Supply))
    return tuple(Said(fact, fact_label(book, fact)) for fact in asked)


def step_inputs(book: Rulebook, entity: Entity, step: Step) -> list[InputView]:
    """What a step asks for, with what is recorded of it already."""
    views = []
    for each in step.inputs:
        afresh = bool(step.beside) or each.again
        thing = replace(entity, facts={}) if afresh else entity
        scope = step.beside or scope_of(entity.kind)
        views.append(input_view(book, thing, each.fact, scope, required=each.required))
    return views


def input_view(book: Rulebook, entity: Entity, fact: str, scope: str, *, required: bool = False) -> InputView:
    """How to ask for a fact of a thing."""
    kind = book.kind_of(scope, fact) or Kind("text")
    known = entity.facts.get(fact)
    declared = book.fact(scope, fact)
    counts = known is not None and not (declared and declared.each_round and known.round != entity.round)
    return InputView(
        id=fact,
        label=fact_label(book, fact),
        kind=kind.name,
        options=tuple(said(book, option) for option in kind.options),
        unit=label(book, kind.unit),
        required=required,
        recorded=write_value(known.value) if known is not None and counts else "",
    )


def fact_views(book: Rulebook, entity: Entity) -> tuple[FactView, ...]:
    """The newest recording of each fact, in words, with those before it."""
    scope = scope_of(entity.kind)
    return tuple(
        replace(
            _fact_view(book, scope, fact, known),
            earlier=tuple(
                _fact_view(book, scope, fact, before)
                for name, before in reversed(entity.told)
                if name == fact and before != known
            ),
        )
        for fact, known in entity.facts.items()
    )


def _fact_view(book: Rulebook, scope: str, fact: str, known: Known) -> FactView:
    return FactView(
        id=fact,
        label=fact_label(book, fact),
        value=say_value(known.value, book, (book.kind_of(scope, fact) or Kind("text")).unit),
        on=say_date(known.on),
        source=known.source,
        event=known.event,
    )


def consultations_of(
    book: Rulebook, record: Record, entity: Entity, versions: Mapping[str, int]
) -> tuple[ConsultationView, ...]:
    """Who was asked about an item, in the order they were recorded."""
    own = (each for each in record.values() if each.kind == CONSULTATION)
    return tuple(
        ConsultationView(
            id=each.id,
            asked_of=_told_of(book, each, "asked_of").da,
            question=_told_of(book, each, "question").da,
            asked=_told_of(book, each, "asked"),
            answered=_told_of(book, each, "answered"),
            answer=_told_of(book, each, "answer").da,
            version=versions.get(each.id, 0),
        )
        for each in own
        if each.links.get("item") == entity.id
    )


def _told_of(book: Rulebook, thing: Entity, fact: str) -> Text:
    known = thing.facts.get(fact)
    return say_value(known.value, book) if known is not None else Text("", "")


def recordable(book: Rulebook, entity: Entity) -> tuple[InputView, ...]:
    """The facts that may be recorded about a thing."""
    scope = scope_of(entity.kind)
    return tuple(input_view(book, entity, fact.id, scope) for fact in book.facts if fact.scope == scope)


def machine_view(process: Process, entity: Entity, allowed: frozenset[str]) -> MachineView:
    """The machine of a process with the item in it; ``allowed`` are the steps open to it now."""
    arrows = tuple(
        Arrow(
            step=Said(step.id, step.label),
            source=source,
            target=step.to or source,
            here=source == entity.state,
            allowed=source == entity.state and step.id in allowed,
        )
        for step in process.steps
        for source in step.from_states
    )
    return MachineView(
        states=tuple(Said(state.id, state.label) for state in process.states),
        final=tuple(state.id for state in process.states if state.final),
        arrows=arrows,
        current=entity.state,
        visited=(),
    )


def relations_of(book: Rulebook, record: Record, entity: Entity) -> tuple[tuple[Said, str], ...]:
    """The items this one is related to, with how."""
    found = sorted(
        (each for each in record.values() if each.kind == "relation" and each.links.get("item") == entity.id),
        key=lambda each: each.id,
    )
    return tuple((_titled(record, each.links["to"]), _relation_kind(book, each)) for each in found)


def _titled(record: Record, id_: str) -> Said:
    title = record[id_].title if id_ in record else id_
    return Said(id_, Text(title, title))


def _relation_kind(book: Rulebook, relation: Entity) -> str:
    known = relation.facts.get("kind")
    return say_value(known.value, book).da if known is not None else ""


def day_span(span: Span) -> str:
    """A date in the notation people write."""
    return write_value(span)
