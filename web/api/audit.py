"""The proof of the record, its export, and the access log: for whoever audits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from flask import Response, abort

from governance import service
from governance.service import AccessView, Audit, Document, Duty
from web.access import needs
from web.api.nouns import MOST_ID
from web.api.operations import reads
from web.api.papers import handed_out
from web.api.schemas import Says
from web.common import governance

AUDIT = "audit"
LINES = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Expected:
    """Older heads or receipts to hold the record against."""

    expect: Annotated[
        tuple[str, ...], Says("Heads or receipts `NUMBER:HASH`, kept from before.", most=50)
    ] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is asked besides."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head `NUMBER:HASH`, to keep outside: with it a lost tail or a rewritten chain is seen later."""

    head: str


@dataclass(frozen=True, slots=True)
class AccessesAsked:
    """Of which thing or person, and of which days."""

    what: Annotated[str, Says("A thing that was looked at or tried to change.", most=MOST_ID)] = ""
    about: Annotated[
        str, Says("A person who asks when their data were looked up, by reference.", most=40)
    ] = ""
    from_: Annotated[str, Says("The first day.", most=MOST_ID)] = ""
    to: Annotated[str, Says("The last day.", most=MOST_ID)] = ""


@reads("/audit/head", AUDIT, Head, query=Nothing)
@needs(Duty.AUDIT)
def get_audit_head(_query: Nothing) -> Head:
    """The head of the record, to keep outside."""
    return Head(service.audit_head(governance()))


@reads("/audit", AUDIT, Audit, query=Expected)
@needs(Duty.AUDIT)
def verify_record(query: Expected) -> Audit:
    """Hold the whole record against itself, and against older heads or receipts."""
    return service.audit_verify(governance(), expect=query.expect)


@reads("/audit/export", AUDIT, Document, query=Nothing, files=(LINES,))
@needs(Duty.AUDIT)
def export_record(_query: Nothing) -> Response:
    """The whole record in one file that can be verified and judged again without a database."""
    with TemporaryDirectory(prefix="governance-export-") as folder:
        path = Path(folder) / "governance.jsonl"
        if service.audit_export(governance(), path).problems:
            abort(500)
        return handed_out(Document(path.read_bytes(), path.name, LINES))


@reads("/accesses", AUDIT, AccessView, many=True, query=AccessesAsked)
@needs(Duty.AUDIT)
def list_accesses(query: AccessesAsked) -> tuple[AccessView, ...]:
    """The access log of some days: who looked at or tried what, and how it went."""
    return service.accesses(governance(), what=query.what, about=query.about, from_=query.from_, to=query.to)
