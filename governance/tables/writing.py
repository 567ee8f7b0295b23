"""Write a table to a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from governance.model import RequestError, Text
from governance.tables.commas import write_csv
from governance.tables.lines import write_lines
from governance.tables.reading import no_format
from governance.tables.sheets import write_xlsx

Write = Callable[[BinaryIO, Sequence[str], Iterable[Mapping[str, str]]], None]

WRITERS: Mapping[str, Write] = {
    ".csv": write_csv,
    ".tsv": write_csv,
    ".xlsx": write_xlsx,
    ".jsonl": write_lines,
    ".ndjson": write_lines,
}


def write_table(target: Path | BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows of text under their columns, in the format the file's name ends in; CSV to a stream.

    A file is there only when all of it has been written. RequestError for a name or place that cannot be, and
    for a file that is there already.
    """
    if not isinstance(target, Path):
        write_csv(target, columns, rows)
        return
    write = WRITERS.get(target.suffix.lower())
    if write is None:
        raise no_format(target)
    if target.exists():
        raise RequestError(
            Text(
                f"{target} findes allerede; vælg et andet navn",
                f"{target} is there already; choose another name",
            )
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                write(file, columns, rows)
            beside.chmod(0o600)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise RequestError(
            Text(
                f"filen {target} kan ikke skrives ({error.strerror})",
                f"the file {target} cannot be written ({error.strerror})",
            )
        ) from None
