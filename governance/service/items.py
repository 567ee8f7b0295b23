"""Items: add one, list them, show one with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from governance.model import Added, Event, FactRecorded, RequestError, StepTaken, Text
from governance.record import Entity, replaced
from governance.rulebook import Rulebook
from governance.service.decided import Asked, open_steps, told_steps
from governance.service.facts import read_fact, stored
from governance.service.histories import event_views
from governance.service.itemviews import parts_of
from governance.service.naming import named
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.reading import find_item, said_day, the_whole_story
from governance.service.recording import Session, in_one_moment, session, told
from governance.service.showing import (
    consultations_of,
    day_span,
    is_item,
    item_kinds,
    item_line,
    relations_of,
)
from governance.service.views import ItemView, Receipt, StepView
from governance.service.words import Problems, among, clean_id, clean_title
from governance.store.persons import is_ref

RULEBOOK_IDS = "regelsæt/"
"""How the ids of rulebooks in the record begin."""

ITEM = "item"
KIND = Text("sagstypen", "kind of item")
TITLE = Text("titlen", "the title")
BODY = Text("organet", "body")
STATE = Text("tilstanden", "state")


@once
def add_item(  # noqa: PLR0913 - an item is entered with these parts
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract, and what callers say
    kind: str,
    title: str,
    *,
    parent: str = "",
    facts: Mapping[str, str] | None = None,
    on: str = "",
    origin: str = "live",
    source: str = "",
    recorder: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Enter an item with what is known of it, all or nothing; ``parent`` is the item it is a track of.

    Facts need a source. RequestError with everything wrong, also when there is such an item already. The
    receipt is that of the last event; a retry with the same ``key`` gets the first answer.
    """
    problems = Problems()
    given, needed = facts or {}, bool(facts)
    said = told(gov, problems, on=on, origin=origin, source=source, recorder=recorder, source_needed=needed)
    id_ = problems.take(lambda: clean_id(id), "")
    kinds = item_kinds(said.rulebook)
    kind_ = problems.take(lambda: among(kind, kinds, KIND), "")
    title_ = problems.take(lambda: clean_title(title, TITLE, needed=True), "")
    whole = problems.take(lambda: clean_id(parent), "") if parent else ""
    read = [problems.take(partial(read_fact, said.rulebook, ITEM, *each), None) for each in given.items()]
    if id_:
        problems.take(lambda: _refuse_reserved(said.rulebook, id_), None)
    with session(gov, whole or id_) as open_:
        if id_:
            problems.take(lambda: refuse_known(open_, id_), None)
        above = problems.take(lambda: _whole(open_, said.rulebook, whole), None) if whole else None
        problems.raise_if_any()
        links = {"parent": above.id} if above is not None else {}
        event = open_.add(id_, Added(kind_, title_, links, kinds[kind_].initial), said)
        for name, value in (each for each in read if each is not None):
            event = open_.add(id_, FactRecorded(name, value), said)
        return stored(open_, said.rulebook, event)


def _refuse_reserved(book: Rulebook, id_: str) -> None:
    if id_ in book.reserved_ids:
        raise RequestError(
            Text(
                f"`{id_}` er et organ eller en organisation; vælg et andet nummer til sagen",
                f"`{id_}` is a body or an organisation; choose another number for the item",
            )
        )


def _whole(open_: Session, book: Rulebook, id_: str) -> Entity:
    """The item that another is to be a track of."""
    found = open_.entity(id_)
    if not is_item(book, found):
        raise RequestError(Text(f"`{id_}` er ikke en sag, der kan have spor", f"`{id_}` is no item"))
    return found


def refuse_known(open_: Session, id_: str) -> None:
    """RequestError when there is a thing of that id, or it is kept for persons and rulebooks."""
    if is_ref(id_) or id_.startswith(RULEBOOK_IDS):
        raise RequestError(
            Text(
                f"`{id_}` er et nummer, personer og regelsæt har; vælg et andet",
                f"`{id_}` is a number that persons and rulebooks have; choose another",
            )
        )
    if open_.exists(id_):
        raise RequestError(
            Text(
                f"`{id_}` findes allerede; vælg et andet nummer, eller ret den, der er",
                f"`{id_}` is there already; choose another number, or correct the one there is",
            )
        )


@in_one_moment
@named
def steps(
    gov: Governance,
    id: str,  # noqa: A002 - as above
    *,
    on: str = "",
    known: str = "",
    body: str = "",
) -> tuple[StepView, ...]:
    """Every step of an item's process with its verdict; ``body`` decides them as if that body asked."""
    found = find_item(gov, id, on, known)
    asking = among(body, [each.id for each in found.book.bodies], BODY) if body else ""
    return told_steps(Asked(gov.referee(found.book), found.entity.id, found.on, found.record, asking))


@in_one_moment
@named
def item(gov: Governance, id: str, *, on: str = "", known: str = "") -> ItemView:  # noqa: A002 - as above
    """Everything about an item on a date."""
    found = find_item(gov, id, on, known, the_whole_story)
    entity, record, book, seen = found.entity, found.record, found.book, found.seen
    referee, versions = gov.referee(book), seen.versions
    asked = Asked(referee, entity.id, found.on, record)
    steps_, parts = told_steps(asked), parts_of(asked)
    allowed = [step.id for step in steps_ if step.allowed]
    tracks = sorted((e for e in record.values() if e.links.get("parent") == entity.id), key=lambda e: e.id)
    return ItemView(
        line=item_line(book, entity, versions[entity.id], allowed),
        facts=parts.facts,
        relations=relations_of(book, record, entity),
        tracks=tuple(
            item_line(book, track, versions[track.id], open_steps(replace(asked, id=track.id)))
            for track in tracks
        ),
        steps=steps_,
        machine=replace(parts.machine, visited=_visited(seen.events, entity)),
        events=event_views(gov, book, seen, record, entity.id),
        recordable=parts.recordable,
        on=day_span(found.on),
        known=said_day(found.known),
        consultations=consultations_of(book, record, entity, versions),
        acts=parts.acts,
        estimates=parts.estimates,
        telling=parts.telling,
    )


def _visited(events: tuple[Event, ...], entity: Entity) -> tuple[str, ...]:
    """The states the item has been in, in the order first met."""
    wrong = replaced(events)
    steps_ = [
        event.payload
        for event in events
        if event.entity == entity.id and event.number not in wrong and isinstance(event.payload, StepTaken)
    ]
    seen = [state for payload in steps_ for state in (payload.from_state, payload.to_state)]
    return tuple(dict.fromkeys((*seen, entity.state)))
