"""XML as a stream of what begins, stands and ends; without DTD, and bounded in all it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from governance.model import RequestError, Text

CHUNK = 1 << 16
MOST_TOKEN = 4_000_000
"""Bytes read without a tag or text coming of them: a tag or comment that long is an attack."""
MOST_DEEP = 64


class Event(NamedTuple):
    """A tag that begins or ends, by local name, or text between tags."""

    kind: str
    name: str
    attributes: Mapping[str, str]


def xml_events(stream: IO[bytes], part: str) -> Iterator[Event]:
    """What stands in an XML stream, in order. RequestError names the part that cannot be read."""
    found: list[Event] = []
    depth = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEEP:
            raise refused(part, "den er for dybt indlejret", "it is nested too deep")
        local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        found.append(Event("start", name.rpartition("}")[2], local))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(Event("end", name.rpartition("}")[2], {}))

    def no_dtd(*_: object) -> None:
        raise refused(
            part, "den erklærer en DTD, som kan skjule en bombe", "it declares a DTD, which may hide a bomb"
        )

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Event("text", text, {}))
    parser.StartDoctypeDeclHandler = no_dtd
    held = 0
    while True:
        chunk = stream.read(CHUNK)
        try:
            parser.Parse(chunk, not chunk)
        except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding that is none
            line = parser.CurrentLineNumber
            raise refused(part, f"XML-fejl i linje {line}", f"XML error in line {line}") from None
        held = 0 if found else held + len(chunk)
        if held > MOST_TOKEN:
            raise refused(part, "et mærke er for langt", "a tag is too long")
        yield from found
        found.clear()
        if not chunk:
            return


def refused(part: str, da: str, en: str) -> RequestError:
    """The workbook cannot be read, and which part of it."""
    return RequestError(
        Text(
            f"regnearket kan ikke læses ({part}: {da}); gem det igen fra Excel eller som CSV",
            f"the workbook cannot be read ({part}: {en}); save it again from Excel or as CSV",
        )
    )
