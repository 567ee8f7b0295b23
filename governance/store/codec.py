"""Events as rows and back: the payload is JSON with sorted keys, so that the same event is the same text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Event,
    FactRecorded,
    Force,
    Origin,
    Payload,
    Request,
    Ruled,
    StepRefused,
    StepTaken,
    Text,
    Verdict,
)
from governance.store.errors import StoreError
from governance.values import Choice, Point, Span, Value

KINDS: Mapping[type[Payload], str] = {
    Added: "added",
    FactRecorded: "fact",
    StepTaken: "step",
    StepRefused: "refused",
    Corrected: "corrected",
    DeclaredComplete: "complete",
}

Json = dict[str, Any]


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
            Text(f"begivenhed {number} i databasen kan ikke læses", f"event {number} in the database cannot be read")
        ) from error


def _write_payload(payload: Payload) -> Json:
    match payload:
        case Added(kind, title, links, state):
            return {"kind": kind, "title": title, "links": dict(links), "state": state}
        case FactRecorded(fact, value):
            return {"fact": fact, "value": _write_value(value)}
        case StepTaken():
            taken = {"act": payload.act, "new_round": payload.new_round}
            return {**_write_tried(payload), **taken}
        case StepRefused():
            return _write_tried(payload)
        case Corrected(event, reason, replacement):
            said = {"event": event, "reason": reason}
            if replacement is None:
                return said
            return {**said, "replacement": {"kind": KINDS[type(replacement)], "payload": _write_payload(replacement)}}
        case DeclaredComplete():
            return {}


def _read_payload(kind: str, said: Json) -> Payload:
    match kind:
        case "added":
            return Added(said["kind"], said["title"], said["links"], said["state"])
        case "fact":
            return FactRecorded(said["fact"], _read_value(said["value"]))
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
    if not isinstance(payload, Added | FactRecorded):
        raise ValueError(said["kind"])
    return payload


def _write_tried(payload: StepTaken | StepRefused) -> Json:
    return {
        "request": _write_request(payload.request),
        "from": payload.from_state,
        "to": payload.to_state,
        "findings": [_write_ruled(finding) for finding in payload.findings],
    }


def _read_tried(said: Json) -> tuple[Request, str, str, tuple[Ruled, ...]]:
    return _read_request(said["request"]), said["from"], said["to"], tuple(map(_read_ruled, said["findings"]))


def _write_request(request: Request) -> Json:
    return {
        "step": request.step,
        "body": request.body,
        "on": _write_value(request.on),
        "person": request.person,
        "recorder": request.recorder,
        "inputs": {name: _write_value(value) for name, value in request.inputs.items()},
        "reason": request.reason,
        "version": request.version,
        "origin": request.origin.value,
    }


def _read_request(said: Json) -> Request:
    on = _read_value(said["on"])
    if not isinstance(on, Span):
        raise TypeError("on")
    inputs = {name: _read_value(value) for name, value in said["inputs"].items()}
    return Request(
        said["step"],
        said["body"],
        on,
        said["person"],
        said["recorder"],
        inputs,
        said["reason"],
        said["version"],
        Origin(said["origin"]),
    )


def _write_ruled(ruled: Ruled) -> Json:
    return {
        "rule": ruled.rule,
        "clause": ruled.clause,
        "force": ruled.force.value,
        "verdict": ruled.verdict.value,
        "because": _write_text(ruled.because),
        "mend": None if ruled.mend is None else _write_text(ruled.mend),
    }


def _read_ruled(said: Json) -> Ruled:
    return Ruled(
        said["rule"],
        said["clause"],
        Force(said["force"]),
        Verdict(said["verdict"]),
        Text(**said["because"]),
        None if said["mend"] is None else Text(**said["mend"]),
    )


def _write_text(text: Text) -> Json:
    return {"da": text.da, "en": text.en}


def _write_value(value: Value) -> Json:
    if isinstance(value, Choice):
        return {"words": None if value.options is None else sorted(value.options), "scale": list(value.scale)}
    dated = isinstance(value.low, date) or isinstance(value.high, date)
    ends = [None if end is None else end.isoformat() if isinstance(end, date) else str(end) for end in (value.low, value.high)]
    return {"dates" if dated else "numbers": ends}


def _read_value(said: Json) -> Value:
    if "words" in said:
        return Choice(None if said["words"] is None else frozenset(said["words"]), tuple(said["scale"]))
    low, high = said["dates"] if "dates" in said else said["numbers"]

    def point(end: str | None) -> Point | None:
        if end is None:
            return None
        return date.fromisoformat(end) if "dates" in said else Fraction(end)

    return Span(point(low), point(high))
