"""Nobody in where they do not belong: who asks, and what each address takes to be shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from governance.service import STRANGER, Caller, Duty, offices_today, permit
from web.common import governance
from web.faults import way_back
from web.forms import written
from web.limits import hit_api

View = TypeVar("View", bound=Callable[..., Any])
CallerOf = Callable[[], Caller | None]
"""Finds whoever sent the request; None when they have not said who they are."""

NEEDS = "governance_needs"
LOGIN = "governance_login"
API = "api"
"""The blueprint that programs use, which bring a token."""


def public(view: View) -> View:
    """Let a view be shown to everybody."""
    return needs(None)(view)


def logged_in(view: View) -> View:
    """Let a view be shown to everybody who has logged in, whatever offices they hold."""
    setattr(view, LOGIN, True)
    return public(view)


def needs(duty: Duty | None) -> Callable[[View], View]:
    """Let a view be shown to whoever has a duty; without this it takes that of reading."""

    def marked(view: View) -> View:
        setattr(view, NEEDS, duty)
        return view

    return marked


def needed_by(app: Flask, endpoint: str, method: str) -> Duty | None:
    """What an endpoint takes to be shown; None when everybody may see it."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return None
    view = app.view_functions[endpoint]
    described = getattr(view, "view_class", None)
    of_method = getattr(described, "get" if method == "HEAD" else method.lower(), None)
    for each in (of_method, described, view):
        if hasattr(each, NEEDS):
            found: Duty | None = getattr(each, NEEDS)
            return found
    return Duty.READ


def guard() -> Response | None:
    """Find whoever asks, and turn them away from what they may not see.

    Whoever has not logged in is sent to the login, and by the API told to bring a token. Forbidden for
    whoever may not.
    """
    caller_of: CallerOf = current_app.extensions["governance.caller"]
    caller = caller_of()
    g.caller = caller or STRANGER
    if request.blueprint == API:
        hit_api(caller)
    if request.endpoint is None:
        return None
    duty = needed_by(current_app, request.endpoint, request.method)
    login = hasattr(current_app.view_functions.get(request.endpoint), LOGIN)
    if caller is None and (login or duty is not None):
        return _to_login()
    if duty is not None:
        permit(governance(), duty)
    return None


def _to_login() -> Response:
    """To our login, or that of the application around us."""
    around: str = current_app.extensions["governance.login"]
    if request.blueprint == API or not (around or "login.login" in current_app.view_functions):
        abort(401)
    here = request.script_root + request.full_path.rstrip("?")
    if around:
        asked_for = here if request.method == "GET" else ""
        return redirect(around.replace("{next}", quote(asked_for, safe="")), code=303)
    if request.method not in ("GET", "HEAD"):
        return make_response(render_template("ended.html", typed=written(request.form), back=way_back()), 401)
    return redirect(url_for("login.login", next=here), code=303)


def register(app: Flask, caller_of: CallerOf, login: str = "") -> None:
    """Guard every request to these pages; ``login`` is an address outside them, as `web.Governance` says."""
    app.extensions["governance.caller"] = caller_of
    app.extensions["governance.login"] = login
    app.before_request(guard)
    app.jinja_env.globals["my_offices"] = lambda: offices_today(governance())
