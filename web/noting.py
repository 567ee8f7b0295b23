"""Each page and form is noted in the access log once its answer is made."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, g, request

from governance import service
from web.access import API

NOBODY = "web"
"""Who looks, where nobody has logged in."""

OUTCOMES: dict[int, str] = {
    HTTPStatus.FORBIDDEN: service.REFUSED,
    HTTPStatus.UNPROCESSABLE_ENTITY: service.REFUSED,
    HTTPStatus.CONFLICT: service.OVERTAKEN,
    HTTPStatus.PRECONDITION_FAILED: service.OVERTAKEN,
}


def note(response: Response) -> Response:
    """Note what was looked at or tried; an address that leads nowhere and the pages' own style are not."""
    if request.endpoint in (None, "static") or request.blueprint == "health":
        return response
    did = f"{_sort(request.blueprint)} {request.endpoint}"
    asked = request.view_args or {}
    what = str(asked.get("id_", asked.get("id", "")))
    gov = current_app.extensions["governance"]
    problem = service.note_access(gov, _who(), did, what, outcome(response.status_code))
    if problem:
        current_app.logger.warning("the access could not be noted: %s", problem)
    return response


def _who() -> str:
    """The reference of whoever asks."""
    caller = g.get("caller")
    return caller.person if caller is not None and caller.person else NOBODY


def _sort(blueprint: str | None) -> str:
    """Whether a program asked, or a page was opened or one of its forms sent."""
    if blueprint == API:
        return "program"
    return "form" if request.method == "POST" else "page"


def outcome(status: int) -> str:
    """How it went, by the status of the answer."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return service.FAILED
    if status >= HTTPStatus.BAD_REQUEST:
        return OUTCOMES.get(status, service.UNUSABLE)
    return service.ANSWERED


def register(app: Flask) -> None:
    """Note every request to these pages."""
    app.after_request(note)
