"""Open a table by what its file's name ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from governance.model import RequestError, Text
from governance.tables.commas import read_csv
from governance.tables.lines import read_lines
from governance.tables.places import Table
from governance.tables.workbook import read_xlsx

FORMATS: Mapping[str, Callable[[Path], AbstractContextManager[Table]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
}
"""How each kind of file is read, by the end of its name."""


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """The table in a file, read as its rows are asked for.

    RequestError, from here or from ``rows``, when it cannot be read any further, each problem one sentence.
    What is wrong in a single row stands in the row, and reading goes on.
    """
    read = FORMATS[suffix_of(path)]
    if not path.is_file():  # opening a pipe would wait for ever
        raise RequestError(Text(f"filen {path} findes ikke", f"there is no file {path}"))
    try:
        with read(path) as table:
            yield table
    except OSError as error:
        raise RequestError(
            Text(
                f"filen {path} kan ikke læses ({error.strerror})",
                f"the file {path} cannot be read ({error.strerror})",
            )
        ) from None


def suffix_of(path: Path) -> str:
    """What a table file's name ends in; RequestError when that is no format we know."""
    suffix = path.suffix.lower()
    if suffix in FORMATS:
        return suffix
    if suffix == ".xls":
        raise RequestError(
            Text(
                f"{path.name}: det gamle format .xls læses ikke; gem filen som .xlsx",
                f"{path.name}: the old .xls is not read; save as .xlsx",
            )
        )
    raise no_format(path)


def no_format(path: Path) -> RequestError:
    """What to say of a name that ends in no format."""
    return RequestError(
        Text(
            f"{path.name}: filens navn skal ende på .csv, .xlsx eller .jsonl",
            f"{path.name}: the file's name must end in .csv, .xlsx or .jsonl",
        )
    )
