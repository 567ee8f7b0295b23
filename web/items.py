"""The list of items, and an item's page with everything that can be done to it."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.service import Duty, ItemView, Receipt
from web import diagram
from web.common import (
    COMMON,
    ITEM,
    Answer,
    Outcome,
    answered,
    asked,
    governance,
    home_of,
    led_to,
    shown,
    thing_page,
)
from web.forms import Typed
from web.language import current, say
from web.listing import BOARD, board_page, list_page

pages = Blueprint("items", __name__)


@pages.get("/items")
def board() -> str:
    """The items, as a list a page at a time or as a board by state."""
    new = url_for("records.new") if service.may(governance(), Duty.RECORD).allowed else ""
    page = board_page if asked("view") == BOARD else list_page
    return page(governance(), new)


@pages.get("/items/<path:id_>")
def item(id_: str) -> Response | str:
    """An item's page, on a day if one is asked for, with the way to a state if one is chosen."""
    return shown(id_, item_page)


@pages.post("/items/<path:id_>")
def act(id_: str) -> Answer:
    """One of the item's forms was sent."""
    return answered(id_, DEEDS, item_page, "items.item")


def reply(_id: str, typed: Typed) -> Receipt | None:
    """Write down what a consultation was answered, and when if that is known."""
    facts = {fact: typed.get(fact) for fact in ("answered", "answer") if typed.get(fact)}
    return service.record_facts(
        governance(),
        typed.target,
        facts,
        source=typed.get("source"),
        version=typed.version,
        key=typed.key,
    )


DEEDS = {**COMMON, "reply": reply}


def pictured(view: ItemView) -> str:
    """What stands for the state diagram to whoever cannot see it."""
    exits = [f"{say(step.label)} → {say(step.to.label)}" for step in view.steps if step.allowed]
    return str(
        _(
            "State diagram. The item stands at %(state)s. Allowed steps: %(exits)s.",
            state=say(view.line.state.label),
            exits="; ".join(exits) or _("none"),
        )
    )


def item_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> Response | str:
    """The page as it stands now, with a form that was sent and what came of it."""
    on, known, goal = asked("on"), asked("known"), asked("to")
    view = service.item(governance(), id_, on=on, known=known)
    if typed is None and home_of(view) != ITEM:
        return led_to(home_of(view), view.line.id)
    route = service.way(governance(), id_, goal, on=on, known=known) if goal else None
    return thing_page(
        "item.html",
        "items.item",
        view,
        typed,
        outcome,
        picture=diagram.draw(view.machine, current(), pictured(view)),
        route=route,
        ahead=tuple(each for each in view.machine.states if each.id == goal or each.id != view.line.state.id),
        goal=goal,
    )
