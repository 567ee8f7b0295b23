"""The rows of the first visible sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from governance.model import Text
from governance.tables.places import MOST_COLUMNS, Row, Table, at, fault, make_row, read_columns
from governance.tables.workbook.cells import FORMULA, Styles, cell_text, read_styles
from governance.tables.workbook.package import MOST_LARGE, Sheet, find_sheet, opened, part_of
from governance.tables.workbook.strings import Pieces, SharedStrings, shared_strings
from governance.tables.workbook.xml import Event, refused, xml_events

MOST_ROW = 4_000_000
"""Characters in a row, as far as they are kept."""

MOST_DIGITS = 8
_ADDRESS = re.compile(r"([A-Z]{1,3})[0-9]+")


@contextmanager
def read_xlsx(path: Path) -> Iterator[Table]:
    """The first visible sheet of a workbook as a table. RequestError when it cannot be read."""
    with opened(path) as archive, ExitStack() as stack:
        sheet = find_sheet(archive)
        strings = stack.enter_context(_strings(archive, sheet))
        styles = _styles(archive, sheet)
        stream = stack.enter_context(part_of(archive, sheet.part, MOST_LARGE))
        read = _rows(xml_events(stream, sheet.part), strings, styles, sheet.part)
        number, header, faults = next(_filled(read), (1, [], []))
        columns = read_columns(header, number, lambda place: address(number, place))
        notes = [Text(f"læst fra arket `{sheet.name}`", f"read from the sheet `{sheet.name}`")]
        if sheet.others:
            notes.append(
                Text(
                    f"regnearkets øvrige ark ({sheet.others}) er ikke læst",
                    f"the workbook's other sheets ({sheet.others}) were not read",
                )
            )
        rows = _table_rows(read, columns, [_told(number, columns, each) for each in faults])
        places = {name: place for place, name in enumerate(columns)}
        size = archive.getinfo(sheet.part).file_size
        yield Table(
            columns, rows, tuple(notes), size, stream.tell, lambda row, name: address(row, places[name])
        )


def address(row: int, place: int) -> str:
    """The address of a cell, its column counted from 0."""
    letters, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


@contextmanager
def _strings(archive: ZipFile, sheet: Sheet) -> Iterator[SharedStrings]:
    if not sheet.strings:
        with shared_strings(iter(())) as none:
            yield none
        return
    with (
        part_of(archive, sheet.strings, MOST_LARGE) as stream,
        shared_strings(xml_events(stream, sheet.strings)) as strings,
    ):
        yield strings


def _styles(archive: ZipFile, sheet: Sheet) -> Styles:
    if not sheet.styles:
        return Styles((), sheet.from_1904)
    with part_of(archive, sheet.styles) as stream:
        return read_styles(xml_events(stream, sheet.styles), from_1904=sheet.from_1904)


Wrong = tuple[int, Text]
Read = tuple[int, list[str], list[Wrong]]


def _filled(rows: Iterator[Read]) -> Iterator[Read]:
    return (row for row in rows if row[2] or any(text.strip() for text in row[1]))


def _table_rows(rows: Iterator[Read], columns: Sequence[str], before: Sequence[Text]) -> Iterator[Row]:
    """The rows under the heading; what is wrong with the heading's own cells is told with the first."""
    faults = tuple(before)
    for number, texts, wrong in rows:
        told = tuple(_told(number, columns, each) for each in wrong)
        row = make_row(columns, number, texts, address)
        if row is not None or told:
            found = row or Row(number, {})
            yield Row(number, found.cells, (*faults, *told, *found.faults))
            faults = ()
    if faults:
        yield Row(1, {}, faults)


def _told(number: int, columns: Sequence[str], wrong: Wrong) -> Text:
    place, said = wrong
    name = columns[place] if place < len(columns) else ""
    return fault(at(number, name, address(number, place)), said.da, said.en)


@dataclass(slots=True)
class _Open:
    """The cell being read."""

    place: int
    kind: str
    style: str
    formula: bool = False
    pieces: Pieces = field(default_factory=Pieces)


def _rows(events: Iterator[Event], strings: SharedStrings, styles: Styles, part: str) -> Iterator[Read]:
    number, place, length = 0, -1, 0
    texts: list[str] = []
    wrong: list[Wrong] = []
    cell: _Open | None = None
    for event in events:
        if event.kind == "start" and event.name == "row":
            number = _row_number(event, number + 1, part)
            texts, wrong, place, length = [], [], -1, 0
        elif event.kind == "start" and event.name == "c":
            place = _place(event.attributes.get("r", ""), place + 1)
            cell = _Open(place, event.attributes.get("t", "n"), event.attributes.get("s", "0"))
        elif event.kind == "end" and event.name == "c" and cell is not None:
            said = (
                FORMULA
                if cell.formula
                else cell_text(cell.kind, cell.style, cell.pieces.text, strings, styles)
            )
            if cell.place <= MOST_COLUMNS:
                length += _put(texts, wrong, cell.place, said)
            if length > MOST_ROW:
                raise refused(part, f"række {number} er for lang", f"row {number} is too long")
            cell = None
        elif event.kind == "end" and event.name == "row":
            yield number, texts, wrong
        elif cell is not None:
            cell.formula = cell.formula or event.name == "f"
            cell.pieces.take(event)


def _row_number(event: Event, expected: int, part: str) -> int:
    said = event.attributes.get("r", str(expected))
    if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS and int(said) >= expected):
        raise refused(part, f"række {said[:20]} står forkert", f"row {said[:20]} is out of place")
    return int(said)


def _place(address_: str, expected: int) -> int:
    found = _ADDRESS.fullmatch(address_)
    if found is None:
        return expected
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _put(texts: list[str], wrong: list[Wrong], place: int, said: str | Text) -> int:
    """Place a cell's text; gives how long it is."""
    if isinstance(said, Text):
        wrong.append((place, said))
        return len(said.en)
    if not said:
        return 0
    texts.extend([""] * (place + 1 - len(texts)))
    texts[place] = said
    return len(said)
