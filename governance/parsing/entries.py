"""The rule files held against their shapes: what can be used of them, entry by entry, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from governance.parsing.faultlist import Faults, Place, did_you_mean, guess
from governance.parsing.fields import MISSING, UNTRANSLATED, Flaw
from governance.parsing.schemas import RULE_FILE, SECTIONS


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping that was held against its shape: ``data`` holds the keys that were right."""

    place: Place
    data: Mapping[str, Any]

    def get(self, key: str) -> Any:
        """The value of a key, or None."""
        return self.data.get(key)

    def at(self, *steps: str | int) -> Place:
        """Where a value of this mapping stands."""
        return self.place.at(*steps)

    def one(self, key: str) -> Entry:
        """The mapping at a key, empty when there is none."""
        return Entry(self.at(key), self.data.get(key) or {})

    def many(self, key: str) -> list[Entry]:
        """The mappings listed at a key."""
        return entries(self.at(key), self.data.get(key))

    def names(self, key: str) -> Iterator[tuple[str, Place]]:
        """The name or names at a key, each with its place."""
        value = self.data.get(key)
        if isinstance(value, str):
            yield value, self.at(key)
        elif isinstance(value, Sequence):
            yield from ((name, self.at(key, index)) for index, name in enumerate(value) if name is not None)


def entries(place: Place, listed: Any) -> list[Entry]:
    """The usable mappings of a list."""
    found = enumerate(listed or ())
    return [Entry(place.at(index), data) for index, data in found if isinstance(data, Mapping)]


def held_against_shapes(faults: Faults) -> Mapping[str, list[Entry]]:
    """The entries of every section, the files taken together; ``rulebook`` is the section of that name."""
    sections: dict[str, list[Entry]] = {name: [] for name in ("rulebook", *SECTIONS)}
    schema = RULE_FILE()
    for index, source in enumerate(faults.sources):
        place = Place(index)
        try:
            data = schema.load(source.data)
        except ValidationError as error:
            _report(error.messages, place, faults)
            data = error.valid_data
        for name, value in (data or {}).items():
            at = place.at(name)
            sections[name] += [Entry(at, value)] if name == "rulebook" else entries(at, value)
    return sections


def _report(messages: Any, place: Place, faults: Faults) -> None:
    if isinstance(messages, Mapping):
        meant = set() if faults.crowded else _meant(messages)
        for key, inner in messages.items():
            if key in meant and _is_missing(inner):
                continue  # the key is there, misspelt, and said to be
            own = key == "_schema" and place.at(key).path not in faults.sources[place.file].values
            _report(inner, place if own else place.at(key), faults)
        return
    for flaw in messages:
        name = str(place.path[-1]) if place.path else ""
        help_ = flaw.help.replace("{key}", name)
        if flaw.known and not faults.crowded:
            help_ = did_you_mean(name, flaw.known)
        faults.add(flaw.code, place, flaw.message.replace("{key}", name), help_, key=flaw.key)


def _meant(messages: Mapping[Any, Any]) -> set[str | None]:
    """The keys that were most likely meant by unknown ones."""
    missing = [key for key, inner in messages.items() if _is_missing(inner)]
    if not missing:
        return set()
    return {guess(key, flaw.known) for key, inner in messages.items() for flaw in _flaws(inner) if flaw.known}


def _is_missing(inner: Any) -> bool:
    return any(flaw in (MISSING, UNTRANSLATED) for flaw in _flaws(inner))


def _flaws(inner: Any) -> list[Flaw]:
    return [flaw for flaw in inner if isinstance(flaw, Flaw)] if isinstance(inner, list) else []
