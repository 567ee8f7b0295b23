"""The texts beside the events: each is what its digest says, or an event says that it was erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.audit.chain import MISSING, UTF_8, Row, is_unicode
from governance.audit.problems import Problems, differs
from governance.model import Text
from governance.store.seals import text_digest

PLACES = ("title", "reason", "told")
FACT, SOURCE = "fact", "source"
NOT_NAMED = Text("nævnes ikke af en begivenhed", "is named by no event")
NOT_GONE = Text("skulle være slettet, men er der", "should be erased, but is there")


@dataclass(slots=True)
class Texts:
    """Holds the texts of each event against their digests, and remembers those that are not there."""

    problems: Problems
    missing: dict[str, tuple[int, str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def take(self, number: int, wanted: Mapping[str, str], beside: Sequence[Row]) -> dict[str, str]:
        """The texts of an event by digest; ``wanted`` is the place of each that it names."""
        known: dict[str, str] = {}
        for row in beside:
            digest, place, salt, text = words = [row[name] for name in ("digest", "place", "salt", "text")]
            if not all(isinstance(each, str) and is_unicode(each) for each in words):
                self._wrong(number, digest, differs("text", text, UTF_8))
            elif digest not in wanted:
                self._wrong(number, digest, NOT_NAMED, certain=False)
            elif (found := text_digest(salt, text)) != digest:
                self._wrong(number, digest, differs("digest", found, digest))
            elif place != wanted[digest]:
                self._wrong(number, digest, differs("place", place, wanted[digest]))
            else:
                known[digest] = text
        present = {row["digest"] for row in beside}
        self.missing |= {each: (number, place) for each, place in wanted.items() if each not in present}
        return known

    def erased(self, number: int, digests: Iterable[str]) -> None:
        """Take in that an event says texts are erased."""
        for digest in digests:
            if self.missing.pop(digest, None) is None and digest not in self.gone:
                self._wrong(number, digest, NOT_GONE)
            self.gone.add(digest)

    def stray(self, row: Row) -> None:
        """Note a text of no event."""
        number = row["event"] if isinstance(row["event"], int) else 0
        self._wrong(number, row["digest"], NOT_NAMED, certain=False)

    def end(self) -> None:
        """Say which texts are gone without an event that says so."""
        for digest, (number, _) in self.missing.items():
            self._wrong(number, digest, MISSING, certain=False)

    def _wrong(self, number: int, digest: object, text: Text, *, certain: bool = True) -> None:
        name = str(digest)[:12]
        said = Text(f"texts {name}: {text.da}", f"texts {name}: {text.en}")
        self.problems.event(number, said, certain=certain)


def sealed_in(payload: Mapping[str, Any], source: str) -> dict[str, str]:
    """The digests that an event names, each with the place of its text."""
    named = [(SOURCE, source), *_walked(payload, inputs=False)]
    return {digest: place for place, digest in named if digest}


def _walked(said: Mapping[str, Any], *, inputs: bool) -> Iterator[tuple[str, str]]:
    for name, value in said.items():
        if isinstance(value, dict) and value.keys() == {"text"}:
            yield (FACT if inputs or name not in PLACES else name), value["text"]
        elif isinstance(value, dict):
            yield from _walked(value, inputs=name == "inputs")


def facts_in(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The digests in an event that are values of facts, each with the name of its fact."""
    right = payload.get("replacement", {}).get("payload", payload)
    told = {right["fact"]: right["value"]} if "fact" in right else {}
    for name, value in (told or payload.get("request", {}).get("inputs", {})).items():
        if value.keys() == {"text"}:
            yield value["text"], name
