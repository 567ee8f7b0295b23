"""The proof of the record, its export, and the access log: for whoever audits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from flask import Response, send_file

from governance import service
from governance.service import AccessPage, Audit, Document, Duty, EventsPage, ProvedEvent, Recheck
from web.access import needs
from web.api.nouns import MOST_ID, MOST_NAME
from web.api.operations import LINK, linked, reads
from web.api.schemas import Says
from web.api.sentences import Faulty
from web.common import governance

AUDIT = "audit"
LINES = "application/x-ndjson"
First = Annotated[str, Says("The first day.", most=MOST_ID)]
Last = Annotated[str, Says("The last day.", most=MOST_ID)]
Before = Annotated[str, Says("Those before this line, as the `older` of an answer says.", most=9)]
Most = Annotated[int, Says("How many lines a page has.", 1, 100)]


@dataclass(frozen=True, slots=True)
class Expected:
    """Older heads or receipts to hold the record against."""

    expect: Annotated[
        tuple[str, ...], Says("Heads or receipts `NUMBER:HASH`, kept from before.", most=50)
    ] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head `NUMBER:HASH`, to keep outside: with it a lost tail or a rewritten chain is seen later."""

    head: str


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """Which events, and which page of them."""

    thing: Annotated[str, Says("Those about a thing.", most=MOST_ID)] = ""
    kind: Annotated[str, Says("Those of a kind, as `step`, `refused` or `fact`.", most=MOST_ID)] = ""
    recorder: Annotated[str, Says("Those written by somebody: a name or a reference.", most=MOST_NAME)] = ""
    from_: First = ""
    to: Last = ""
    before: Before = ""
    most: Most = 50


@dataclass(frozen=True, slots=True)
class AccessesAsked:
    """Which lines of the access log, and which page of them."""

    who: Annotated[str, Says("Whoever looked: a name, a reference or what the log says.", most=MOST_NAME)] = (
        ""
    )
    what: Annotated[str, Says("A thing that was looked at or tried to change.", most=MOST_ID)] = ""
    from_: First = ""
    to: Last = ""
    before: Before = ""
    most: Most = 50


@reads("/audit/head", AUDIT, Head)
@needs(Duty.AUDIT)
def get_audit_head() -> Head:
    """The head of the record, to keep outside."""
    return Head(service.audit_head(governance()))


@reads("/audit", AUDIT, Audit, query=Expected)
@needs(Duty.AUDIT)
def verify_record(query: Expected) -> Audit:
    """Hold the whole record against itself, and against older heads or receipts."""
    return service.audit_verify(governance(), expect=query.expect)


@reads("/audit/recheck", AUDIT, Recheck, query=Expected)
@needs(Duty.AUDIT)
def recheck_record(query: Expected) -> Recheck:
    """Judge every decision of the record again, by the rules and facts it names."""
    return service.audit_recheck_record(governance(), expect=query.expect)


@reads("/audit/export", AUDIT, Document, files=(LINES,), besides=("faulty",))
@needs(Duty.AUDIT)
def export_record() -> Response:
    """The whole record in one file that can be verified and judged again without a database.

    A record with faults is not given: the problem names each.
    """
    audit, file = service.audit_file(governance())
    if audit.problems:
        file.close()
        raise Faulty(audit)
    return send_file(file, LINES, as_attachment=True, download_name="governance.jsonl")


@reads("/audit/events", AUDIT, EventsPage, query=EventsAsked, headers=LINK)
@needs(Duty.AUDIT)
def list_events(query: EventsAsked) -> tuple[EventsPage, dict[str, str]]:
    """The events of everybody, the newest first, refusals too."""
    page = service.events_page(governance(), **asdict(query))
    return page, _older(page.older)


@reads("/audit/events/<int(max=999999999):event>", AUDIT, ProvedEvent)
@needs(Duty.AUDIT)
def get_event(*, event: int) -> ProvedEvent:
    """One event with the hashes that hold it in the chain, and the rulebook it was judged by."""
    return service.audit_event(governance(), str(event))


@reads("/accesses", AUDIT, AccessPage, query=AccessesAsked, headers=LINK)
@needs(Duty.AUDIT)
def list_accesses(query: AccessesAsked) -> tuple[AccessPage, dict[str, str]]:
    """The access log, the newest first: who looked at or tried what, and how it went."""
    page = service.accesses_page(governance(), **asdict(query))
    return page, _older(page.older)


def _older(number: int) -> dict[str, str]:
    return linked({"next": {"before": number}} if number else {})
