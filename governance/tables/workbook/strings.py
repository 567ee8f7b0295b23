"""The texts that cells share, kept in a file beside: memory holds only where each of them is."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, overload

from governance.tables.places import MOST_CELL
from governance.tables.workbook.xml import Event

TOO_LONG = MOST_CELL + 1
"""Letters kept of a text that is too long: enough for its cell to be refused."""


class SharedStrings(Sequence[str]):
    """Texts by number, read back one at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """One more text."""
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        start, end = self._ends[place], self._ends[place + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return len(self._ends) - 1


@contextmanager
def shared_strings(events: Iterator[Event]) -> Iterator[SharedStrings]:
    """The texts of a workbook's table of them; its file is gone afterwards."""
    with tempfile.TemporaryFile() as file:
        strings = SharedStrings(file)
        pieces = Pieces()
        for event in events:
            if event.kind == "start" and event.name == "si":
                pieces = Pieces()
            elif event.kind == "end" and event.name == "si":
                strings.add(pieces.text)
            else:
                pieces.take(event)
        yield strings


class Pieces:
    """The text of one cell, gathered from its runs; how it is spoken (``rPh``) is left out."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._length = 0
        self._open = self._spoken = False

    def take(self, event: Event) -> None:
        """One event inside the text."""
        if event.name == "rPh" and event.kind != "text":
            self._spoken = event.kind == "start"
        elif event.kind == "text":
            if self._open and not self._spoken and self._length < TOO_LONG:
                self._kept.append(event.name)
                self._length += len(event.name)
        elif event.name in ("t", "v"):
            self._open = event.kind == "start"

    @property
    def text(self) -> str:
        """What has been gathered, cut when it is longer than a cell may be."""
        return "".join(self._kept)[:TOO_LONG]
