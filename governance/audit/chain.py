"""The chain: every event has the next number, the hash of the one before, its own, and no earlier time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from governance.audit.problems import Problems, differs, lacks
from governance.model import Text
from governance.store import GENESIS, event_hash

Row = Mapping[str, Any]
Expected = tuple[int, str]
"""A number, and the hash or its beginning that the event must have: an older head, or a receipt."""

WORDS = (
    "entity",
    "kind",
    "payload",
    "recorded_at",
    "origin",
    "source",
    "recorder",
    "rulebook",
    "previous",
    "hash",
)
DATES, WHOLE = ("on_low", "on_high"), ("number", "version")
A_TEXT, A_NUMBER = Text("en tekst", "a text"), Text("et helt tal", "a whole number")
UTF_8, A_TIME = Text("gyldig UTF-8", "valid UTF-8"), Text("et tidspunkt i UTC", "a time in UTC")
MISSING = Text("mangler", "is missing")

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", re.ASCII)


@dataclass(slots=True)
class Chain:
    """Where the chain has come to. The next event is held to what the last one says, right or wrong."""

    problems: Problems
    expected: Sequence[Expected] = ()
    events: int = 0
    last: int = 0
    head: str = GENESIS
    at: str = ""
    met: set[Expected] = field(default_factory=set)

    def take(self, row: Row) -> bool:
        """Hold one event against what came before; false when it is not even made of text and numbers."""
        odd = list(misshapen(row))
        number = row["number"] if isinstance(row.get("number"), int) else self.last + 1
        for text in odd:
            self.problems.event(number, text)
        if number > self.last + 1:
            self.problems.event(self.last + 1, MISSING)
        elif number != self.last + 1:
            self.problems.event(number, differs("number", number, self.last + 1))
        elif not odd and row["previous"] != self.head:
            self.problems.event(number, differs("previous", row["previous"], self.head))
        if not odd:
            if row["hash"] != (computed := event_hash(row)):
                self.problems.event(number, differs("hash", row["hash"], computed))
            self._timed(number, row["recorded_at"])
            self._as_expected(number, row["hash"])
        self.events, self.last = self.events + 1, number
        self.head = row["hash"] if isinstance(row.get("hash"), str) else ""
        return not odd

    def end(self) -> None:
        """Say which expected events never came."""
        for number, hash_ in self.expected:
            if (number, hash_) not in self.met and not (number == 0 and GENESIS.startswith(hash_)):
                self.problems.event(number, lacks("hash", hash_))

    def _timed(self, number: int, at: str) -> None:
        if not is_time(at):
            self.problems.event(number, differs("recorded_at", at, A_TIME))
        elif at < self.at:
            self.problems.event(number, differs("recorded_at", at, f">= {self.at}"))
        else:
            self.at = at

    def _as_expected(self, number: int, hash_: str) -> None:
        for expected in self.expected:
            if expected[0] == number:
                self.met.add(expected)
                if not hash_.startswith(expected[1]):
                    self.problems.event(number, differs("hash", hash_, expected[1]))


def misshapen(row: Row) -> Iterator[Text]:
    """What is wrong with the columns of an event that hold no text or no number."""
    for name in (*WORDS, *DATES, *WHOLE):
        value = row.get(name)
        if name in WHOLE:
            if not isinstance(value, int):
                yield differs(name, value, A_NUMBER)
        elif not isinstance(value, str):
            if value is not None or name not in DATES:
                yield differs(name, value, A_TEXT)
        elif not is_unicode(value):
            yield differs(name, value, UTF_8)


def is_unicode(text: str) -> bool:
    """Whether a text is one; bytes that are none were read as halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether a text is a moment as the record writes it: UTC, with microseconds."""
    try:
        return _TIME.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
