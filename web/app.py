"""The application: its settings, what guards every request, and the pages it is made of."""

from __future__ import annotations

import os
import secrets

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from governance.service import Governance, open_governance
from web import (
    about,
    access,
    account,
    accounts,
    api,
    audit,
    document,
    draining,
    faults,
    group,
    headers,
    health,
    items,
    language,
    logs,
    meetings,
    menu,
    noting,
    organisations,
    records,
    remembering,
    rounds,
    seats,
    start,
    todo,
    trying,
    wire,
    words,
)
from web import login as our_login
from web.access import CallerOf
from web.settings import Settings, read_settings


def create_app(
    governance: Governance | None = None,
    *,
    secret_key: str = "",
    caller_of: CallerOf | None = None,
    settings: Settings | None = None,
    login: str = "",
) -> Flask:
    """The pages over a governance, by default the one `open_governance` finds.

    ``secret_key`` signs the cookie and the forms' tokens; by default that of the settings, or a new one for
    this process: several processes that serve the same pages must be given one key. ``caller_of`` finds who
    sent a request, in place of the login of these pages, and ``login`` is the address where those it does not
    know are sent. ``settings`` are by default those of the environment.
    """
    app = logs.Logged(__name__, static_folder=None)
    settings = settings or read_settings(os.environ)
    app.extensions["governance.settings"] = settings
    app.config.update(
        SECRET_KEY=secret_key or settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME="governance",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        TRUSTED_HOSTS=list(settings.hosts) or None,
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["governance"] = governance if governance is not None else open_governance()
    app.extensions["governance.document"] = document.supplied(settings.document)
    app.session_interface = OwnCookies()
    if settings.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask says to
    logs.register(app)
    headers.register(app, https=settings.https)
    app.before_request(draining.refuse_late)
    app.context_processor(lambda: {"title": app.extensions["governance"].rulebooks.books[-1].title})
    app.jinja_env.globals["once"] = lambda: secrets.token_urlsafe(12)
    CSRFProtect(app)
    language.register(app)
    remembering.register(app)
    menu.register(app)
    wire.register(app)
    words.register(app)
    faults.register(app)
    our_login.register(app, settings, own=caller_of is None)
    access.register(app, caller_of or our_login.caller_of_request, login)
    parts = (
        start,
        health,
        todo,
        items,
        records,
        trying,
        meetings,
        rounds,
        seats,
        group,
        audit,
        about,
        organisations,
        account,
        accounts,
    )
    for part in parts:
        app.register_blueprint(part.pages)
    api.register(app)
    noting.register(app)
    return app


class OwnCookies(SecureCookieSessionInterface):
    """The session's cookie goes to these pages only, under whatever prefix they stand."""

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - as Flask asks
        """Where they stand in the address asked for."""
        return request.script_root or "/"
