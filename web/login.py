"""Logging in and out: a cookie holds a random token, and a row on the server makes it alive."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text, Unusable
from governance.service import Caller, Identity, Life
from web import limits, oidc
from web.access import API, public
from web.common import asked, governance
from web.language import CHOSEN
from web.settings import Settings

pages = Blueprint("login", __name__)

TOKEN, NEXT, ENDED, BY_PROVIDER = "login", "next", "ended", "by_provider"
BEARER = "Bearer "
MOST_NEXT = 2_000

WRONG = Text(
    "login og adgangskode passer ikke sammen; skriv begge igen",
    "login and password do not fit; write both again",
)


def settings() -> Settings:
    """What these pages are set up with."""
    found: Settings = current_app.extensions["governance.settings"]
    return found


def life() -> Life:
    """How long a login lasts."""
    return Life(timedelta(minutes=settings().session_idle), timedelta(hours=settings().session_length))


def caller_of_request() -> Caller | None:
    """Whoever sent this request: by a program's token in the API, and by the cookie everywhere else.

    A cookie whose session has ended is told of on the login page.
    """
    gov = current_app.extensions["governance"]
    if request.endpoint == "static":
        return None
    if request.blueprint == API:
        sent = request.headers.get("Authorization", "")
        return service.caller_of_token(gov, sent.removeprefix(BEARER)) if sent.startswith(BEARER) else None
    token = session.get(TOKEN, "")
    found = service.caller_of_session(gov, token, life()) if token else None
    if token and found is None:
        session.pop(TOKEN)
        session[ENDED] = True
    return found


@pages.get("/login")
@public
def login() -> str:
    """The form to log in with."""
    return _form(ended=bool(session.pop(ENDED, False)), left=oidc.is_back())


@pages.post("/login")
@public
def log_in() -> Response | tuple[str, int]:
    """Log in by a password. However it is wrong, the answer and what it costs are the same."""
    typed = request.form.get("login", "")
    limits.hit_login(typed)
    gov, password = current_app.extensions["governance"], request.form.get("password", "")
    identity = service.check_password(gov, typed, password)
    if identity is None:
        return _form(typed, (WRONG,)), 401
    return signed_in(identity, request.form.get("next", ""))


def _form(
    typed: str = "", problems: tuple[Text, ...] = (), *, ended: bool = False, left: bool = False
) -> str:
    gov = current_app.extensions["governance"]
    return render_template(
        "login.html",
        typed=typed,
        problems=problems,
        ended=ended,
        left=left,
        life=settings(),
        next=local(request.form.get("next", "") or asked("next")),
        provider=settings().oidc_label if settings().oidc_issuer else "",
        nobody_yet=not service.any_account(gov),
        demo_password=service.DEMO_PASSWORD if service.is_demo(gov) else "",
    )


def signed_in(identity: Identity, following: str = "") -> Response:
    """Begin a session for whomever a protocol has proven, and go on to where they wanted.

    This is where every way to log in comes to, be it a password, OpenID Connect or another. The cookie's old
    content is thrown away, so that nobody can have planted it. RequestError for who has no account.
    """
    gov = current_app.extensions["governance"]
    token = service.signed_in(gov, identity, life())
    service.end_session(gov, session.get(TOKEN, ""))
    _empty()
    session[TOKEN] = token
    return redirect(local(following) or home(), code=303)


@pages.post("/logout")
@public
def logout() -> Response:
    """End the session: a copy of the cookie is dead from now on.

    Whoever came in by the provider is led on to log out there, by a page of ours: a browser that keeps our
    forms to our own addresses follows no redirect from one to another.
    """
    by_provider = session.get(BY_PROVIDER, False)
    service.end_session(current_app.extensions["governance"], session.get(TOKEN, ""))
    _empty()
    there = oidc.way_out(url_for("login.login", _external=True)) if by_provider else ""
    if not there:
        return redirect(url_for("login.login"), code=303)
    page = make_response(render_template("left.html", provider=settings().oidc_label, there=there))
    page.headers["Refresh"] = f"0; url={there}"
    return page


def _empty() -> None:
    """Throw away what the cookie holds, but for the language that was chosen."""
    kept = session.get(CHOSEN)
    session.clear()
    if kept:
        session[CHOSEN] = kept


@pages.get("/login/provider")
@public
def to_provider() -> Response | tuple[str, int]:
    """Go to the provider to log in there."""
    session[NEXT] = local(asked("next"))
    try:
        return oidc.to_provider(url_for("login.from_provider", _external=True))
    except RequestError as error:
        return _form(problems=error.problems), 400


@pages.get("/login/provider/back")
@public
def from_provider() -> Response | tuple[str, int]:
    """Come back from the provider with what it says of who one is."""
    limits.hit_address()
    try:
        identity = oidc.from_provider()
        found = signed_in(identity, session.get(NEXT, ""))
    except RequestError as error:
        return _form(problems=error.problems), 400
    session[BY_PROVIDER] = True
    return found


def local(address: str) -> str:
    """An address within these pages; nothing for any other, however it is written."""
    odd = "\\" in address or any(not letter.isprintable() for letter in address)
    if odd or len(address) > MOST_NEXT or not address.startswith("/") or address.startswith("//"):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    root = request.script_root
    inside = not root or parts.path == root or parts.path.startswith(f"{root}/")
    return "" if parts.scheme or parts.netloc or not inside else address


def home() -> str:
    """The page to begin at."""
    return url_for("start.page")


def who() -> str:
    """The name of whoever is logged in; nothing for nobody, and while the database cannot be used."""
    try:
        return service.own_name(governance())
    except Unusable:
        return ""


def may(duty: str) -> bool:
    """Whether whoever is logged in has a duty; for links to pages that they can see."""
    return service.may(governance(), service.Duty(duty)).allowed


def register(app: Flask, settings: Settings, *, own: bool) -> None:
    """Let people log in to these pages, unless those around them say who asks (``own`` is false)."""
    limits.register(app, settings)
    oidc.register(app, settings)
    if own:
        app.register_blueprint(pages)
    app.context_processor(lambda: {"who": who, "may": may, "own_login": own})
