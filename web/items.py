"""The list of items, and an item's page with everything that can be done to it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.service import ItemLine, ItemView, ProcessView, Receipt, Said
from web import diagram
from web.common import (
    Answer,
    Outcome,
    advance,
    answered,
    asked,
    governance,
    kept,
    record,
    shown,
    thing_page,
)
from web.forms import Typed
from web.language import current, say

pages = Blueprint("items", __name__)


@pages.get("/")
def board() -> str:
    """Every item, grouped by its state, with what is allowed next."""
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    search, known = request.args.get("q", "").strip(), service.known_day(governance(), asked("known"))
    everything = service.items(governance(), known=known)
    chosen = service.items(governance(), known=known, state=state, kind=kind) if state or kind else everything
    found = [line for line in chosen if search.casefold() in f"{line.id} {line.title}".casefold()]
    return render_template(
        "items.html",
        groups=grouped(found, service.rules(governance()).processes),
        found=len(found),
        total=len(everything),
        states=distinct([line.state for line in everything]),
        kinds=distinct([line.kind for line in everything]),
        wanted={"state": state, "kind": kind, "q": search},
        known=known,
        kept=kept(known=known),
    )


def distinct(said: list[Said]) -> list[Said]:
    """Each of them once, in the order met."""
    return list({one.id: one for one in said}.values())


def grouped(lines: list[ItemLine], processes: tuple[ProcessView, ...]) -> list[tuple[Said, list[ItemLine]]]:
    """The lines by state, the states in the order of their processes."""
    states = [state.id for process in processes for state in process.states]
    groups: dict[str, tuple[Said, list[ItemLine]]] = {}
    order = {state: place for place, state in enumerate(dict.fromkeys(states))}
    for line in sorted(lines, key=lambda line: order.get(line.state.id, len(order))):
        groups.setdefault(line.state.id, (line.state, []))[1].append(line)
    return list(groups.values())


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
    receipt = None
    for fact in ("answered", "answer"):
        if typed.get(fact):
            receipt = service.record_fact(
                governance(),
                typed.target,
                fact,
                typed.get(fact),
                source=typed.get("source"),
                key=f"{typed.key}/{fact}" if typed.key else "",
            )
    return receipt


DEEDS = {"advance": advance, "record": record, "reply": reply}


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


def item_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> str:
    """The page as it stands now, with a form that was sent and what came of it."""
    on, known, goal = asked("on"), asked("known"), asked("to")
    view = service.item(governance(), id_, on=on, known=known)
    route = service.way(governance(), id_, goal, on=on, known=known) if goal else None
    return thing_page(
        "item.html",
        "items.item",
        view,
        typed,
        outcome,
        picture=diagram.draw(view.machine, current(), pictured(view)),
        route=route,
        goal=goal,
    )
