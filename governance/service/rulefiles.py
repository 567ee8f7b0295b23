"""Rule files on disk: a folder of dated rulebooks, or one rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from governance.faults import Fault, RuleError
from governance.files import Document, folder_digest, parse_document, read_folder
from governance.model import RequestError, Text
from governance.parsing import check_rulebooks, json_schema, parse_rulebook
from governance.rulebook import Rulebook, Rulebooks
from governance.service.itemnumbers import item_numbers

MOST_BYTES = 1_000_000

Fingerprint = tuple[tuple[str, str], ...]

_kept: dict[str, Rulebook] = {}
_read: dict[tuple[str, Fingerprint], tuple[Rulebook, Sequence[Document]]] = {}


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


def load_rulebook(folder: Path) -> Rulebook:
    """The one rulebook of a folder, itself or in a subfolder; RuleError with every fault in it."""
    inner = rulebook_folders(folder)
    if len(inner) > 1:
        names = ", ".join(each.name for each in inner)
        raise RequestError(
            Text(
                f"{folder} rummer flere regelsæt ({names}); skriv mappen for det ene",
                f"{folder} holds several rulebooks ({names}); write the folder of the one",
            )
        )
    return _load(inner[0], "")[0]


def with_adopted(folder: Rulebooks, adopted: Sequence[Rulebook]) -> Rulebooks:
    """The folder's rulebooks and those taken in; of two that start on one day, the one taken in."""
    known = {book.digest: book for book in folder.books}
    taken = [known.get(book.digest, book) for book in adopted]
    starts = {book.from_ for book in taken}
    books = [*(book for book in folder.books if book.from_ not in starts), *taken]
    return Rulebooks(tuple(sorted(books, key=lambda book: book.from_)))


def kept_rulebook(digest: str, text: Callable[[str], Mapping[str, str]]) -> Rulebook:
    """A rulebook from the text that is kept of it, read once; RuleError when this version cannot read it."""
    if digest not in _kept:
        files = text(digest)
        documents = [parse_document(name, content.encode()) for name, content in files.items()]
        _kept[digest] = replace(parse_rulebook(documents, digest), files=tuple(files.items()))
    return _kept[digest]


def rulebook_folders(folder: Path) -> Sequence[Path]:
    """The folders that hold a rulebook each, in order of name."""
    if not folder.is_dir():
        return [folder]
    inner = sorted(each for each in folder.iterdir() if each.is_dir() and any(each.glob("*.y*ml")))
    return inner or [folder]


def _load(folder: Path, prefix: str) -> tuple[Rulebook, Sequence[Document]]:
    """The rulebook of a folder and its files, read anew only when their bytes have changed."""
    before = _fingerprint(folder)
    known = _read.get((prefix, before)) if before else None
    if known is not None:
        return known
    try:
        documents = read_folder(folder)
    except RuleError as error:
        raise RuleError(tuple(replace(fault, file=prefix + fault.file) for fault in error.faults)) from None
    placed = tuple(replace(document, name=prefix + document.name) for document in documents)
    files = tuple((document.name, document.text) for document in documents)
    book = replace(parse_rulebook(placed, folder_digest(documents)), files=files)
    if before == tuple((document.name, document.digest) for document in documents):
        _read[prefix, before] = book, placed
    return book, placed


def _fingerprint(folder: Path) -> Fingerprint:
    """The names and digests of the files in a folder; empty when they cannot be read or are too large."""
    found = []
    try:
        for path in sorted(folder.glob("*.[yY]*[mM][lL]")):
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                return ()
            found.append((path.name, sha256(content).hexdigest()))
    except OSError:
        return ()
    return tuple(found)


def check_rules(folder: Path) -> tuple[Fault, ...]:
    """Every fault in a folder's rule files, and in what stands beside them; none when they can be used."""
    faults: list[Fault] = []
    for read in (load_rulebooks, item_numbers):
        try:
            read(folder)
        except RuleError as error:
            faults += error.faults
    return tuple(faults)


def rules_schema() -> dict[str, object]:
    """The JSON Schema of a rule file, for editors."""
    return dict(json_schema())
