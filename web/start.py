"""The start page: what waits for whoever is looking."""

from __future__ import annotations

from flask import Blueprint, render_template

from governance import service
from web.common import asked, governance, rights

pages = Blueprint("start", __name__)


@pages.get("/")
def page() -> str:
    """What waits for the caller, the rounds they may score in, and the meetings ahead."""
    view = service.waiting(governance(), on=asked("on"))
    return render_template("start.html", view=view, rights=rights())
