"""XLSX written as text that stays text: never a formula, a link or a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from governance.model import RequestError
from governance.tables.places import MOST_CELL, at, fault

MOST_ROWS = 1_048_576
WIDTH = 22
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""What the file says of when it was made: always the same, so that the same table is the same file."""


def write_xlsx(target: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A table as a workbook of one sheet; RequestError for what a sheet cannot hold."""
    import xlsxwriter  # noqa: PLC0415 - most commands write no workbook

    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), WIDTH, text)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, 1):
            if number >= MOST_ROWS:
                raise RequestError(
                    fault(
                        at(number),
                        "et regneark kan ikke rumme flere; vælg .csv eller .jsonl",
                        "a sheet holds no more; choose .csv or .jsonl",
                    )
                )
            for place, name in enumerate(columns):
                said = row.get(name, "")
                if said and sheet.write_string(number, place, said, text) < 0:
                    raise RequestError(
                        fault(
                            at(number + 1, name),
                            f"en celle i et regneark rummer højst {MOST_CELL} tegn; vælg .csv eller .jsonl",
                            f"a cell of a sheet holds at most {MOST_CELL} characters; choose .csv or .jsonl",
                        )
                    )
