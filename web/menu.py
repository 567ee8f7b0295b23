"""The main menu, the links at the foot of every page and between those that belong together: a table each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Flask, current_app, request

from governance.service import may
from web.access import needed_by
from web.common import governance
from web.language import Later
from web.language import Later as _
from web.remembering import url_for


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu; ``parts`` are the pages, or groups of pages (blueprints), that lie under it."""

    endpoint: str
    words: Later
    parts: frozenset[str] = frozenset()


MAIN = (
    Entry("start.page", _("Start")),
    Entry("todo.board", _("To do")),
    Entry("items.board", _("Items"), frozenset({"items", "records"})),
    Entry("meetings.board", _("Meetings"), frozenset({"meetings"})),
    Entry("rounds.board", _("Rounds"), frozenset({"rounds"})),
    Entry("seats.board", _("Seats"), frozenset({"seats", "organisations"})),
    Entry("group.report", _("Report"), frozenset({"group.findings"})),
    Entry("group.rules", _("Rules"), frozenset({"group.rule", "group.differences"})),
    Entry("audit.board", _("Audit"), frozenset({"audit"})),
    Entry("accounts.board", _("Accounts"), frozenset({"accounts"})),
    Entry("group.help_page", _("Help")),
)
FOOT = (
    Entry("about.accessibility", _("Accessibility statement")),
    Entry("group.help_page", _("What the words mean")),
    Entry("api_pages.docs", _("For programmers: the API")),
)
SEATS = (
    Entry("seats.board", _("On a day")),
    Entry("seats.check", _("Judged over a span")),
    Entry("seats.forecast", _("What is coming")),
    Entry("seats.plan", _("Who could follow")),
    Entry("organisations.board", _("Organisations")),
)
PROOF = (
    Entry("audit.board", _("Events")),
    Entry("audit.refusals", _("Refusals")),
    Entry("audit.verify", _("Verify")),
    Entry("audit.accesses", _("Who looked at what")),
)


def links(entries: tuple[Entry, ...]) -> list[tuple[str, str, str]]:
    """For each page whoever asks may see: its words, its address, and ``page`` on it or ``true`` below it."""
    gov = governance()
    known = [entry for entry in entries if entry.endpoint in current_app.view_functions]
    duties = [needed_by(current_app, entry.endpoint, "GET") for entry in known]
    held = {duty: duty is None or may(gov, duty).allowed for duty in set(duties)}
    seen = [entry for entry, duty in zip(known, duties, strict=True) if held[duty]]
    return [(str(entry.words), url_for(entry.endpoint), _here(entry)) for entry in seen]


def _here(entry: Entry) -> str:
    if request.endpoint == entry.endpoint:
        return "page"
    return "true" if entry.parts & {request.endpoint, request.blueprint} else ""


def register(app: Flask) -> None:
    """Let the pages ask for the links."""
    tables = {"main_menu": MAIN, "foot_links": FOOT, "seat_pages": SEATS, "proof_pages": PROOF}
    asked_for = {name: partial(links, entries) for name, entries in tables.items()}
    app.context_processor(lambda: asked_for)
