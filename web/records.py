"""Writing down and putting right: a new item, facts, a relation, that nothing is missing, a correction.

A form is shown to whoever may record; what it sends is judged by the use case, so that a refusal shows it
again with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text
from governance.service import Duty, Receipt
from web.access import needs
from web.common import (
    Answer,
    Outcome,
    again,
    asked,
    attempt,
    done,
    governance,
    home_of,
    organisations,
)
from web.faults import PLAIN, fault_page
from web.forms import Typed, read_typed

pages = Blueprint("records", __name__)

Form = Callable[[Typed, Outcome | None], Response | str]
TAKEN = ("new",)
"""What the address of an item's page cannot end in, since another page stands there."""


@pages.get("/items/new")
@needs(Duty.RECORD)
def new() -> Response | str:
    """A form to add an item."""
    return _opened(_new)


@pages.post("/items/new")
def add() -> Answer:
    """Add an item with what is known of it."""
    typed = read_typed(request.form)

    def deed() -> Receipt:
        _refuse_address(typed.get("id"))
        return service.add_item(
            governance(),
            typed.get("id"),
            typed.get("kind"),
            typed.get("title"),
            parent=typed.get("parent"),
            facts=typed.inputs,
            on=typed.get("on"),
            origin=typed.get("origin", "live"),
            source=typed.get("source"),
            key=typed.key,
        )

    return _sent(typed, deed, _new)


def _refuse_address(id_: str) -> None:
    if id_.casefold() in TAKEN:
        raise RequestError(
            Text(
                f"`{id_}` er en adresse på siderne; vælg et andet nummer til sagen",
                f"`{id_}` is an address of these pages; choose another number for the item",
            )
        )


def _new(typed: Typed, outcome: Outcome | None) -> str:
    return render_template(
        "new.html",
        entry=service.item_entry(governance()),
        typed=typed,
        outcome=outcome,
        organisations=organisations(),
        wanted={"kind": typed.get("kind") or asked("kind"), "parent": typed.get("parent") or asked("parent")},
    )


@pages.get("/things/<path:id_>/facts")
@needs(Duty.RECORD)
def facts(id_: str) -> Response | str:
    """A form to write down several facts of a thing at once."""
    return _opened(_about(id_, "facts.html"))


@pages.post("/things/<path:id_>/facts")
def record(id_: str) -> Answer:
    """Write down all the facts that were filled in, or none of them."""
    typed = read_typed(request.form)

    def deed() -> Receipt:
        return service.record_facts(
            governance(),
            id_,
            typed.inputs,
            source=typed.get("source"),
            on=typed.get("on"),
            version=typed.version,
            key=typed.key,
        )

    return _sent(typed, deed, _about(id_, "facts.html"), id_, "facts")


@pages.get("/things/<path:id_>/complete")
@needs(Duty.RECORD)
def complete(id_: str) -> Response | str:
    """A question before the record of a thing is declared complete."""
    return _opened(_about(id_, "complete.html"))


@pages.post("/things/<path:id_>/complete")
def declare(id_: str) -> Answer:
    """Declare that nothing is missing."""
    typed = read_typed(request.form)

    def deed() -> Receipt:
        return service.declare_complete(
            governance(),
            id_,
            on=typed.get("on"),
            source=typed.get("source"),
            version=typed.version,
            key=typed.key,
        )

    return _sent(typed, deed, _about(id_, "complete.html"), id_)


@pages.get("/things/<path:id_>/relate")
@needs(Duty.RECORD)
def relation(id_: str) -> Response | str:
    """A form to write down what a thing has to do with another."""
    return _opened(_about(id_, "relate.html", words=service.relation_kinds(governance())))


@pages.post("/things/<path:id_>/relate")
def relate(id_: str) -> Answer:
    """Write down a relation."""
    typed = read_typed(request.form)

    def deed() -> Receipt:
        return service.relate(
            governance(),
            id_,
            typed.get("to"),
            typed.get("kind"),
            source=typed.get("source"),
            on=typed.get("on"),
            origin="live",
            key=typed.key,
        )

    page = _about(id_, "relate.html", words=service.relation_kinds(governance()))
    return _sent(typed, deed, page, id_, "kin", home=id_)


@pages.get("/events/<int:number>/correct")
@needs(Duty.RECORD)
def correction(number: int) -> Response | str:
    """What correcting an event would strike, and what rests on it, before anything is done."""
    return _opened(_correction(number))


@pages.post("/events/<int:number>/correct")
def correct(number: int) -> Answer:
    """Correct an event: strike it, or put a right value in its place."""
    typed = read_typed(request.form)
    view = service.correction(governance(), number)

    def deed() -> Receipt:
        replaced = typed.get("how") == "replace"
        return service.correct(
            governance(),
            number,
            reason=typed.get("reason"),
            value=next(iter(typed.inputs.values()), "") if replaced else None,
            version=typed.version,
            key=typed.key,
        )

    return _sent(typed, deed, _correction(number), view.event.entity, "history", home=view.home)


def _correction(number: int) -> Form:
    def page(typed: Typed, outcome: Outcome | None) -> str:
        view = service.correction(governance(), number)
        there = _address(view.home)
        return render_template("correct.html", view=view, typed=typed, outcome=outcome, there=there, home="")

    return page


def _about(id_: str, template: str, **more: object) -> Form:
    """A page with one form about a thing; ``more`` is shown besides."""

    def page(typed: Typed, outcome: Outcome | None) -> str:
        view = service.item(governance(), id_)
        endpoint = home_of(view)
        return render_template(
            template,
            view=view,
            line=view.line,
            home=endpoint,
            there=url_for(endpoint, id_=view.line.id),
            typed=typed,
            outcome=outcome,
            organisations=organisations(),
            **more,
        )

    return page


def _address(id_: str) -> str:
    """The address of the page of a thing; that of the items where it has none."""
    try:
        view = service.item(governance(), id_)
    except RequestError:
        return url_for("items.board")
    return url_for(home_of(view), id_=view.line.id)


def _opened(page: Form) -> Response | str:
    """A form as it is first shown; 404 for a thing or event that is not there."""
    try:
        return page(Typed(), None)
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)


def _sent(
    typed: Typed,
    deed: Callable[[], Receipt],
    page: Form,
    id_: str = "",
    anchor: str = "",
    *,
    home: str | None = None,
) -> Answer:
    """A form was sent: do it and show the thing, or show the form again with what was typed and why not.

    ``home`` is the thing to show after, by default the one the form is about.
    """
    found = attempt(deed)
    if found.outcome is not None:
        return again(page(typed, found.outcome), found.status)
    there = found.receipt.entity if found.receipt is not None else id_
    flash(done(found.receipt, item=True))
    return redirect(_address(there if home is None else home) + (f"#{anchor}" if anchor else ""), code=303)
