"""The pages about the rules: the report, the rules themselves, and help."""

from __future__ import annotations

from flask import Blueprint, render_template

from governance import service
from web.access import public
from web.common import asked, governance, kept

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
    digests = {line.clause: line.digest for line in service.trace(governance(), None)}
    return render_template("rules.html", view=view, digests=digests)


@pages.get("/help")
@public
def help_page() -> str:
    """What the words and the verdicts mean."""
    return render_template("help.html")
