"""Events as rows and back: the payload is JSON with sorted keys, so that the same event is the same text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Erased,
    Event,
    FactRecorded,
    Origin,
    Payload,
    Request,
    RulebookAdopted,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
)
from governance.store.chain import canonical, event_hash
from governance.store.errors import StoreError
from governance.store.nouns import (
    Json,
    Seal,
    read_fact,
    read_findings,
    read_request,
    read_text,
    write_fact,
    write_findings,
    write_request,
    write_text,
)
from governance.store.seals import Sealed, seal, unseal
from governance.values import Span

KINDS: Mapping[type[Payload], str] = {
    Added: "added",
    FactRecorded: "fact",
    StepTaken: "step",
    StepRefused: "refused",
    Corrected: "corrected",
    DeclaredComplete: "complete",
    Erased: "erased",
    RulebookAdopted: "adopted",
}


def write_event(event: Event, previous: str) -> tuple[Json, list[Sealed]]:
    """The row of an event, by column, and the rows of its texts; ``previous`` is the hash before it."""
    texts: list[Sealed] = []
    keep = partial(seal, texts, event.number)
    low, high = event.on.low, event.on.high
    row: Json = {
        "number": event.number,
        "entity": event.entity,
        "kind": KINDS[type(event.payload)],
        "payload": canonical(_write_payload(event.payload, keep)),
        "on_low": low.isoformat() if isinstance(low, date) else None,
        "on_high": high.isoformat() if isinstance(high, date) else None,
        "recorded_at": write_time(event.recorded_at),
        "origin": event.origin.value,
        "source": keep("source", event.source),
        "recorder": event.recorder,
        "rulebook": event.rulebook,
        "version": event.version,
        "previous": previous,
    }
    return {**row, "hash": event_hash(row)}, texts


def write_time(at: datetime) -> str:
    """A moment as it is stored: in UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read_event(row: Mapping[str, Any], texts: Mapping[str, str], *, told: bool = True) -> Event:
    """The event of a row; StoreError names the row that cannot be read.

    ``texts`` are the sealed ones by digest; without ``told`` the findings of a step are left out.
    """
    try:
        low, high = row["on_low"], row["on_high"]
        return Event(
            number=row["number"],
            entity=row["entity"],
            payload=_read_payload(row["kind"], json.loads(row["payload"]), texts, told=told),
            on=Span(low and date.fromisoformat(low), high and date.fromisoformat(high)),
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            origin=Origin(row["origin"]),
            source=unseal(row["source"], texts),
            recorder=row["recorder"],
            rulebook=row["rulebook"],
            version=row["version"],
            hash=row["hash"],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        number = row.get("number")
        raise StoreError(
            Text(
                f"begivenhed {number} i databasen kan ikke læses; kør `governance audit verify`",
                f"event {number} in the database cannot be read; run `governance audit verify`",
            )
        ) from error


def _write_payload(payload: Payload, keep: Seal) -> Json:
    match payload:
        case Added(kind, title, links, state):
            named = write_text("title", title, keep)
            return {"kind": kind, "title": named, "links": dict(links), "state": state}
        case FactRecorded(fact, value, about):
            known = {"fact": fact, "value": write_fact(value, keep)}
            return {**known, "about": about} if about else known
        case StepTaken():
            taken = {"act": payload.act, "new_round": payload.new_round, "stays": payload.stays}
            beside = {"about": payload.about} if payload.about else {}
            return {**_write_tried(payload, keep), **taken, **beside}
        case StepRefused():
            return _write_tried(payload, keep)
        case Corrected(event, reason, replacement):
            said = {"event": event, "reason": write_text("reason", reason, keep)}
            if replacement is None:
                return said
            right = {"kind": KINDS[type(replacement)], "payload": _write_payload(replacement, keep)}
            return {**said, "replacement": right}
        case DeclaredComplete():
            return {}
        case Erased(reason, texts):
            return {"reason": write_text("reason", reason, keep), "texts": list(texts)}
        case RulebookAdopted(id_, from_, digest):
            return {"id": id_, "from": from_.isoformat(), "digest": digest}


def _read_payload(kind: str, said: Json, texts: Mapping[str, str], *, told: bool) -> Payload:
    match kind:
        case "added":
            return Added(said["kind"], read_text(said["title"], texts), said["links"], said["state"])
        case "fact":
            return FactRecorded(said["fact"], read_fact(said["value"], texts), said.get("about", ""))
        case "step":
            request, before, after, findings = _read_tried(said, texts, told=told)
            act, new_round, stays = said["act"], said["new_round"], said["stays"]
            beside = said.get("about", "")
            return StepTaken(request, before, after, act, new_round, findings, stays, beside)
        case "refused":
            return StepRefused(*_read_tried(said, texts, told=told))
        case "corrected":
            replacement = _read_replacement(said.get("replacement"), texts)
            return Corrected(said["event"], read_text(said["reason"], texts), replacement)
        case "complete":
            return DeclaredComplete()
        case "erased":
            return Erased(read_text(said["reason"], texts), tuple(said["texts"]))
        case "adopted":
            return RulebookAdopted(said["id"], date.fromisoformat(said["from"]), said["digest"])
    raise ValueError(kind)


def _read_replacement(said: Json | None, texts: Mapping[str, str]) -> Added | FactRecorded | None:
    if said is None:
        return None
    payload = _read_payload(said["kind"], said["payload"], texts, told=False)
    if isinstance(payload, Added | FactRecorded):
        return payload
    raise ValueError(said["kind"])


def _write_tried(payload: StepTaken | StepRefused, keep: Seal) -> Json:
    return {
        "request": write_request(payload.request, keep),
        "from": payload.from_state,
        "to": payload.to_state,
        "findings": write_findings(payload.findings, keep),
    }


def _read_tried(
    said: Json, texts: Mapping[str, str], *, told: bool
) -> tuple[Request, str, str, tuple[Ruled, ...]]:
    findings = read_findings(said["findings"], texts if told else None)
    return read_request(said["request"], texts), said["from"], said["to"], findings
