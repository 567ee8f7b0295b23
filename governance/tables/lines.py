"""JSON Lines: one flat object a line, read strictly."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from governance.model import RequestError, Text
from governance.tables.places import MOST_COLUMNS, Row, Table, at, cell_fault, fault

MOST_LINE = 4_000_000
MOST_SHOWN = 40


class _Strict(Exception):
    """What JSON allows and we do not, or the other way round."""

    def __init__(self, da: str, en: str) -> None:
        super().__init__(en)
        self.said = Text(da, en)


@contextmanager
def read_lines(path: Path) -> Iterator[Table]:
    """A JSON Lines file as a table; each line names its own columns."""
    with path.open("rb") as raw:
        yield Table((), _rows(raw), (), path.stat().st_size, raw.tell)


def write_lines(target: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A table as JSON Lines: what is empty is left out."""
    for row in rows:
        told = {name: row[name] for name in columns if row.get(name)}
        target.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")


def _rows(raw: BinaryIO) -> Iterator[Row]:
    number = 0
    while line := raw.readline(MOST_LINE):
        number += 1
        if len(line) == MOST_LINE and not line.endswith(b"\n"):
            raise RequestError(
                fault(
                    at(number),
                    f"linjen er på over {MOST_LINE} byte; det er ikke JSON Lines",
                    f"the line has more than {MOST_LINE} bytes; this is not JSON Lines",
                )
            )
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            yield _row(number, _object(line))
        except _Strict as error:
            yield Row(number, {}, (fault(at(number), error.said.da, error.said.en),))


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(
            line.decode(),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=str,
            parse_float=str,
        )
    except UnicodeDecodeError:
        raise _Strict("linjen er ikke UTF-8; gem filen som UTF-8", "the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _Strict(
            f"linjen er ikke JSON (ved tegn {error.colno}: {error.msg})",
            f"the line is not JSON (at character {error.colno}: {error.msg})",
        ) from None
    except RecursionError:
        raise _nested("") from None
    if not isinstance(told, dict):
        raise _Strict(
            'linjen skal være et objekt: {"kolonne": "tekst"}', 'write an object: {"column": "text"}'
        )
    if len(told) > MOST_COLUMNS:
        raise _Strict(
            f"linjen har {len(told)} kolonner; der kan højst være {MOST_COLUMNS}",
            f"the line has {len(told)} columns; there can be at most {MOST_COLUMNS}",
        )
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _ in pairs]
        twice = ascii(next(name for name in names if names.count(name) > 1)[:MOST_SHOWN])[1:-1]
        raise _Strict(f"`{twice}` står der to gange", f"`{twice}` is there twice")
    return told


def _no_number(name: str) -> NoReturn:
    raise _Strict(
        f"`{name}` er ikke et tal; skriv et tal, eller lad cellen stå tom", f"`{name}` is no number"
    )


def _nested(name: str) -> _Strict:
    of = f" i `{name}`" if name else ""
    return _Strict(
        f"der er lister eller objekter inden i hinanden{of}; skriv én tekst i hver kolonne",
        f"there are lists or objects inside one another{of.replace(' i ', ' in ')}; write one text a column",
    )


def _row(number: int, told: Mapping[str, Any]) -> Row:
    cells: dict[str, str] = {}
    faults: list[Text] = []
    for name, value in told.items():
        shown = (
            name[:MOST_SHOWN].encode("ascii", "backslashreplace").decode() if not name.isprintable() else name
        )
        where = at(number, shown[:MOST_SHOWN])
        if isinstance(value, dict | list):
            said = _nested("").said
            faults.append(fault(where, said.da, said.en))
            continue
        text = {None: "", True: "ja", False: "nej"}[value] if not isinstance(value, str) else value
        wrong = cell_fault(where, name) or cell_fault(where, text)
        if wrong is not None:
            faults.append(wrong)
        else:
            cells[name] = text
    return Row(number, cells, tuple(faults))
