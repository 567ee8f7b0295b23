"""CSV as spreadsheets write it: comma, semicolon or tab; UTF-8 or, failing that, Windows' code page 1252."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

from governance.model import RequestError, Text
from governance.tables.places import MOST_CELL, Row, Table, at, fault, make_row, read_columns

MOST_LINE = 2_000_000
CHUNK = 1 << 16
DELIMITERS = {";": Text("semikolon", "semicolons"), ",": Text("komma", "commas"), "\t": Text("tab", "tabs")}

RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that a spreadsheet could take for a formula, or that stands for such a one."""

_WIDE = {  # UTF-32 before UTF-16: its mark begins with the other's
    "UTF-32": re.compile(rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff|\x00\x00\x00[^\x00]|[^\x00]\x00\x00\x00"),
    "UTF-16": re.compile(rb"\xff\xfe|\xfe\xff|(?:\x00[^\x00]){2}|(?:[^\x00]\x00){2}"),
}
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_WHOLE_LETTER = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_NOT_CP1252 = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@contextmanager
def read_csv(path: Path) -> Iterator[Table]:
    """A CSV file as a table. RequestError when it is none."""
    encoding = _encoding(path)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, newline="") as stream:
        first = _line(stream, 1)
        if re.fullmatch(r"sep=.[\r\n]*", first, re.IGNORECASE):  # Excel hides it, and counts from the next
            delimiter, first = first[4], _line(stream, 1)
        else:
            delimiter = _delimiter(first)
        rows = csv.reader(_lines(stream, first), delimiter=delimiter, strict=True)
        header = next(_counted(rows, 1), (1, []))[1]
        columns = read_columns([_bare(name) for name in header], 1, lambda _place: "")
        notes = [_told_delimiter(delimiter)] if len(columns) > 1 else []
        if encoding == "cp1252":
            notes.append(
                Text(
                    "filen er ikke UTF-8 og er læst som Windows-1252; se efter, om æ, ø og å er rigtige",
                    "the file is not UTF-8 and was read as Windows-1252; check that æ, ø and å are right",
                )
            )
        yield Table(columns, _rows(rows, columns), tuple(notes), path.stat().st_size, raw.tell)


def write_csv(target: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """A table as Danish Excel opens it: semicolons, UTF-8 with its mark. No text can act as a formula.

    A text that begins as a formula would gets a ``'`` before it, which ``read_csv`` takes off again.
    """
    target.write(codecs.BOM_UTF8)
    stream = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow([_guarded(name) for name in columns])
        for row in rows:
            writer.writerow([_guarded(row.get(name, "")) for name in columns])
    finally:
        stream.detach()


def _guarded(text: str) -> str:
    return f"'{text}" if RISKY.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and RISKY.match(text) else text


def _told_delimiter(delimiter: str) -> Text:
    name = DELIMITERS.get(delimiter, Text(f"`{delimiter}`", f"`{delimiter}`"))
    return Text(f"kolonnerne er adskilt af {name.da}", f"the columns are separated by {name.en}")


def _encoding(path: Path) -> str:
    """What the file's bytes are; RequestError for what is no text, or is neither one nor the other."""
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder("utf-8")("surrogateescape"), translate=True
    )
    bad, whole, odd, line = 0, False, False, 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if line == 1 and file.tell() == len(chunk):
                _refuse_other_files(chunk)
            odd = odd or len(chunk.translate(None, _NOT_CP1252)) < len(chunk)
            text = decoder.decode(chunk)
            bad, whole = bad or _bad_line(text, line), whole or _WHOLE_LETTER.search(text) is not None
            if bad and whole:
                raise RequestError(_mixed(bad))
            line += text.count("\n")
    bad = bad or _bad_line(decoder.decode(b"", final=True), line)
    if bad and whole:
        raise RequestError(_mixed(bad))
    if bad and odd:
        raise RequestError(
            Text(
                "filen er hverken UTF-8 eller Windows-1252; gem den som `CSV UTF-8`",
                "the file is neither UTF-8 nor Windows-1252; save it as `CSV UTF-8`",
            )
        )
    return "cp1252" if bad else "utf-8-sig"


def _bad_line(text: str, line: int) -> int:
    """The line of the first byte that is not UTF-8, in a text that begins on ``line``; else 0."""
    found = _BAD_BYTE.search(text)
    return 0 if found is None else line + text.count("\n", 0, found.start())


def _mixed(line: int) -> Text:
    return Text(
        f"linje {line}: her er tegn, der ikke er UTF-8, som resten af filen er; ret dem, og gem den "
        "som `CSV UTF-8`",
        f"line {line}: there are bytes here that are not UTF-8, as the rest of the file is; mend them, "
        "and save it as `CSV UTF-8`",
    )


def _refuse_other_files(start: bytes) -> None:
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise RequestError(
            Text(
                "filen er et regneark og ikke CSV; lad den ende på .xlsx, eller gem den som `CSV UTF-8`",
                "the file is a workbook, not CSV; let it end in .xlsx, or save it as `CSV UTF-8`",
            )
        )
    for name, begins in _WIDE.items():
        if begins.match(start):
            raise RequestError(
                Text(
                    f"filen er gemt som {name}; gem den som `CSV UTF-8`",
                    f"the file is {name}; save it as UTF-8",
                )
            )


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"?', "", header)
    return max(DELIMITERS, key=bare.count)


def _line(stream: io.TextIOWrapper, number: int) -> str:
    line = stream.readline(MOST_LINE)
    if len(line) == MOST_LINE and not line.endswith(("\n", "\r")):
        raise RequestError(
            fault(
                at(number),
                f"linjen er på over {MOST_LINE} tegn; det er ikke en tabel",
                f"the line has more than {MOST_LINE} characters; this is no table",
            )
        )
    return line


def _lines(stream: io.TextIOWrapper, first: str) -> Iterator[str]:
    line, number = first, 1
    while line:
        yield line
        number += 1
        line = _line(stream, number)


def _counted(rows: Iterator[list[str]], start: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers; RequestError where the file cannot be followed any further."""
    for number in count(start):
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise RequestError(_broken(number, str(error))) from None
        yield number, row


def _broken(number: int, said: str) -> Text:
    if "field limit" in said:
        return fault(
            at(number),
            f"en celle er på over {MOST_CELL} tegn; mangler der et slut-anførselstegn?",
            f"a cell has more than {MOST_CELL} characters; is a closing quote missing?",
        )
    return fault(
        at(number),
        'anførselstegnene går ikke op; en celle med " skrives "sådan ""her"""',
        'the quotes do not match; a cell with " is written "like ""this"""',
    )


def _rows(rows: Iterator[list[str]], columns: Sequence[str]) -> Iterator[Row]:
    for number, texts in _counted(rows, 2):
        found = make_row(columns, number, [_bare(text) for text in texts], lambda _row, _place: "")
        if found is None:
            continue
        if len(texts) < len(columns):
            short = fault(
                at(number),
                f"rækken har {len(texts)} celler, og der er {len(columns)} kolonner",
                f"the row has {len(texts)} cells, and there are {len(columns)} columns",
            )
            found = Row(found.number, found.cells, (*found.faults, short))
        yield found
