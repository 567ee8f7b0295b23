"""The application: its settings, what guards every request, and the pages it is made of."""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_address

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect

from governance.service import Caller, Governance, Office, open_governance
from web import (
    about,
    access,
    api,
    audit,
    document,
    faults,
    group,
    items,
    language,
    meetings,
    menu,
    noting,
    rounds,
    seats,
    todo,
    wire,
    words,
)
from web.access import CallerOf
from web.settings import Settings, read_settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL = Caller("", "", (Office("sekretariat"),))
"""Whoever is on this machine, as long as nobody logs in."""


def create_app(
    governance: Governance | None = None,
    *,
    secret_key: str = "",
    caller_of: CallerOf | None = None,
    settings: Settings | None = None,
) -> Flask:
    """The pages over a governance, by default the one `open_governance` finds.

    ``secret_key`` signs the cookie and the forms' tokens; by default that of the settings, or a new one for
    this process: several processes that serve the same pages must be given one key. ``caller_of`` finds who
    sent a request. ``settings`` are by default those of the environment.
    """
    app = Flask(__name__, static_folder=None)
    settings = settings or read_settings(os.environ)
    app.extensions["governance.settings"] = settings
    app.config.update(
        SECRET_KEY=secret_key or settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME="governance",
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["governance"] = governance if governance is not None else open_governance()
    app.extensions["governance.document"] = document.supplied(settings.document)
    app.before_request(only_this_machine)
    app.context_processor(lambda: {"title": app.extensions["governance"].rulebooks.books[-1].title})
    app.jinja_env.globals["once"] = lambda: secrets.token_urlsafe(12)
    CSRFProtect(app)
    language.register(app)
    menu.register(app)
    wire.register(app)
    words.register(app)
    faults.register(app)
    access.register(app, caller_of or (lambda: LOCAL))
    for part in (todo, items, meetings, rounds, seats, group, audit, about):
        app.register_blueprint(part.pages)
    api.register(app)
    app.after_request(with_headers)
    noting.register(app)
    return app


def only_this_machine() -> None:
    """Refuse whoever does not ask from this machine: without a login nobody else may look or act."""
    try:
        near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    if not near:
        abort(403)


def with_headers(response: Response) -> Response:
    """Let a page load nothing but its own style, run no script, and stand in no frame or cache."""
    response.headers.update(HEADERS)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
