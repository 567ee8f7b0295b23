"""One's own account: the password, where one is logged in, and the tokens that programs use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from governance import service
from governance.model import Forbidden, RequestError, Text
from governance.service import DUTIES, Governance, SessionView
from web import limits
from web.access import logged_in
from web.common import governance
from web.forms import Typed, read_typed
from web.login import TOKEN, life

pages = Blueprint("account", __name__)

UNALIKE = Text(
    "de to nye adgangskoder er ikke ens; skriv den samme to gange",
    "the two new passwords are not alike; write the same one twice",
)
REVOKE = (
    lazy_gettext("Revoke the access token?"),
    lazy_gettext(
        "The program that uses it is refused from now on. It cannot be undone; a new one can be made."
    ),
)
SURE = {
    "revoke": REVOKE,
    "end-others": (
        lazy_gettext("Log out everywhere else?"),
        lazy_gettext("Every other browser in which you are logged in is logged out."),
    ),
}


@pages.get("/account")
@logged_in
def own() -> str:
    """The account of whoever is logged in."""
    return _page(Typed())


@pages.post("/account")
@logged_in
def change() -> Response | str | tuple[str, int]:
    """One of the forms of the page."""
    typed = read_typed(request.form)
    deed = DEEDS.get(typed.form)
    if deed is None:
        abort(400)
    if typed.form in SURE and typed.get("sure") != "yes":
        return ask_sure(typed, SURE[typed.form], url_for("account.own"))
    try:
        shown = deed(typed)
    except RequestError as error:
        return _page(typed, error.problems), 400
    except Forbidden as error:
        return _page(typed, error.problems), 403
    return shown or redirect(url_for("account.own", _anchor=typed.form), code=303)


def ask_sure(typed: Typed, question: tuple[object, object], here: str) -> str:
    """A page that asks before something that cannot be taken back, with the form as it was sent."""
    carried = {name: text for name, text in typed.fields.items() if name not in ("csrf_token", "sure")}
    return render_template("sure.html", question=question[0], words=question[1], carried=carried, here=here)


def _page(typed: Typed, problems: tuple[Text, ...] = (), made: service.NewToken | None = None) -> str:
    gov = governance()
    return render_template(
        "account.html",
        account=service.account(gov),
        sessions=[each for each in _sessions(gov) if each.open],
        tokens=service.tokens(gov),
        scopes=[(duty.value, words) for duty, words in DUTIES.items()],
        typed=typed,
        chosen=request.form.getlist("scope") if typed.form == "token" else ["read"],
        problems=problems,
        made=made,
    )


def _password(typed: Typed) -> None:
    gov = governance()
    limits.hit_login(service.account(gov).login)
    new = typed.fields.get("password", "")
    if new != typed.fields.get("again", ""):
        raise RequestError(UNALIKE)
    service.change_password(gov, typed.fields.get("before", ""), new, session=_here(gov))
    flash(_("Your password is changed, and every other login is ended."))


def _end(typed: Typed) -> None:
    if not typed.target:
        abort(400)
    service.end_sessions_of(governance(), id_=typed.target)
    flash(_("The login is ended."))


def _end_others(_typed: Typed) -> None:
    gov = governance()
    service.end_sessions_of(gov, but=_here(gov))
    flash(_("Every other login is ended."))


def _sessions(gov: Governance) -> tuple[SessionView, ...]:
    """One's logins, with the one that this request came by marked."""
    return service.sessions(gov, life(), token=session.get(TOKEN, ""))


def _here(gov: Governance) -> str:
    """The id of the login that this request came by."""
    return next((each.id for each in _sessions(gov) if each.here), "")


def _token(typed: Typed) -> str:
    """The only page that shows a token; it is not kept, so sending the form again makes another."""
    made = service.make_token(
        governance(), typed.get("name"), request.form.getlist("scope"), typed.get("last_day")
    )
    return _page(Typed(), made=made)


def _revoke(typed: Typed) -> None:
    service.revoke(governance(), typed.target)
    flash(_("The access token is revoked."))


DEEDS: Mapping[str, Callable[[Typed], str | None]] = {
    "password": _password,
    "end": _end,
    "end-others": _end_others,
    "token": _token,
    "revoke": _revoke,
}
