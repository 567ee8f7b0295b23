"""The pages that prove the record: its events, refusals, the audit, the export, and who looked at what."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _

from governance import service
from governance.model import RequestError, Text
from governance.service import Duty
from web.access import needs
from web.common import asked, governance
from web.faults import PLAIN, fault_page

pages = Blueprint("audit", __name__)

ORIGINS = {
    "live": _("judged when it happened"),
    "history": _("told afterwards, as history"),
    "imported": _("imported as history"),
}
"""Whether an event was judged when it happened, in words."""
MOST_AT_ONCE = 20_000
"""Events that a page holds against themselves while somebody waits; of a longer record the command does."""
A_SECOND = 1_000
"""Events that are verified in a second, at the least."""
TRIED = ("verify", "recheck")


@pages.get("/audit")
@needs(Duty.AUDIT)
def board() -> str | tuple[str, int]:
    """The whole record, newest first, narrowed by thing, kind, day recorded and recorder."""
    return _events("", "audit.board")


@pages.get("/audit/refusals")
@needs(Duty.AUDIT)
def refusals() -> str | tuple[str, int]:
    """Every step that was tried and refused, with the rules that say why."""
    return _events("refused", "audit.refusals")


def _events(kind: str, endpoint: str) -> str | tuple[str, int]:
    asked_for = {name: asked(name).strip() for name in ("thing", "kind", "recorder", "from", "to")}
    asked_for |= {"kind": kind} if kind else {}
    problems: tuple[Text, ...] = ()
    try:
        page = service.events_page(
            governance(),
            thing=asked_for["thing"],
            kind=asked_for["kind"],
            recorder=asked_for["recorder"],
            from_=asked_for["from"],
            to=asked_for["to"],
            before=asked("before"),
        )
    except RequestError as error:
        page, problems = service.EventsPage((), 0, 0), error.problems
    kept = {name: text for name, text in asked_for.items() if text and not (kind and name == "kind")}
    shown = render_template(
        "audit.html",
        page=page,
        asked_for=asked_for,
        narrowed=bool(kept),
        refused=bool(kind),
        problems=problems,
        kinds=service.EVENT_KINDS,
        home=endpoint,
        newest=_narrowed(endpoint, kept) if asked("before") else "",
        older=_narrowed(endpoint, kept, page.older) if page.older else "",
    )
    return (shown, 400) if problems else shown


def _narrowed(endpoint: str, kept: dict[str, str], before: int = 0) -> str:
    """The address of a list narrowed as it is now, or of what comes before a line of it."""
    values: dict[str, Any] = {**kept, "before": before or None}
    return url_for(endpoint, **values)


@pages.get("/audit/<int:number>")
@needs(Duty.AUDIT)
def event(number: int) -> str | Response:
    """One event: what was asked and decided, and what proves it."""
    try:
        view = service.audit_event(governance(), str(number))
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)
    return render_template("audit_event.html", view=view, kinds=service.EVENT_KINDS, origins=ORIGINS)


@pages.route("/audit/verify", methods=["GET", "POST"])
@needs(Duty.AUDIT)
def verify() -> str | tuple[str, int]:
    """Hold the record against itself, or judge all its decisions again; the result check by check.

    Whoever only opens the page is told how long it takes: nothing runs until it is asked for.
    """
    head = service.audit_head(governance())
    length = int(head.partition(":")[0])
    found: dict[str, object] = {"audit": None, "recheck": None, "problems": (), "checks": ()}
    expected = request.form.get("expect", "")
    tried = request.form.get("form", "") if request.method == "POST" else ""
    if tried in TRIED and length <= MOST_AT_ONCE:
        try:
            found |= _verified(tried, expected.split())
        except RequestError as error:
            found["problems"] = error.problems
    shown = render_template(
        "audit_verify.html",
        **found,
        head=head,
        length=length,
        seconds=max(1, round(length / A_SECOND)),
        too_long=length > MOST_AT_ONCE,
        most=MOST_AT_ONCE,
        expected=expected,
    )
    return (shown, 400) if found["problems"] else shown


def _verified(tried: str, expected: list[str]) -> dict[str, object]:
    if tried == "recheck":
        return {"recheck": service.audit_recheck_record(governance(), expect=expected)}
    audit = service.audit_verify(governance(), expect=expected)
    return {"audit": audit, "checks": service.audit_checks(audit)}


@pages.get("/audit/export")
@needs(Duty.AUDIT)
def export() -> Response | tuple[str, int]:
    """The whole record as one file to be checked without the database; one with faults is not given."""
    audit, file = service.audit_file(governance())
    if audit.problems:
        file.close()
        head = service.audit_head(governance())
        shown = render_template(
            "audit_verify.html",
            audit=audit,
            checks=service.audit_checks(audit),
            recheck=None,
            problems=(),
            head=head,
            length=audit.events,
            seconds=0,
            too_long=False,
            most=MOST_AT_ONCE,
            expected="",
        )
        return shown, 409
    day = governance().today.isoformat()
    return send_file(
        file, mimetype="application/jsonl", as_attachment=True, download_name=f"governance-{day}.jsonl"
    )


@pages.get("/audit/accesses")
@needs(Duty.AUDIT)
def accesses() -> str | tuple[str, int]:
    """Who looked at what, newest first, and for how long that is kept."""
    asked_for = {name: asked(name).strip() for name in ("who", "what", "from", "to")}
    problems: tuple[Text, ...] = ()
    try:
        page = service.accesses_page(
            governance(),
            who=asked_for["who"],
            what=asked_for["what"],
            from_=asked_for["from"],
            to=asked_for["to"],
            before=asked("before"),
        )
    except RequestError as error:
        page = service.AccessPage((), 0, service.retention(governance()).months)
        problems = error.problems
    kept = {name: text for name, text in asked_for.items() if text}
    shown = render_template(
        "accesses.html",
        page=page,
        asked_for=asked_for,
        narrowed=bool(kept),
        problems=problems,
        newest=_narrowed("audit.accesses", kept) if asked("before") else "",
        older=_narrowed("audit.accesses", kept, page.older) if page.older else "",
    )
    return (shown, 400) if problems else shown
