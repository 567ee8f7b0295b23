"""The zip file around a workbook: which part is the sheet, and how large each part may be."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from governance.model import RequestError, Text
from governance.tables.workbook.xml import Event, refused, xml_events

MOST_PARTS = 5_000
MOST_SMALL = 8_000_000
MOST_LARGE = 500_000_000
MOST_RATIO = 150
"""How many times smaller than itself a large part may be packed; real sheets of like rows reach some 40."""
UNSUSPECTED = 16_000_000
"""Bytes up to which a part may be packed as small as can be."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet, how many others there are, and what is needed to read it."""

    name: str
    part: str
    strings: str
    styles: str
    others: int
    from_1904: bool


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """The zip file of a workbook; whatever is broken in it is told as one sentence."""
    try:
        with ZipFile(path) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise refused(path.name, "den har for mange dele", "it has too many parts")
            yield archive
    except (BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise RequestError(*_broken(path, error)) from None


def _broken(path: Path, error: Exception) -> tuple[Text, ...]:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            Text(
                "regnearket har adgangskode eller det gamle format; gem det som .xlsx uden kode",
                "the workbook has a password or is in the old format; save it as .xlsx without one",
            ),
        )
    if not start.startswith(b"PK"):
        return (Text("filen er ikke et regneark (.xlsx)", "the file is not a workbook (.xlsx)"),)
    return (
        Text(
            f"regnearket er afkortet eller beskadiget ({error}); hent eller gem det igen",
            f"the workbook is cut short or damaged ({error}); fetch or save it again",
        ),
    )


def part_of(archive: ZipFile, name: str, most: int = MOST_SMALL) -> IO[bytes]:
    """A part to be read; RequestError when it is missing or larger than it may be.

    zipfile gives no more than the size a part declares, and finds its checksum wrong when there was more.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise refused(name, "den mangler", "it is missing") from None
    if info.flag_bits & 0x1:
        raise refused(name, "den er krypteret", "it is encrypted")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refused(name, "den er pakket på en ukendt måde", "it is packed in an unknown way")
    if info.file_size > most:
        raise refused(
            name,
            f"den fylder {info.file_size} byte, højst {most}",
            f"it takes {info.file_size} bytes, at most {most}",
        )
    if info.file_size > UNSUSPECTED and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise refused(
            name,
            f"{info.compress_size} byte pakker sig ud til {info.file_size}, som en zipbombe",
            f"{info.compress_size} bytes unpack to {info.file_size}, as a zip bomb does",
        )
    return archive.open(info)


def find_sheet(archive: ZipFile) -> Sheet:
    """The first sheet that is not hidden."""
    top = _related(archive, "_rels/.rels", "")
    workbook = next((target for kind, target in top.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, _, name = workbook.rpartition("/")
    parts = _related(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
    by_kind = dict(parts.values())
    from_1904, sheets = False, []
    for event in _starts(archive, workbook):
        if event.name == "workbookPr":
            from_1904 = event.attributes.get("date1904") in ("1", "true")
        if event.name == "sheet" and event.attributes.get("state", "visible") == "visible":
            kind, target = parts.get(event.attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                sheets.append((event.attributes.get("name", ""), target))
    if not sheets:
        raise refused(workbook, "der er intet synligt ark", "there is no visible sheet")
    title, part = sheets[0]
    strings, styles = by_kind.get("sharedStrings", ""), by_kind.get("styles", "")
    return Sheet(title, part, strings, styles, len(sheets) - 1, from_1904)


def _related(archive: ZipFile, name: str, folder: str) -> Mapping[str, tuple[str, str]]:
    """What a part refers to, by id: the kind of each and where it is."""
    found = {}
    for event in _starts(archive, name):
        if event.name == "Relationship" and event.attributes.get("TargetMode") != "External":
            target = event.attributes.get("Target", "")
            there = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = event.attributes.get("Type", "").rpartition("/")[2]
            found[event.attributes.get("Id", "")] = kind, posixpath.normpath(there)
    return found


def _starts(archive: ZipFile, name: str) -> Iterator[Event]:
    with part_of(archive, name) as stream:
        yield from (event for event in xml_events(stream, name) if event.kind == "start")
