"""The pages about the rules: the report, the rules themselves, and help."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template

from governance import service
from governance.model import RequestError
from web.access import public
from web.common import asked, governance, kept
from web.document import Supplied
from web.faults import PLAIN, fault_page

pages = Blueprint("group", __name__)


@pages.get("/report")
def report() -> str:
    """The record held against every clause, on a day."""
    view = service.report(governance(), on=asked("on"), known=asked("known"))
    return render_template("report.html", view=view, kept=kept(on=asked("on"), known=view.known))


@pages.get("/rules")
def rules() -> str:
    """The clauses in our own words, the rules restated, the readings, the silences and the tensions."""
    view = service.rules(governance(), on=asked("on"))
    return render_template(
        "rules.html", view=view, books=service.rulebook_lines(governance()), **_originals(asked("on"))
    )


def _originals(on: str) -> dict[str, object]:
    """Each clause as it was found in the document, and what is wrong with the document if anything is."""
    document: Supplied = current_app.extensions["governance.document"]
    lines = service.trace(governance(), document.text, on=on)
    return {"originals": {line.clause: line for line in lines}, "document_problem": document.problem}


@pages.get("/rules/<path:id_>")
def rule(id_: str) -> str | Response:
    """One rule in words, with what it rests on; a link from a finding leads here."""
    try:
        view = service.rule(governance(), id_, on=asked("on"))
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)
    return render_template("rule.html", view=view, on=asked("on"), **_originals(asked("on")))


@pages.get("/rules/differences")
def differences() -> str | tuple[str, int]:
    """What one dated rulebook says otherwise than another."""
    asked_for = {"from": asked("from"), "to": asked("to")}
    books = service.rulebook_lines(governance())
    try:
        view = service.rule_differences(governance(), from_=asked_for["from"], to=asked_for["to"])
    except RequestError as error:
        page = render_template(
            "differences.html", view=None, books=books, asked_for=asked_for, problems=error.problems
        )
        return page, 400
    return render_template("differences.html", view=view, books=books, asked_for=asked_for, problems=())


@pages.get("/help")
@public
def help_page() -> str:
    """What the words and the verdicts mean."""
    return render_template("help.html")
