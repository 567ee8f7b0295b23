"""When a page cannot be shown: what happened, in plain words."""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from governance.faults import RuleError
from governance.model import Conflict, Forbidden, RequestError, Text, Unanswered, Unusable
from web.forms import SECRET, written

PLAIN = {
    400: (_("This request could not be read"), _("Go back, look at what you sent, and try again.")),
    401: (_("Nobody is logged in"), _("Log in, and open the address again.")),
    403: (_("You may not do that"), _("Nothing was changed. Whoever keeps the accounts can give an office.")),
    404: (_("There is nothing at this address"), _("The link may be old, or the address mistyped.")),
    405: (_("This address cannot do that"), _("Open the page anew and use its forms.")),
    413: (_("That was too much at once"), _("Shorten the text and send it again.")),
    409: (
        _("Somebody else was faster"),
        _("The item was changed after you opened it. Open it anew and look at what changed."),
    ),
    429: (
        _("Too many tries"),
        _("Wait a minute, and then try again. Nothing was stored, and your account is as it was."),
    ),
    500: (
        _("Something went wrong here"),
        _("The fault is ours. Nothing was stored halfway: a step is stored whole or not at all."),
    ),
    503: (_("The pages are being started anew"), _("Nothing was stored. Try again in a moment.")),
}
FAULT_OF_OURS = 500
FORGED = (
    _("The form was too old, or did not come from this page"),
    _("Nothing was stored. Open the page anew and send the form again."),
)


UNNAMED = (
    "Her svares kun under de navne, GOVERNANCE_HOSTS nævner, ellers localhost og 127.0.0.1.\n"
    "Only the names in GOVERNANCE_HOSTS are answered, by default localhost and 127.0.0.1.\n"
)
UNANSWERED = 503
LOST = (
    _("The answer was lost"),
    _("Perhaps it was stored, perhaps not. Send the same form again: it is stored once, whichever it was."),
)
AWAY = (
    _("The record cannot be reached right now"),
    _("Nothing was stored. Try again in a moment; if it goes on, tell whoever runs these pages."),
)


def fault_page(
    status: int,
    plain: tuple[str, str],
    problems: tuple[Text, ...] = (),
    again: tuple[tuple[str, str], ...] = (),
    **more: object,
) -> Response:
    """A page that says what is wrong and what to do, and each problem of a request that cannot be judged.

    ``again`` are the fields of a form that may be sent once more as it was; ``more`` is shown besides.
    """
    title, advice = plain
    page = render_template(
        "fault.html", status=status, heading=title, advice=advice, problems=problems, again=again, **more
    )
    return make_response(page, status)


def http_fault(error: HTTPException) -> Response:
    """A page for what Flask itself refuses; its headers, such as the methods allowed, are kept."""
    status = error.code or 500
    page = fault_page(status, PLAIN.get(status) or PLAIN[500 if status >= FAULT_OF_OURS else 400])
    page.headers.extend(
        (name, value)
        for name, value in error.get_headers()
        if name.lower() not in {"content-type", "content-length"}
    )
    return page


def foreign_name(_error: SecurityError) -> Response:
    """A bare answer to a request under a name that is not ours; no page can be built for it."""
    return Response(UNNAMED, 400, mimetype="text/plain")


def forged_form(_error: CSRFError) -> Response:
    """A page for a form whose token does not fit, with what was written in it and the way back.

    It cannot be sent again from there: another site may have made it up.
    """
    return fault_page(400, FORGED, typed=written(request.form), back=way_back())


def way_back() -> str:
    """The address of the page that a form stands on; nothing where its address has no page."""
    try:
        adapter = current_app.create_url_adapter(request)
        if adapter is None:
            return ""
        adapter.match(request.path, method="GET")
    except HTTPException:
        return ""
    return request.script_root + request.path


def unusable(error: RequestError) -> Response:
    """A page for a request that names something that is not there, or cannot be read."""
    return fault_page(400, PLAIN[400], error.problems)


def forbidden(error: Forbidden) -> Response:
    """A page for what whoever asks may not see or do, with why and who can."""
    return fault_page(403, PLAIN[403], error.problems)


def unanswered(error: Unanswered) -> Response:
    """A page for a form whose fate is not known, with the form as it was sent, key and all."""
    return fault_page(UNANSWERED, LOST, error.problems, _once_more())


def away(error: Unusable) -> Response:
    """A page for a database that cannot be used, with the form as it was sent; why is for whoever runs it."""
    tell_operator(error)
    return fault_page(UNANSWERED, AWAY, again=_once_more())


def tell_operator(error: Unusable) -> None:
    """Why the database cannot be used: it may name addresses and users, so it is for the log alone."""
    current_app.logger.error("%s", error)


def _once_more() -> tuple[tuple[str, str], ...]:
    """The fields of the form that was sent, to be sent again; of one with a password none."""
    if not SECRET.isdisjoint(request.form):
        return ()
    return tuple(each for each in request.form.items(multi=True) if each[0] != "csrf_token")


def overtaken(_error: Conflict) -> Response:
    """A page for a change that somebody else came before."""
    return fault_page(409, PLAIN[409])


def no_rules(error: RuleError) -> Response:
    """A page for a date that no rulebook covers: an error, never the nearest rulebook."""
    told = tuple(Text(da=f"{f.message}. {f.help}", en=f"{f.message}. {f.help}") for f in error.faults)
    return fault_page(400, PLAIN[400], told)


def register(app: Flask) -> None:
    """Show these pages instead of a bare error."""
    app.register_error_handler(HTTPException, http_fault)
    app.register_error_handler(SecurityError, foreign_name)
    app.register_error_handler(CSRFError, forged_form)
    app.register_error_handler(RequestError, unusable)
    app.register_error_handler(Forbidden, forbidden)
    app.register_error_handler(Unanswered, unanswered)
    app.register_error_handler(Unusable, away)
    app.register_error_handler(Conflict, overtaken)
    app.register_error_handler(RuleError, no_rules)
