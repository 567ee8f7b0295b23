"""Events as rows and back: the payload is JSON with sorted keys, so that the same event is the same text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    Origin,
    Payload,
    Request,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
)
from governance.store.errors import StoreError
from governance.store.nouns import (
    Json,
    read_request,
    read_ruled,
    read_value,
    write_request,
    write_ruled,
    write_value,
)
from governance.values import Span

KINDS: Mapping[type[Payload], str] = {
    Added: "added",
    FactRecorded: "fact",
    StepTaken: "step",
    StepRefused: "refused",
    Corrected: "corrected",
    DeclaredComplete: "complete",
}


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_event(event: Event) -> Json:
    """The row of an event, by column."""
    low, high = event.on.low, event.on.high
    return {
        "number": event.number,
        "entity": event.entity,
        "kind": KINDS[type(event.payload)],
        "payload": canonical(_write_payload(event.payload)),
        "on_low": low if isinstance(low, date) else None,
        "on_high": high if isinstance(high, date) else None,
        "recorded_at": event.recorded_at.isoformat(),
        "origin": event.origin.value,
        "source": event.source,
        "recorder": event.recorder,
        "rulebook": event.rulebook,
    }


def read_event(row: Mapping[str, Any]) -> Event:
    """The event of a row; StoreError names the row that cannot be read."""
    try:
        return Event(
            number=row["number"],
            entity=row["entity"],
            payload=_read_payload(row["kind"], json.loads(row["payload"])),
            on=Span(row["on_low"], row["on_high"]),
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            origin=Origin(row["origin"]),
            source=row["source"],
            recorder=row["recorder"],
            rulebook=row["rulebook"],
        )
    except (KeyError, TypeError, ValueError) as error:
        number = row.get("number")
        raise StoreError(
            Text(
                f"begivenhed {number} i databasen kan ikke læses",
                f"event {number} in the database cannot be read",
            )
        ) from error


def _write_payload(payload: Payload) -> Json:
    match payload:
        case Added(kind, title, links, state):
            return {"kind": kind, "title": title, "links": dict(links), "state": state}
        case FactRecorded(fact, value):
            return {"fact": fact, "value": write_value(value)}
        case StepTaken():
            taken = {"act": payload.act, "new_round": payload.new_round}
            return {**_write_tried(payload), **taken}
        case StepRefused():
            return _write_tried(payload)
        case Corrected(event, reason, replacement):
            said = {"event": event, "reason": reason}
            if replacement is None:
                return said
            return {
                **said,
                "replacement": {"kind": KINDS[type(replacement)], "payload": _write_payload(replacement)},
            }
        case DeclaredComplete():
            return {}


def _read_payload(kind: str, said: Json) -> Payload:
    match kind:
        case "added":
            return Added(said["kind"], said["title"], said["links"], said["state"])
        case "fact":
            return FactRecorded(said["fact"], read_value(said["value"]))
        case "step":
            request, before, after, findings = _read_tried(said)
            return StepTaken(request, before, after, said["act"], said["new_round"], findings)
        case "refused":
            return StepRefused(*_read_tried(said))
        case "corrected":
            return Corrected(said["event"], said["reason"], _read_replacement(said.get("replacement")))
        case "complete":
            return DeclaredComplete()
    raise ValueError(kind)


def _read_replacement(said: Json | None) -> Added | FactRecorded | None:
    if said is None:
        return None
    payload = _read_payload(said["kind"], said["payload"])
    if isinstance(payload, Added | FactRecorded):
        return payload
    raise ValueError(said["kind"])


def _write_tried(payload: StepTaken | StepRefused) -> Json:
    return {
        "request": write_request(payload.request),
        "from": payload.from_state,
        "to": payload.to_state,
        "findings": [write_ruled(finding) for finding in payload.findings],
    }


def _read_tried(said: Json) -> tuple[Request, str, str, tuple[Ruled, ...]]:
    return read_request(said["request"]), said["from"], said["to"], tuple(map(read_ruled, said["findings"]))
