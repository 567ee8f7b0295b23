"""The rule files of one rulebook: a folder of .yaml files, each read once."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from governance.faults import Fault, RuleError
from governance.files.collector import Collector, quoted
from governance.files.document import Document, parse_document
from governance.files.text import MOST_BYTES

_GOOD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.yaml")
_LOOKS_LIKE_YAML = (".yaml", ".yml")


def read_folder(folder: Path) -> tuple[Document, ...]:
    """Every rule file in a folder, by name; raises `RuleError` with the faults of all of them.

    Hidden files, subfolders and files that are not YAML by name are left alone. A name such as `regler.yml`
    is a fault: a file its author takes for rules must not be passed over in silence.
    """
    whole = Collector(str(folder))
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError):
        whole.stop(
            "folder-missing",
            (1, 1),
            f"mappen {quoted(folder.name)} kan ikke åbnes",
            "skriv en mappe, der findes",
        )
    names = [n for n in names if n.lower().endswith(_LOOKS_LIKE_YAML) and not n.startswith(".")]
    if not names:
        message = f"mappen {quoted(folder.name)} indeholder ingen regelfiler"
        whole.stop("folder-empty", (1, 1), message, "læg mindst én fil, der ender på `.yaml`, i den")
    documents: list[Document] = []
    faults: list[Fault] = []
    for name in names:
        try:
            documents.append(parse_document(name, _bytes_of(folder, name)))
        except RuleError as error:
            faults.extend(error.faults)
    if faults:
        raise RuleError(tuple(faults))
    return tuple(documents)


def folder_digest(documents: Iterable[Document]) -> str:
    """SHA-256, in hex, of the names and digests of a rulebook's files: the digest of the rulebook."""
    lines = sorted(f"{document.name} {document.digest}\n" for document in documents)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _bytes_of(folder: Path, name: str) -> bytes:
    shown = Collector(quoted(name).strip("`"))
    if not _GOOD_NAME.fullmatch(name):
        mend = "brug bogstaverne a-z, cifre, `_` og `-`, og slut med `.yaml`"
        shown.stop("file-name", (1, 1), f"filen kan ikke hedde {quoted(name)}", mend)
    path = folder / name
    if not path.is_file():  # opening a pipe would wait for ever
        shown.stop(
            "file-unreadable",
            (1, 1),
            f"{quoted(name)} er ikke en fil",
            "fjern den, eller giv den et andet navn",
        )
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # enough to see that it holds too many
    except OSError:
        shown.stop("file-unreadable", (1, 1), f"{quoted(name)} kan ikke åbnes", "giv adgang til at læse den")
