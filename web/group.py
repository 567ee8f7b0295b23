"""The pages about the rules: the report, the rules themselves, and help."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for

from governance import service
from governance.model import RequestError
from web.access import public
from web.common import asked, governance, kept
from web.document import Supplied
from web.faults import PLAIN, fault_page
from web.words import urgent_first

pages = Blueprint("group", __name__)

MOST_UNDER_A_RULE = 10
"""Findings of one rule that the report shows; the others stand on the rule's own page."""
MOST_FINDINGS = 100
"""Findings on a page of one rule."""
MOST_DIGITS = 6


@pages.get("/report")
def report() -> str:
    """The record held against every clause, on a day."""
    view = service.report(governance(), on=asked("on"), known=asked("known"))
    found = [each for clause in view.clauses for each in clause.findings]
    return render_template(
        "report.html",
        view=view,
        homes=dict(view.pages),
        judged=len(found) + len(view.ours),
        most=MOST_UNDER_A_RULE,
        kept=kept(on=asked("on"), known=view.known),
    )


@pages.get("/report/<path:id_>")
def findings(id_: str) -> str | Response:
    """Every finding of one rule, a page at a time."""
    view = service.report(governance(), on=asked("on"), known=asked("known"))
    every = (*(each for clause in view.clauses for each in clause.findings), *view.ours)
    found = urgent_first([each for each in every if each.rule == id_])
    number = _page_number(asked("page"), len(found))
    if not found or number is None:
        return fault_page(404, PLAIN[404])
    carried = kept(on=asked("on"), known=view.known)
    last = (len(found) - 1) // MOST_FINDINGS + 1

    def address(page: int) -> str:
        values: dict[str, Any] = {"id_": id_, **carried, "page": page if page > 1 else None}
        return url_for("group.findings", **values) if 1 <= page <= last else ""

    return render_template(
        "findings.html",
        view=view,
        rule=found[0],
        found=found,
        shown=found[(number - 1) * MOST_FINDINGS : number * MOST_FINDINGS],
        homes=dict(view.pages),
        kept=carried,
        number=number,
        last=last,
        address=address,
    )


def _page_number(written: str, count: int) -> int | None:
    """The page asked for; None for what is none of the pages."""
    if not written:
        return 1
    plain = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    return int(written) if plain and 0 < int(written) <= (count - 1) // MOST_FINDINGS + 1 else None


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
    return render_template("help.html", roles=service.ROLES.values())
