"""Values, requests and told findings as JSON and back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from governance.model import Force, Origin, Request, Ruled, Text, Verdict
from governance.values import Choice, Point, Span, Value

Json = dict[str, Any]


def write_request(request: Request) -> Json:
    """A request as JSON."""
    return {
        "step": request.step,
        "body": request.body,
        "on": write_value(request.on),
        "person": request.person,
        "recorder": request.recorder,
        "inputs": {name: write_value(value) for name, value in request.inputs.items()},
        "reason": request.reason,
        "version": request.version,
        "origin": request.origin.value,
    }


def read_request(said: Json) -> Request:
    """A request from JSON."""
    on = read_value(said["on"])
    if not isinstance(on, Span):
        raise TypeError("on")
    inputs = {name: read_value(value) for name, value in said["inputs"].items()}
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


def write_ruled(ruled: Ruled) -> Json:
    """A finding as it was told, as JSON."""
    return {
        "rule": ruled.rule,
        "clause": ruled.clause,
        "force": ruled.force.value,
        "verdict": ruled.verdict.value,
        "because": _write_text(ruled.because),
        "mend": None if ruled.mend is None else _write_text(ruled.mend),
        "blocks": ruled.blocks,
    }


def read_ruled(said: Json) -> Ruled:
    """A finding as it was told, from JSON."""
    return Ruled(
        said["rule"],
        said["clause"],
        Force(said["force"]),
        Verdict(said["verdict"]),
        Text(**said["because"]),
        None if said["mend"] is None else Text(**said["mend"]),
        said["blocks"],
    )


def _write_text(text: Text) -> Json:
    return {"da": text.da, "en": text.en}


def write_value(value: Value) -> Json:
    """A value as JSON: its ends or its words."""
    if isinstance(value, Choice):
        return {"words": None if value.options is None else sorted(value.options), "scale": list(value.scale)}
    dated = isinstance(value.low, date) or isinstance(value.high, date)
    ends = [
        None if end is None else end.isoformat() if isinstance(end, date) else str(end)
        for end in (value.low, value.high)
    ]
    return {"dates" if dated else "numbers": ends}


def read_value(said: Json) -> Value:
    """A value from JSON."""
    if "words" in said:
        return Choice(None if said["words"] is None else frozenset(said["words"]), tuple(said["scale"]))
    low, high = said["dates"] if "dates" in said else said["numbers"]

    def point(end: str | None) -> Point | None:
        if end is None:
            return None
        return date.fromisoformat(end) if "dates" in said else Fraction(end)

    return Span(point(low), point(high))
