"""Items and everything else that goes through a process: seats, meetings, points and rounds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from flask import url_for

from governance import service
from governance.service import EventView, ItemLine, ItemView, Receipt, RouteView, StepView, TryView
from web.api.nouns import (
    MOST_ID,
    Asked,
    AsOf,
    Completeness,
    Correction,
    Known,
    NewFacts,
    NewItem,
    Question,
    Reply,
    StepWish,
    Trial,
)
from web.api.operations import TAG_HEADER, done, key, reads, tagged, version_seen, writes
from web.api.schemas import Says
from web.common import governance

ITEMS, STEPS, RECORD = "items", "steps", "record"
Made = tuple[Receipt, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Way:
    """Where an item is to get, and from when and what knowledge."""

    to: Annotated[str, Says("The state to get to, by its id in the rules.", 1, MOST_ID, example="bestilt")]
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """Which items."""

    state: Annotated[str, Says("Those in this state, by its id in the rules.", most=MOST_ID)] = ""
    kind: Annotated[str, Says("Those of this kind, by its id in the rules.", most=MOST_ID)] = ""
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class StepsAsked:
    """For which body, on which day and from what knowledge steps are decided."""

    body: Annotated[str, Says("The body that asks; by default whoever may take each step.", most=MOST_ID)] = (
        ""
    )
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class KnownThen:
    """From what knowledge."""

    known: Known = ""


@reads("/items", ITEMS, ItemLine, many=True, query=ItemsAsked)
def list_items(query: ItemsAsked) -> tuple[ItemLine, ...]:
    """Items, those open steps of each with it."""
    return service.items(governance(), **asdict(query))


@reads("/items/<path:id>", ITEMS, ItemView, query=AsOf, headers=TAG_HEADER)
def get_item(query: AsOf, *, id_: str) -> tuple[ItemView, dict[str, str]]:
    """An item with everything about it: state, facts, steps with every reason, acts and events.

    So for a seat, a meeting, an agenda point and a round. Its `ETag` is what a change must name.
    """
    view = service.item(governance(), id_, on=query.on, known=query.known)
    return view, tagged(view.line.version)


@writes("/items", ITEMS, NewItem, created=True)
def add_item(new: NewItem) -> Made:
    """Enter an item."""
    receipt = service.add_item(governance(), **asdict(new), key=key())
    return done(receipt, url_for("api.get_item", id=receipt.entity))


@reads("/steps/<path:id>", STEPS, StepView, many=True, query=StepsAsked)
def get_steps(query: StepsAsked, *, id_: str) -> tuple[StepView, ...]:
    """Every step of a thing's process with its verdict: what is allowed, what not, why, and what mends it."""
    return service.steps(governance(), id_, on=query.on, known=query.known, body=query.body)


@writes("/steps/<path:id>", STEPS, StepWish, seen=True, refuses=True)
def take_step(wish: StepWish, *, id_: str) -> Made:
    """Take a step: decided on the record as it stands, and stored whether allowed or refused."""
    return done(
        service.advance(
            governance(),
            id_,
            wish.step,
            wish.body,
            on=wish.on,
            inputs=wish.inputs,
            reason=wish.reason,
            person=wish.person,
            source=wish.source,
            version=version_seen(),
            key=key(),
        )
    )


@reads("/tries/<path:id>", STEPS, TryView, body=Trial)
def try_steps(trial: Trial, *, id_: str) -> TryView:
    """What would be allowed for another body, on another day, or if more were known; nothing is stored."""
    return service.try_steps(governance(), id_, **asdict(trial))


@reads("/ways/<path:id>", STEPS, RouteView, query=Way)
def get_way(query: Way, *, id_: str) -> RouteView:
    """The shortest legal way to a state: who must act, in order, and what is missing before each."""
    return service.way(governance(), id_, query.to, on=query.on, known=query.known)


@reads("/history/<path:id>", RECORD, EventView, many=True, query=KnownThen)
def get_history(query: KnownThen, *, id_: str) -> tuple[EventView, ...]:
    """Everything recorded about a thing, refusals and corrected lines too, in the order recorded."""
    return service.history(governance(), id_, known=query.known)


@writes("/facts/<path:id>", RECORD, NewFacts, seen=True)
def record_facts(new: NewFacts, *, id_: str) -> Made:
    """Write down facts about a thing, all or none."""
    return done(service.record_facts(governance(), id_, **asdict(new), version=version_seen(), key=key()))


@writes("/completeness/<path:id>", RECORD, Completeness, seen=True)
def declare_complete(new: Completeness, *, id_: str) -> Made:
    """Vouch that nothing more happened to a thing up to a day than what is recorded."""
    return done(service.declare_complete(governance(), id_, **asdict(new), version=version_seen(), key=key()))


@writes("/corrections/<int(max=999999999):event>", RECORD, Correction, seen=True)
def correct_event(new: Correction, *, event: int) -> Made:
    """Say that an event was wrong, and what is right instead; `If-Match` is the version of its thing."""
    return done(service.correct(governance(), event, **asdict(new), version=version_seen(), key=key()))


@writes("/consultations/<path:id>", RECORD, Question, refuses=True)
def consult(new: Question, *, id_: str) -> Made:
    """Ask somebody about an item; decided as any step."""
    return done(service.consult(governance(), id_, **asdict(new), key=key()))


@writes("/answers/<path:id>", RECORD, Reply)
def answer_consultation(new: Reply, *, id_: str) -> Made:
    """Write down the answer to a consultation, and when it came."""
    return done(service.answer(governance(), id_, new.answer, on=new.on, source=new.source, key=key()))
