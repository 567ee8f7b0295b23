"""The list of items, and an item's page with everything that can be done to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.model import Conflict, RequestError, Text, Unanswered
from governance.service import EventView, Governance, ItemLine, ItemView, ProcessView, Receipt, Said, StepView
from web import diagram
from web.faults import PLAIN, fault_page
from web.forms import Typed, read_typed
from web.language import current, say

pages = Blueprint("items", __name__)


def governance() -> Governance:
    """What the pages of this application stand over."""
    found: Governance = current_app.extensions["governance"]
    return found


def asked(name: str) -> str:
    """What the address asks for under a name, if anything."""
    return request.args.get(name, "")


def kept(**asked_for: str) -> dict[str, str]:
    """What links to other pages carry on of what this page was asked for."""
    return {name: text for name, text in asked_for.items() if text}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form that did not simply succeed: problems, a refusal, or what happened meanwhile."""

    problems: tuple[Text, ...] = ()
    receipt: Receipt | None = None
    step: StepView | None = None
    meanwhile: tuple[EventView, ...] | None = None


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
    try:
        return item_page(id_)
    except RequestError as error:
        if any(map(asked, ("on", "known", "to"))):
            raise
        return fault_page(404, PLAIN[404], error.problems)


@pages.post("/items/<path:id_>")
def act(id_: str) -> Response | tuple[str, int]:
    """One of the item's forms was sent: do it, or show the page again with what was typed and why not."""
    typed = read_typed(request.form)
    deed = DEEDS.get(typed.form)
    if deed is None:
        abort(400)
    try:
        receipt = deed(id_, typed)
    except Unanswered:
        raise
    except RequestError as error:
        return item_page(id_, typed, Outcome(problems=error.problems)), 400
    except Conflict:
        later = tuple(event for event in service.history(governance(), id_) if event.number > typed.seen)
        return item_page(id_, typed, Outcome(meanwhile=later)), 409
    if not receipt.allowed:
        return item_page(id_, typed, Outcome(receipt=receipt)), 422
    flash(done(receipt))
    return redirect(url_for("items.item", id_=id_), code=303)


def advance(id_: str, typed: Typed) -> Receipt:
    """Take a step."""
    return service.advance(
        governance(),
        id_,
        typed.target,
        typed.get("body"),
        on=typed.get("on"),
        inputs=typed.inputs,
        reason=typed.get("reason"),
        person=typed.get("person"),
        version=typed.version,
        key=typed.key,
    )


def record(id_: str, typed: Typed) -> Receipt:
    """Write down a fact."""
    return service.record_fact(
        governance(),
        id_,
        typed.target,
        typed.inputs.get(typed.target, ""),
        source=typed.get("source"),
        on=typed.get("on"),
        version=typed.version,
        key=typed.key,
    )


DEEDS = {"advance": advance, "record": record}


def done(receipt: Receipt) -> str:
    """What to say after a form went through, with the receipt to keep."""
    if receipt.state is None:
        return str(
            _("Recorded as event %(number)s. Receipt: %(proof)s", number=receipt.event, proof=receipt.proof)
        )
    return str(
        _(
            "Recorded as event %(number)s. The item now stands at: %(state)s. Receipt: %(proof)s",
            number=receipt.event,
            state=say(receipt.state.label),
            proof=receipt.proof,
        )
    )


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


def item_page(id_: str, typed: Typed | None = None, outcome: Outcome | None = None) -> str:
    """The page as it stands now, with a form that was sent and what came of it."""
    typed = typed or Typed()
    on, known, goal = asked("on"), asked("known"), asked("to")
    view = service.item(governance(), id_, on=on, known=known)
    route = service.way(governance(), id_, goal, on=on, known=known) if goal else None
    wanted = asked("fact") or (typed.target if typed.form == "record" else "")
    return render_template(
        "item.html",
        view=view,
        line=view.line,
        allowed=[step for step in view.steps if step.allowed],
        near=[step for step in view.steps if step.starts_here and not step.allowed],
        far=[step for step in view.steps if not step.starts_here and not step.allowed],
        tried=next((step for step in view.steps if typed.is_for("advance", step.id)), None),
        picture=diagram.draw(view.machine, current(), pictured(view)),
        seen=max((event.number for event in view.events), default=0),
        typed=typed,
        outcome=outcome,
        route=route,
        goal=goal,
        kept=kept(on=on, known=view.known),
        recordable={fact.id: fact for fact in view.recordable},
        wanted_fact=wanted,
    )
