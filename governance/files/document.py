"""A rule file as plain data, with the place of every key and value."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from governance.files.collector import Collector, Position, quoted
from governance.files.events import events_of, position
from governance.files.scalars import key_of, value_of
from governance.files.scanner import MOST_DEPTH, refuse_depth
from governance.files.text import text_of

MOST_NODES = 5_000
MOST_KEPT = 48
"""About three rulebooks of files."""

Path = tuple[str | int, ...]
"""Where in a document: the keys and list indexes that lead there."""


@dataclass(frozen=True, slots=True)
class Document:
    """One rule file as it was read.

    Attributes:
        name: The file's name, relative to the rulebook's folder.
        data: Dictionaries, lists, text, whole numbers, true, false and None; dates and fractions are text.
        values: Where each value starts; the path of the whole is `()`.
        keys: Where each key starts, by the path of the value it names.
        digest: SHA-256 of the bytes read, in hex.
        text: The text of the file, of which the digest is taken.
    """

    name: str
    data: dict[str, object]
    values: Mapping[Path, Position]
    keys: Mapping[Path, Position]
    digest: str
    text: str = ""


@lru_cache(maxsize=MOST_KEPT)
def parse_document(name: str, content: bytes) -> Document:
    """Reads one rule file; raises `RuleError` with every fault that can be found in it.

    The same bytes give the same document, which nobody changes: the newest few are kept, as dated rulebooks
    share most of their files.
    """
    faults = Collector(name)
    builder = _Builder(faults)
    builder.build(events_of(text_of(content, faults), faults))
    faults.raise_if_any()
    digest = hashlib.sha256(content).hexdigest()
    return Document(name, builder.data, builder.values, builder.keys, digest, content.decode())


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled, and the key waiting for its value."""

    container: dict[str, object] | list[object]
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Plain data out of events, without recursion."""

    faults: Collector
    data: dict[str, object] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)

    def build(self, events: Iterable[Event]) -> None:
        """Takes every event of a file; raises `RuleError` where no more can be judged."""
        documents = nodes = 0
        for event in events:
            if isinstance(event, NodeEvent):
                nodes += 1
                if nodes > MOST_NODES:
                    message = f"filen har flere end `{MOST_NODES}` nøgler og værdier"
                    self.faults.stop(
                        "yaml-too-many-nodes", position(event.start_mark), message, "del filen op"
                    )
                self._take(event)
            elif isinstance(event, CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message, mend = (
                        "filen har mere end ét dokument: `---`",
                        "læg hvert dokument i sin egen fil",
                    )
                    self.faults.stop("yaml-several-documents", position(event.start_mark), message, mend)
        if not nodes:
            self.faults.stop("yaml-empty", (1, 1), "filen er tom", "skriv `nøgle: værdi`")

    def _take(self, event: NodeEvent) -> None:
        at = position(event.start_mark)
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.container, dict) and top.key is None:
            top.key = self._key(event, at, top)
            return
        container: dict[str, object] | list[object] | None = None
        value: object = None
        if isinstance(event, ScalarEvent):
            value = value_of(event, at, self.faults)
        elif isinstance(event, CollectionStartEvent):
            value = container = {} if isinstance(event, MappingStartEvent) else []
        path = self._place(value, at, top)
        if container is not None:
            self.stack.append(_Open(container, path))
            if len(self.stack) > MOST_DEPTH:
                refuse_depth(self.faults, at)

    def _key(self, event: NodeEvent, at: Position, top: _Open) -> str:
        if isinstance(event, AliasEvent):  # noted when it was scanned
            return ""
        if not isinstance(event, ScalarEvent):
            shown = "`{`" if isinstance(event, MappingStartEvent) else "`[`"
            message = f"en nøgle skal være tekst, ikke noget sammensat: {shown}"
            self.faults.stop("yaml-key-not-text", at, message, "skriv `nøgle: værdi`")
        key = key_of(event, at, self.faults)
        path = (*top.path, key)
        first = self.keys.setdefault(path, at)
        if first != at:
            message = f"nøglen {quoted(key)} står to gange samme sted"
            self.faults.add(
                "yaml-duplicate-key", at, message, f"den står også i linje {first[0]}; fjern den ene"
            )
        return key

    def _place(self, value: object, at: Position, top: _Open | None) -> Path:
        if top is None:
            if not isinstance(value, dict):
                what = "en liste" if isinstance(value, list) else quoted(str(value))
                message = f"filen skal bestå af nøgler med værdier, men er {what}"
                self.faults.stop("yaml-not-a-mapping", at, message, "skriv `nøgle: værdi`")
            self.data = value
            path: Path = ()
        elif isinstance(top.container, list):
            path = (*top.path, len(top.container))
            top.container.append(value)
        else:
            key, top.key = top.key or "", None
            path = (*top.path, key)
            top.container[key] = value
        self.values[path] = at
        return path
