"""Items and everything else that goes through a process: seats, meetings, points and rounds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from flask import url_for

from governance import service
from governance.service import ItemsBoard, ItemsPage, ItemView, RouteView, StepView, TryView
from web.api.nouns import MOST_ID, Asked, AsOf, Known, NewItem, StepWish, Trial
from web.api.operations import LINK, TAG_HEADER, Made, done, key, linked, reads, tagged, version_seen, writes
from web.api.schemas import Says
from web.common import governance

ITEMS, STEPS = "items", "steps"
Search = Annotated[str, Says("Words that all stand in the number or the title.", most=200)]
AKind = Annotated[str, Says("Those of this kind, by its id in the rules.", most=MOST_ID)]


@dataclass(frozen=True, slots=True)
class Way:
    """Where an item is to get, and from when and what knowledge."""

    to: Annotated[str, Says("The state to get to, by its id in the rules.", 1, MOST_ID, example="decided")]
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """Which items, in which order, and which page of them."""

    search: Search = ""
    state: Annotated[str, Says("Those in this state, by its id in the rules.", most=MOST_ID)] = ""
    kind: AKind = ""
    sort: Annotated[
        str, Says("`number`, `title`, `state` or `changed`; turned round by a `-` before it.", most=20)
    ] = ""
    page: Annotated[int, Says("Which page, from 1.", 1, 1_000_000)] = 1
    per_page: Annotated[int, Says("How many items a page has.", 1, 100)] = 25
    known: Known = ""


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """Which items, and how many of each state."""

    search: Search = ""
    kind: AKind = ""
    each: Annotated[int, Says("How many items of a state are shown.", 1, 50)] = 5
    known: Known = ""


@dataclass(frozen=True, slots=True)
class StepsAsked:
    """For which body, on which day and from what knowledge steps are decided."""

    body: Annotated[str, Says("The body that asks; by default whoever may take each step.", most=MOST_ID)] = (
        ""
    )
    on: Asked = ""
    known: Known = ""


@reads("/items", ITEMS, ItemsPage, query=ItemsAsked, headers=LINK)
def list_items(query: ItemsAsked) -> tuple[ItemsPage, dict[str, str]]:
    """The items that are found, a page at a time, each with the steps open to it."""
    found = service.items_page(governance(), **asdict(query))
    around = {"first": 1, "prev": found.page - 1, "next": found.page + 1, "last": found.pages}
    there = {rel: {"page": page} for rel, page in around.items() if 1 <= page <= found.pages}
    return found, linked(there)


@reads("/board", ITEMS, ItemsBoard, query=BoardAsked)
def get_board(query: BoardAsked) -> ItemsBoard:
    """The items that are found by state, of each state the first few; no step is decided."""
    return service.items_board(governance(), **asdict(query))


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
    return done(service.advance(governance(), id_, **asdict(wish), version=version_seen(), key=key()))


@reads("/tries/<path:id>", STEPS, TryView, body=Trial)
def try_steps(trial: Trial, *, id_: str) -> TryView:
    """What would be allowed for another body, on another day, or if more were known; nothing is stored."""
    return service.try_steps(governance(), id_, **asdict(trial))


@reads("/ways/<path:id>", STEPS, RouteView, query=Way)
def get_way(query: Way, *, id_: str) -> RouteView:
    """The shortest legal way to a state: who must act, in order, and what is missing before each."""
    return service.way(governance(), id_, query.to, on=query.on, known=query.known)
