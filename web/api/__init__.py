"""The API: everything the pages do, for programs, under ``/api/v1``."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from web.api import (
    accounts,
    audit,
    items,
    meetings,
    organisations,
    pages,
    papers,
    record,
    rounds,
    rules,
    seats,
)
from web.api.document import document, document_text
from web.api.operations import part
from web.api.problems import HANDLERS, http_problem
from web.faults import http_fault

__all__ = ["document", "document_text", "register"]

PARTS = (items, record, organisations, seats, meetings, rounds, papers, rules, audit, accounts)
"""The modules whose operations the API is made of."""

for _kind, _handler in HANDLERS.items():
    part.register_error_handler(_kind, _handler)


def register(app: Flask) -> None:
    """Let an application answer programs. Only tokens open the API, so no form's token is asked for."""
    app.register_blueprint(part)
    app.register_blueprint(pages.part)
    app.extensions["csrf"].exempt(part)
    for kind in (NotFound, MethodNotAllowed):
        app.register_error_handler(kind, _nowhere)


def _nowhere(error: HTTPException) -> Response:
    """A problem for an address of the API that leads nowhere or cannot do that; else a page."""
    below = f"{part.url_prefix}/"
    ours = request.blueprint in (None, part.name) and request.path.startswith(below)
    return http_problem(error) if ours else http_fault(error)
