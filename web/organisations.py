"""The organisations: their list, and one with what is known of it and the seats it has held."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError
from web.common import Answer, Outcome, answered, asked, governance, kept, record, rights
from web.faults import PLAIN, fault_page
from web.forms import Typed

pages = Blueprint("organisations", __name__)

SITS = "sits"
"""What narrows the list to those that hold a seat."""


@pages.get("/organisations")
def board() -> str:
    """Every organisation with what the rules ask about it, narrowed by name, kind and who holds a seat."""
    asked_for = {"q": asked("q").strip(), "kind": asked("kind"), "state": asked("state")}
    everything = service.organisations(governance(), on=asked("on"), known=asked("known"))
    chosen = service.organisations(governance(), kind=asked_for["kind"], on=asked("on"), known=asked("known"))
    lines = [
        line
        for line in chosen
        if asked_for["q"].casefold() in line.id.casefold() and (line.seats or asked_for["state"] != SITS)
    ]
    return render_template(
        "organisations.html",
        lines=lines,
        total=len(everything),
        kinds={line.kind.id: line.kind for line in everything}.values(),
        asked_for=asked_for,
        narrowed=any(asked_for.values()),
        kept=kept(on=asked("on"), known=asked("known")),
    )


@pages.get("/organisations/<path:id_>")
def organisation(id_: str) -> Response | str:
    """An organisation, on a day if one is asked for."""
    try:
        return organisation_page(id_, None, None)
    except RequestError as error:
        if any(map(asked, ("on", "known"))):
            raise
        return fault_page(404, PLAIN[404], error.problems)


@pages.post("/organisations/<path:id_>")
def act(id_: str) -> Answer:
    """A fact about it was sent."""
    return answered(id_, {"record": record}, organisation_page, "organisations.organisation")


def organisation_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> str:
    """The page as it stands now, with a form that was sent and what came of it."""
    view = service.organisation(governance(), id_, on=asked("on"), known=asked("known"))
    typed = typed or Typed()
    may = rights()
    return render_template(
        "organisation.html",
        home="organisations.organisation",
        view=view,
        line=view,
        on_page=frozenset(event.number for event in view.events),
        typed=typed,
        outcome=outcome,
        rights=may,
        recordable={fact.id: fact for fact in view.recordable} if may.record.allowed else {},
        wanted_fact=asked("fact") or (typed.target if typed.form == "record" else ""),
        kept=kept(on=asked("on"), known=view.known),
    )
