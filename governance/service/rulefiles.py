"""Rule files on disk: a folder of dated rulebooks, or one rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from governance.faults import Fault, RuleError
from governance.files import Document, folder_digest, read_folder
from governance.parsing import check_rulebooks, json_schema, parse_rulebook
from governance.rulebook import Rulebook, Rulebooks

_parsed: dict[str, Rulebook] = {}


def load_rulebooks(folder: Path) -> Rulebooks:
    """The rulebooks in the subfolders of a folder, or the one in the folder itself.

    Raises RuleError with the faults of all of them; a file's name in a fault is relative to the folder.
    """
    books: list[Rulebook] = []
    sources: dict[str, Sequence[Document]] = {}
    faults: list[Fault] = []
    for each in rulebook_folders(folder):
        try:
            book, documents = _load(each, "" if each == folder else f"{each.name}/")
            books.append(book)
            sources[book.digest] = documents
        except RuleError as error:
            faults += error.faults
    if faults:
        raise RuleError(tuple(faults))
    check_rulebooks(books, sources)
    return Rulebooks(tuple(sorted(books, key=lambda book: book.from_)))


def rulebook_folders(folder: Path) -> Sequence[Path]:
    """The folders that hold a rulebook each, in order of name."""
    if not folder.is_dir():
        return [folder]
    inner = sorted(each for each in folder.iterdir() if each.is_dir() and any(each.glob("*.y*ml")))
    return inner or [folder]


def _load(folder: Path, prefix: str) -> tuple[Rulebook, Sequence[Document]]:
    try:
        documents = read_folder(folder)
    except RuleError as error:
        raise RuleError(tuple(replace(fault, file=prefix + fault.file) for fault in error.faults)) from None
    digest = folder_digest(documents)
    placed = [replace(document, name=prefix + document.name) for document in documents]
    if digest not in _parsed:
        _parsed[digest] = parse_rulebook(placed, digest)
    return _parsed[digest], placed


def check_rules(folder: Path) -> tuple[Fault, ...]:
    """Every fault in a folder's rule files; none when they can be used."""
    try:
        load_rulebooks(folder)
    except RuleError as error:
        return error.faults
    return ()


def rules_schema() -> dict[str, object]:
    """The JSON Schema of a rule file, for editors."""
    return dict(json_schema())
