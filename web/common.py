"""What the pages share: what they stand over, what an address asks for, and how a sent form is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.model import Conflict, Forbidden, RequestError, Text, Unanswered, Unusable
from governance.service import Duty, EventView, Governance, ItemView, Permission, Receipt, StepView
from web.faults import PLAIN, fault_page
from web.forms import Typed, read_typed
from web.language import say

ITEM = "items.item"
HOMES = {"meeting": "meetings.meeting", "round": "rounds.round_", "seat": "seats.seat"}
"""The kinds of things that have a page of their own; every other is shown as an item."""

Answer = Response | tuple[str, int]


def home_of(view: ItemView) -> str:
    """The endpoint of the page of a thing."""
    return HOMES.get(view.line.kind.id, ITEM)


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
    """What came of a form that did not simply succeed: problems, a refusal, or what happened meanwhile.

    ``forbidden``: the problems are that whoever sent it may not do that.
    """

    problems: tuple[Text, ...] = ()
    forbidden: bool = False
    receipt: Receipt | None = None
    step: StepView | None = None
    meanwhile: tuple[EventView, ...] | None = None


Deed = Callable[[str, Typed], Receipt | None]
Page = Callable[[str, Typed | None, Outcome | None], Response | str]


def shown(id_: str, page: Page, home: str = ITEM) -> Response | str:
    """The page of a thing; of one that has its page elsewhere the way there, and 404 for one that is not.

    An item's page looks at the kind itself, since it knows it when it is made.
    """
    try:
        return (None if home == ITEM else _elsewhere(id_, home)) or page(id_, None, None)
    except Unusable:
        raise
    except RequestError as error:
        there = _elsewhere(id_, home) if home == ITEM else None
        if there is not None:
            return there
        if any(map(asked, ("on", "known", "to"))):
            raise
        return fault_page(404, PLAIN[404], error.problems)


def _elsewhere(id_: str, home: str) -> Response | None:
    kind = service.kind_of_thing(governance(), id_)
    there = HOMES.get(kind, ITEM)
    return led_to(there, id_.strip()) if kind and there != home else None


def led_to(home: str, id_: str) -> Response:
    """The way to the page that a thing has elsewhere, as known then."""
    return redirect(url_for(home, id_=id_, on=asked("on") or None, known=asked("known") or None))


def answered(id_: str, deeds: Mapping[str, Deed], page: Page, home: str) -> Answer:
    """One of a page's forms was sent: do it, or show the page again with what was typed and why not."""
    typed = read_typed(request.form)
    deed = deeds.get(typed.form)
    if deed is None:
        abort(400)
    found = attempt(lambda: deed(id_, typed))
    if found.outcome is not None:
        return again(page(id_, typed, found.outcome), found.status)
    flash(done(found.receipt, item=home == "items.item"))
    return redirect(url_for(home, id_=id_, _anchor=typed.get("place") or None), code=303)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a form that was sent: a receipt, or an outcome to show with the form again."""

    receipt: Receipt | None = None
    outcome: Outcome | None = None
    status: int = 303


def attempt(deed: Callable[[], Receipt | None]) -> Attempt:
    """Do what a form asks for, or say why not: who may not, what is wrong, what happened to a thing since."""
    try:
        receipt = deed()
    except (Unanswered, Unusable):
        raise
    except Forbidden as error:
        return Attempt(outcome=Outcome(problems=error.problems, forbidden=True), status=403)
    except RequestError as error:
        return Attempt(outcome=Outcome(problems=error.problems), status=400)
    except Conflict as error:
        past = service.history(governance(), error.entity)
        later = tuple(event for event in past if event.number in error.events)
        later = later or past[-max(error.current - error.seen, 1) :]
        return Attempt(outcome=Outcome(meanwhile=later), status=409)
    if receipt is not None and not receipt.allowed:
        return Attempt(outcome=Outcome(receipt=receipt), status=422)
    return Attempt(receipt)


def again(page: Response | str, status: int) -> Answer:
    """A page that shows a form once more, under the status of what came of it."""
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


def advance(id_: str, typed: Typed, *, origin: str = "live", source: str = "") -> Receipt:
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
        origin=origin,
        source=source,
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


def tell(id_: str, typed: Typed) -> Receipt:
    """Tell of a step that was taken before, as history with its source."""
    return advance(id_, typed, origin="history", source=typed.get("source"))


COMMON = {"advance": advance, "record": record, "tell": tell}
"""The forms that the page of whatever goes through a process has."""


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
        **as_they_stand(view.steps),
        "tried": next((step for step in view.steps if typed.is_for("advance", step.id)), None),
        "on_page": frozenset(event.number for event in view.events),
        "rights": rights(),
        "told": asked("tell") or (typed.target if typed.form == "tell" else ""),
        "typed": typed,
        "outcome": outcome,
        "kept": kept(on=asked("on"), known=view.known),
        "recordable": {fact.id: fact for fact in view.recordable},
        "wanted_fact": wanted,
        "organisations": organisations(),
    }
    return render_template(template, **{**context, **more})


def as_they_stand(steps: Iterable[StepView]) -> dict[str, list[StepView]]:
    """The steps of a page by how they stand: to be taken, once filled in, refused here, or from elsewhere."""
    known = list(steps)
    here = [step for step in known if step.starts_here]
    return {
        "allowed": [step for step in known if step.allowed],
        "asking": [step for step in here if step.lacks],
        "near": [step for step in here if not step.allowed and not step.lacks],
        "far": [step for step in known if not step.starts_here and not step.allowed],
    }


@dataclass(frozen=True, slots=True)
class Rights:
    """What the caller may do: record for all, and act for each body."""

    record: Permission
    acting: Mapping[str, Permission]


def rights() -> Rights:
    """What the caller may do today."""
    gov = governance()
    bodies = (body.id for book in gov.rulebooks.books for body in book.bodies)
    acting = {body: service.may(gov, Duty.ACT, body=body) for body in dict.fromkeys(bodies)}
    return Rights(service.may(gov, Duty.RECORD), acting)


def organisations() -> list[str]:
    """The organisations that the newest rulebook knows, to choose from while typing."""
    return [each.id for each in governance().rulebooks.books[-1].organisations]
