"""Values, requests and told findings as JSON and back; free text goes through a seal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from governance.model import Force, Origin, Request, Ruled, Text, Verdict
from governance.store.chain import canonical
from governance.store.seals import ERASED, TOLD, unseal
from governance.values import Choice, Point, Span, Value, word

Json = dict[str, Any]
NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?")
Seal = Callable[[str, str], str]
"""Keeps a text beside the event and gives the digest that stands for it; takes the place and the text."""


def write_request(request: Request, seal: Seal) -> Json:
    """A request as JSON."""
    said = {
        "step": request.step,
        "body": request.body,
        "on": write_value(request.on),
        "person": request.person,
        "recorder": request.recorder,
        "inputs": {name: write_fact(value, seal) for name, value in request.inputs.items()},
        "reason": write_text("reason", request.reason, seal),
        "version": request.version,
        "origin": request.origin.value,
    }
    return {**said, "point": request.point} if request.point else said


def read_request(said: Json, texts: Mapping[str, str]) -> Request:
    """A request from JSON."""
    on = read_value(said["on"])
    if not isinstance(on, Span):
        raise TypeError("on")
    inputs = {name: read_fact(value, texts) for name, value in said["inputs"].items()}
    return Request(
        said["step"],
        said["body"],
        on,
        said["person"],
        said["recorder"],
        inputs,
        read_text(said["reason"], texts),
        said["version"],
        Origin(said["origin"]),
        said.get("point", ""),
    )


def write_text(place: str, text: str, seal: Seal) -> Json:
    """What stands for a text in an event."""
    return {"text": seal(place, text)}


def read_text(said: Json, texts: Mapping[str, str]) -> str:
    """The text that something stands for."""
    return unseal(said["text"], texts)


def write_findings(findings: Sequence[Ruled], seal: Seal) -> Json:
    """Findings as they were told: the verdicts in the event, the sentences beside it as one text."""
    told = [
        [_write_text(ruled.because), None if ruled.mend is None else _write_text(ruled.mend)]
        for ruled in findings
    ]
    verdicts = [
        {
            "rule": ruled.rule,
            "clause": ruled.clause,
            "force": ruled.force.value,
            "verdict": ruled.verdict.value,
            "blocks": ruled.blocks,
        }
        for ruled in findings
    ]
    return {"verdicts": verdicts, "told": write_text(TOLD, canonical(told), seal) if told else {"text": ""}}


def read_findings(said: Json, texts: Mapping[str, str] | None) -> tuple[Ruled, ...]:
    """Findings as they were told; none of them when the texts were not asked for."""
    if texts is None:
        return ()
    written = read_text(said["told"], texts)
    erased = [[{"da": ERASED, "en": ERASED}, None]] * len(said["verdicts"])
    told = erased if written == ERASED else json.loads(written or "[]")
    return tuple(
        Ruled(
            each["rule"],
            each["clause"],
            Force(each["force"]),
            Verdict(each["verdict"]),
            Text(**because),
            None if mend is None else Text(**mend),
            each["blocks"],
        )
        for each, (because, mend) in zip(said["verdicts"], told, strict=True)
    )


def _write_text(text: Text) -> Json:
    return {"da": text.da, "en": text.en}


def write_fact(value: Value, seal: Seal) -> Json:
    """A fact's value: one word that is on no scale may be anything somebody wrote, and is sealed."""
    if isinstance(value, Choice) and value.word is not None and is_free(value):
        return write_text("fact", value.word, seal)
    return write_value(value)


def is_free(value: Value) -> bool:
    """Whether a value is one word on no scale."""
    return isinstance(value, Choice) and value.word is not None and not value.scale


def read_fact(said: Json, texts: Mapping[str, str]) -> Value:
    """A fact's value from JSON; what was erased is a word that says so."""
    return word(read_text(said, texts)) if "text" in said else read_value(said)


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
        if "dates" in said:
            return date.fromisoformat(end)
        if NUMBER.fullmatch(end) is None:  # Fraction reads 1e3000000 too, for seconds
            raise ValueError(end)
        return Fraction(end)

    return Span(point(low), point(high))
