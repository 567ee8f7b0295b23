"""Events of the first tables in the shape of the second, with texts and names beside them; and back again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from secrets import choice, token_hex
from typing import Any

Row = dict[str, Any]

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
REF = re.compile(r"p-[a-z2-7]{8}", re.ASCII)
GENESIS = "0" * 64
ERASED = "[slettet]"


@dataclass(slots=True)
class Carrying:
    """How far the old events have been chained: the head, its time, and who the references stand for."""

    head: str = GENESIS
    at: str = ""
    people: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def carry(self, old: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
        """Each event's new row with the rows of its texts."""
        for row in old:
            texts: list[Row] = []
            yield self._chained(row, texts), texts

    def _chained(self, row: Row, texts: list[Row]) -> Row:
        def seal(place: str, text: str) -> str:
            if not text:
                return ""
            salt = token_hex(16)
            digest = _sha(_canonical([salt, text]))
            texts.append(
                {"digest": digest, "event": row["number"], "place": place, "salt": salt, "text": text}
            )
            return digest

        payload = json.loads(row["payload"])
        _close_payload(payload, row["kind"], seal, self._ref)
        version = self.versions.get(row["entity"], 0) + (row["kind"] != "refused")
        self.versions[row["entity"]] = version
        moment = datetime.fromisoformat(row["recorded_at"]).astimezone(UTC).isoformat(timespec="microseconds")
        self.at = max(self.at, moment)
        new = {
            **{name: row[name] for name in ("number", "entity", "kind", "origin", "rulebook")},
            "payload": _canonical(payload),
            "on_low": None if row["on_low"] is None else str(row["on_low"]),
            "on_high": None if row["on_high"] is None else str(row["on_high"]),
            "recorded_at": self.at,
            "source": seal("source", row["source"]),
            "recorder": self._ref(row["recorder"]),
            "version": version,
            "previous": self.head,
        }
        self.head = _sha(_canonical(new))
        return {**new, "hash": self.head}

    def _ref(self, name: str) -> str:
        """The reference of a name; one that a way back left in a name's place stands for itself."""
        if not name or REF.fullmatch(name):
            return name
        if name not in self.people:
            self.people[name] = "p-" + "".join(choice(LETTERS) for _ in range(8))
        return self.people[name]


def carry_back(row: Row, texts: Mapping[str, str], names: Mapping[str, str]) -> Row:
    """An event as it was in the first tables; what was erased stays so."""
    payload = json.loads(row["payload"])
    _open_payload(payload, row["kind"], texts, names)
    return {
        **{name: row[name] for name in ("number", "entity", "kind", "on_low", "on_high", "recorded_at")},
        **{name: row[name] for name in ("origin", "rulebook")},
        "payload": _canonical(payload),
        "source": texts.get(row["source"], ERASED) if row["source"] else "",
        "recorder": names.get(row["recorder"], row["recorder"]),
    }


def _close_payload(said: Any, kind: str, seal: Callable[[str, str], str], ref: Callable[[str], str]) -> None:
    if kind == "added":
        said["title"] = {"text": seal("title", said["title"])}
    elif kind == "fact":
        said["value"] = _closed(said["value"], seal)
    elif kind in ("step", "refused"):
        request, findings = said["request"], said["findings"]
        request["person"], request["recorder"] = ref(request["person"]), ref(request["recorder"])
        request["reason"] = {"text": seal("reason", request["reason"])}
        request["inputs"] = {name: _closed(value, seal) for name, value in request["inputs"].items()}
        told = [[each.pop("because"), each.pop("mend")] for each in findings]
        said["findings"] = {
            "verdicts": findings,
            "told": {"text": seal("told", _canonical(told)) if told else ""},
        }
        if kind == "step":
            said["stays"] = False
    elif kind == "corrected":
        said["reason"] = {"text": seal("reason", said["reason"])}
        if "replacement" in said:
            _close_payload(said["replacement"]["payload"], said["replacement"]["kind"], seal, ref)


def _closed(value: Any, seal: Callable[[str, str], str]) -> Any:
    words = value.get("words")
    return {"text": seal("fact", words[0])} if words and len(words) == 1 and not value["scale"] else value


def _open_payload(said: Any, kind: str, texts: Mapping[str, str], names: Mapping[str, str]) -> None:
    def text(sealed: Any) -> str:
        return texts.get(sealed["text"], ERASED) if sealed["text"] else ""

    def opened(value: Any) -> Any:
        return {"words": [text(value)], "scale": []} if "text" in value else value

    if kind == "added":
        said["title"] = text(said["title"])
    elif kind == "fact":
        said["value"] = opened(said["value"])
        said.pop("about", None)
    elif kind in ("step", "refused"):
        request = said["request"]
        request["person"] = names.get(request["person"], request["person"])
        request["recorder"] = names.get(request["recorder"], request["recorder"])
        request["reason"] = text(request["reason"])
        request["inputs"] = {name: opened(value) for name, value in request["inputs"].items()}
        said["findings"] = _told(said["findings"], text)
        said.pop("stays", None)
    elif kind == "corrected":
        said["reason"] = text(said["reason"])
        if "replacement" in said:
            _open_payload(said["replacement"]["payload"], said["replacement"]["kind"], texts, names)


def _told(findings: Any, text: Callable[[Any], str]) -> list[Any]:
    written = text(findings["told"])
    gone = [[{"da": ERASED, "en": ERASED}, None]] * len(findings["verdicts"])
    told = gone if written == ERASED else json.loads(written or "[]")
    return [
        {**verdict, "because": because, "mend": mend}
        for verdict, (because, mend) in zip(findings["verdicts"], told, strict=True)
    ]


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _sha(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
