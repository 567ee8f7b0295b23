"""Tables for the tests: read whole, with what went wrong."""

from typing import NamedTuple

from governance.model import RequestError
from governance.tables import open_table


class Whole(NamedTuple):
    """A table read to the end, or as far as it goes; the problems in English."""

    columns: tuple
    rows: list
    numbers: list
    problems: list
    notes: list


def whole(path):
    """Everything in a file."""
    columns, rows, numbers, problems, notes = (), [], [], [], []
    try:
        with open_table(path) as table:
            columns, notes = table.columns, [note.en for note in table.notes]
            for row in table.rows:
                rows.append(dict(row.cells))
                numbers.append(row.number)
                problems += [fault.en for fault in row.faults]
    except RequestError as error:
        problems += [problem.en for problem in error.problems]
    return Whole(columns, rows, numbers, problems, notes)


def written(tmp_path, name, content):
    """A file of that content, read whole."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return whole(path)
