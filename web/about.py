"""What the law asks to be said of the pages themselves: how accessible they are, and where to complain."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.access import public
from web.settings import Settings

pages = Blueprint("about", __name__)

EVALUATED = "2026-11-22"
"""The day on which the pages were last held against the standard as the statement tells."""
COMPLAINTS = "https://digst.dk/digital-inklusion/webtilgaengelighed/oplever-du-ikke-tilgaengeligt-indhold/"
"""Where Digitaliseringsstyrelsen tells how to complain."""


@pages.get("/tilgaengelighed")
@public
def accessibility() -> str:
    """The accessibility statement."""
    settings: Settings = current_app.extensions["governance.settings"]
    return render_template(
        "accessibility.html", contact=settings.contact, evaluated=EVALUATED, complaints=COMPLAINTS
    )


@pages.get("/was")
@public
def was() -> Response:
    """The short address under which a statement is looked for."""
    return redirect(url_for("about.accessibility"))
