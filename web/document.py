"""The source document, when whoever runs the pages supplies it: its sentences stand beside their clauses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from governance.model import Text

MOST = 2_000_000
"""Bytes of a document; a kommissorium has a few thousand words."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """The document's text, None when none was supplied, and why one that was could not be read."""

    text: str | None = None
    problem: Text | None = None


def supplied(path: Path | None) -> Supplied:
    """The document at a path, as plain text in UTF-8; nothing for no path."""
    if path is None:
        return Supplied()
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
        if len(content) > MOST:
            return Supplied(problem=TOO_LARGE)
        return Supplied(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Supplied(problem=UNREADABLE)


TOO_LARGE = Text(
    "det angivne dokument er for stort; angiv kommissoriets tekst som en ren tekstfil på højst 2 MB",
    "the document supplied is too large; supply the document as a plain text file of at most 2 MB",
)
UNREADABLE = Text(
    "det angivne dokument kan ikke læses; angiv stien til en ren tekstfil i UTF-8",
    "the document supplied cannot be read; give the path of a plain text file in UTF-8",
)
