"""A table as it is read: rows of text, and where in the file each thing stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from governance.model import RequestError, Text

MOST_CELL = 32_767
"""Characters in a cell: what Excel holds, so that every file we read can be written in every format."""
MOST_COLUMNS = 200

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Placed(Text):
    """A sentence about a place in a file: its row and the column's heading; 0 and empty for none."""

    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, and what is wrong in it."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table under way. ``columns`` is empty when each row names its own, as in JSON Lines.

    ``notes`` say how the file was understood. ``done`` tells how many of ``size`` bytes have been read.
    ``cell`` gives the address of a cell where the format has one.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[Text, ...]
    size: int
    done: Callable[[], int]
    cell: Callable[[int, str], str] = lambda _row, _column: ""

    def place(self, row: int, column: str = "") -> Placed:
        """Where something stands, in words."""
        return at(row, column, self.cell(row, column) if column else "")


def at(row: int, column: str = "", cell: str = "") -> Placed:
    """A row, and a column of it, in words."""
    beside = f" ({cell})" if cell else ""
    if not column:
        return Placed(f"række {row}{beside}", f"row {row}{beside}", row)
    return Placed(
        f"række {row}, kolonne `{column}`{beside}", f"row {row}, column `{column}`{beside}", row, column
    )


def fault(place: Placed, da: str, en: str) -> Placed:
    """What is wrong at a place."""
    return Placed(f"{place.da}: {da}", f"{place.en}: {en}", place.row, place.column)


def cell_fault(place: Placed, text: str) -> Placed | None:
    """Why a cell's text cannot be taken, if it cannot."""
    if len(text) > MOST_CELL:
        return fault(
            place,
            f"cellen er på {len(text)} tegn; skriv højst {MOST_CELL}",
            f"the cell has {len(text)} characters; write at most {MOST_CELL}",
        )
    odd = _UNSTORABLE.search(text)
    if odd is None:
        return None
    name = f"U+{ord(odd[0]):04X}"
    return fault(
        place,
        f"cellen indeholder tegnet {name}, der ikke kan gemmes; fjern det",
        f"the cell holds the character {name}, which cannot be stored; remove it",
    )


def read_columns(header: Sequence[str], row: int, cell: Callable[[int], str]) -> tuple[str, ...]:
    """The names in a header row; RequestError with everything wrong with them. Blank ones stay, as ``""``."""
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    problems = []
    if len(names) > MOST_COLUMNS:
        problems.append(
            fault(
                at(row),
                f"der er {len(names)} kolonner; der kan højst være {MOST_COLUMNS}",
                f"there are {len(names)} columns; there can be at most {MOST_COLUMNS}",
            )
        )
    for place, name in enumerate(names[:MOST_COLUMNS]):
        where = at(row, name[:40], cell(place))
        wrong = cell_fault(where, name)
        if wrong is not None:
            problems.append(wrong)
        elif name and name in names[:place]:
            problems.append(
                fault(
                    where,
                    "kolonnen står der to gange; fjern den ene, eller giv den et andet navn",
                    "the column is there twice; remove one, or give it another name",
                )
            )
    if not any(names):
        problems.append(
            fault(
                at(row),
                "her skal kolonnernes navne stå; hent en skabelon med `governance import --template`",
                "the names of the columns belong here; get a template by `governance import --template`",
            )
        )
    if problems:
        raise RequestError(*problems)
    return tuple(names)


def make_row(
    columns: Sequence[str], number: int, texts: Sequence[str], cell: Callable[[int, int], str]
) -> Row | None:
    """A row of cells, held against the columns; None when it is blank."""
    if not any(text.strip() for text in texts):
        return None
    faults = []
    over = next((place for place in range(len(columns), len(texts)) if texts[place].strip()), None)
    if over is not None:
        faults.append(
            fault(
                at(number, "", cell(number, over)),
                f"der står noget i celle {over + 1}, og der er {len(columns)} kolonner",
                f"there is something in cell {over + 1}, and there are {len(columns)} columns",
            )
        )
    cells: dict[str, str] = {}
    for place, (name, text) in enumerate(zip(columns, texts, strict=False)):
        wrong = cell_fault(at(number, name, cell(number, place)), text)
        if wrong is None and text.strip() and not name:
            wrong = fault(
                at(number, "", cell(number, place)),
                f"cellen i kolonne {place + 1} har ingen overskrift; skriv en, eller tøm kolonnen",
                f"the cell in column {place + 1} has no heading; write one, or empty the column",
            )
        if wrong is not None:
            faults.append(wrong)
        elif name:
            cells[name] = text
    return Row(number, cells, tuple(faults))
