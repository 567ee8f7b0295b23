"""What the pages share: what they stand over, what an address asks for, and how a sent form is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.model import Conflict, Forbidden, RequestError, Text, Unanswered
from governance.service import EventView, Governance, ItemView, Receipt, StepView
from web.faults import PLAIN, fault_page
from web.forms import Typed, read_typed
from web.language import say

HOMES = {"meeting": "meetings.meeting", "round": "rounds.round_", "seat": "seats.seat"}
"""The kinds of things that have a page of their own; every other is shown as an item."""

Answer = Response | tuple[str, int]


def governance() -> Governance:
    """What the pages of this application stand over, asked by whoever sent this request."""
    found: Governance = current_app.extensions["governance"]
    return replace(found, caller=g.get("caller") or service.STRANGER)


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


Deed = Callable[[str, Typed], Receipt | None]
Page = Callable[[str, Typed | None, Outcome | None], Response | str]


def shown(id_: str, page: Page, home: str = "items.item") -> Response | str:
    """The page of a thing; of one that has its page elsewhere the way there, and 404 for one that is not."""
    try:
        elsewhere = _elsewhere(id_, home)
        return elsewhere or page(id_, None, None)
    except RequestError as error:
        if any(map(asked, ("on", "known", "to"))):
            raise
        return fault_page(404, PLAIN[404], error.problems)


def _elsewhere(id_: str, home: str) -> Response | None:
    there = HOMES.get(service.kind_of_thing(governance(), id_), "items.item")
    if there == home:
        return None
    return redirect(url_for(there, id_=id_.strip(), on=asked("on") or None, known=asked("known") or None))


def answered(id_: str, deeds: Mapping[str, Deed], page: Page, home: str) -> Answer:
    """One of a page's forms was sent: do it, or show the page again with what was typed and why not."""
    typed = read_typed(request.form)
    deed = deeds.get(typed.form)
    if deed is None:
        abort(400)
    try:
        receipt = deed(id_, typed)
    except Unanswered:
        raise
    except Forbidden as error:
        return _again(page(id_, typed, Outcome(problems=error.problems)), 403)
    except RequestError as error:
        return _again(page(id_, typed, Outcome(problems=error.problems)), 400)
    except Conflict:
        past = service.history(governance(), typed.get("thing") or id_)
        later = tuple(event for event in past if event.number > typed.seen)
        return _again(page(id_, typed, Outcome(meanwhile=later)), 409)
    if receipt is not None and not receipt.allowed:
        return _again(page(id_, typed, Outcome(receipt=receipt)), 422)
    flash(done(receipt, item=home == "items.item"))
    return redirect(url_for(home, id_=id_, _anchor=typed.get("place") or None), code=303)


def _again(page: Response | str, status: int) -> Answer:
    return page if isinstance(page, Response) else (page, status)


def done(receipt: Receipt | None, *, item: bool) -> str:
    """What to say after a form went through, with the receipt to keep."""
    if receipt is None:
        return str(_("Nothing was changed, so nothing was recorded."))
    if receipt.state is None:
        return str(
            _("Recorded as event %(number)s. Receipt: %(proof)s", number=receipt.event, proof=receipt.proof)
        )
    told = {"number": receipt.event, "state": say(receipt.state.label), "proof": receipt.proof}
    if item:
        return str(
            _("Recorded as event %(number)s. The item now stands at: %(state)s. Receipt: %(proof)s", **told)
        )
    return str(_("Recorded as event %(number)s. It now stands at: %(state)s. Receipt: %(proof)s", **told))


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


def thing_page(
    template: str, home: str, view: ItemView, typed: Typed | None, outcome: Outcome | None, **more: object
) -> str:
    """The page of something that goes through a process, with a form that was sent and what came of it."""
    typed = typed or Typed()
    wanted = asked("fact") or (typed.target if typed.form == "record" else "")
    context: dict[str, object] = {
        "home": home,
        "view": view,
        "line": view.line,
        "allowed": [step for step in view.steps if step.allowed],
        "near": [step for step in view.steps if step.starts_here and not step.allowed],
        "far": [step for step in view.steps if not step.starts_here and not step.allowed],
        "tried": next((step for step in view.steps if typed.is_for("advance", step.id)), None),
        "seen": max((event.number for event in view.events), default=0),
        "typed": typed,
        "outcome": outcome,
        "kept": kept(on=asked("on"), known=view.known),
        "recordable": {fact.id: fact for fact in view.recordable},
        "wanted_fact": wanted,
        "organisations": organisations(),
    }
    return render_template(template, **{**context, **more})


def organisations() -> list[str]:
    """The organisations that the newest rulebook knows, to choose from while typing."""
    return [each.id for each in governance().rulebooks.books[-1].organisations]
