"""Accounts and offices, for whoever keeps them; and who holds what office, for whoever audits too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text
from governance.service import DUTIES, ROLES, Duty
from web.access import logged_in, needs
from web.account import REVOKE, ask_sure
from web.common import governance, organisations
from web.faults import PLAIN, fault_page
from web.forms import Typed, read_typed

pages = Blueprint("accounts", __name__)

SURE = {
    "disable": (
        lazy_gettext("Disable the account?"),
        lazy_gettext(
            "Whoever has it is logged out at once, and their access tokens stop. It can be enabled again."
        ),
    ),
    "withdraw": (
        lazy_gettext("Withdraw the office?"),
        lazy_gettext("It counts no more from this moment. The line stays, with who withdrew it and when."),
    ),
    "end-all": (
        lazy_gettext("End every login of the account?"),
        lazy_gettext("Whoever has it must log in anew."),
    ),
    "revoke": REVOKE,
}


@pages.get("/accounts")
@needs(Duty.KEEP)
def board() -> str:
    """Every account, and the form for a new one."""
    return _board(Typed())


@pages.post("/accounts")
@needs(Duty.KEEP)
def add() -> Response | tuple[str, int]:
    """A new account."""
    typed = read_typed(request.form)
    try:
        made = service.add_account(
            governance(),
            typed.get("login"),
            typed.get("name"),
            password=typed.fields.get("password", ""),
            email=typed.get("email"),
        )
    except RequestError as error:
        return _board(typed, error.problems), 400
    flash(_("The account is made. It may do nothing until it is given an office."))
    return redirect(url_for("accounts.account", id_=made.id), code=303)


def _board(typed: Typed, problems: tuple[Text, ...] = ()) -> str:
    found = service.accounts(governance())
    return render_template("accounts.html", accounts=found, typed=typed, problems=problems)


@pages.get("/accounts/<id_>")
@needs(Duty.KEEP)
def account(id_: str) -> Response | str:
    """One account with its offices."""
    try:
        return _account(id_, Typed())
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)


@pages.post("/accounts/<id_>")
@needs(Duty.KEEP)
def change(id_: str) -> Response | str | tuple[str, int]:
    """One of the forms of the page."""
    typed = read_typed(request.form)
    deed = DEEDS.get(typed.form)
    if deed is None:
        abort(400)
    here = url_for("accounts.account", id_=id_)
    if typed.form in SURE and typed.get("sure") != "yes":
        return ask_sure(typed, SURE[typed.form], here)
    try:
        deed(id_, typed)
    except RequestError as error:
        return _account(id_, typed, error.problems), 400
    return redirect(here, code=303)


def _account(id_: str, typed: Typed, problems: tuple[Text, ...] = ()) -> str:
    gov = governance()
    found = service.account(gov, id_)
    return render_template(
        "one_account.html",
        account=found,
        tokens=service.tokens(gov, named=found.id),
        roles=[(role.id, role.label) for role in ROLES.values()],
        bodies=gov.rulebooks.books[-1].bodies,
        organisations=organisations(),
        typed=typed,
        problems=problems,
    )


@pages.get("/rights")
@logged_in
def rights() -> str:
    """Who holds what office from when to when, and what each role may."""
    return render_template(
        "rights.html",
        offices=service.offices(governance()),
        roles=ROLES.values(),
        duties=DUTIES.items(),
    )


def _disable(id_: str, _typed: Typed) -> None:
    service.disable_account(governance(), id_)
    flash(_("The account is disabled."))


def _enable(id_: str, _typed: Typed) -> None:
    service.enable_account(governance(), id_)
    flash(_("The account is enabled."))


def _password(id_: str, typed: Typed) -> None:
    service.set_password(governance(), id_, typed.fields.get("password", ""))
    flash(_("The password is set, and every login of the account is ended."))


def _end_all(id_: str, _typed: Typed) -> None:
    service.end_sessions_of(governance(), named=id_)
    flash(_("Every login of the account is ended."))


def _grant(id_: str, typed: Typed) -> None:
    service.grant_office(
        governance(),
        id_,
        typed.get("role"),
        body=typed.get("body"),
        organisation=typed.get("organisation"),
        from_=typed.get("from"),
        to=typed.get("to"),
    )
    flash(_("The office is granted."))


def _withdraw(_id: str, typed: Typed) -> None:
    service.withdraw_office(governance(), typed.target)
    flash(_("The office is withdrawn."))


def _revoke(id_: str, typed: Typed) -> None:
    service.revoke(governance(), typed.target, named=id_)
    flash(_("The access token is revoked."))


DEEDS: Mapping[str, Callable[[str, Typed], None]] = {
    "disable": _disable,
    "enable": _enable,
    "password": _password,
    "end-all": _end_all,
    "grant": _grant,
    "withdraw": _withdraw,
    "revoke": _revoke,
}
