"""The rulebooks that events name: the files of each are kept, and are what its digest says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.audit.problems import differs
from governance.faults import RuleError
from governance.files import Document, folder_digest, parse_document
from governance.model import Text
from governance.parsing import parse_rulebook
from governance.rulebook import Rulebook
from governance.store import canonical, digest

UNREADABLE = Text("regelsættets filer kan ikke læses", "the rulebook's files cannot be read")


@dataclass(frozen=True, slots=True)
class Book:
    """A rulebook as it is kept: the texts of its files, what they say, and what is wrong with it."""

    files: Mapping[str, str] = field(default_factory=dict)
    rulebook: Rulebook | None = None
    faults: tuple[Text, ...] = ()


def read_book(row: Mapping[str, object]) -> Book:
    """The rulebook of a row, held against its digest, and against the id and date in its own files."""
    try:
        files = json.loads(str(row["files"]))
        if canonical(files) != row["files"]:
            return Book(faults=(UNREADABLE,))
        bare = [Document(name, {}, {}, {}, digest(text), text) for name, text in files.items()]
        if (found := folder_digest(bare)) != row["digest"]:
            return Book(faults=(differs("rulebooks.files", found, row["digest"]),))
        book = parse_rulebook([parse_document(name, text.encode()) for name, text in files.items()], found)
    except (AttributeError, RecursionError, TypeError, ValueError):
        return Book(faults=(UNREADABLE,))
    except RuleError as error:
        return Book(faults=tuple(Text(str(fault), str(fault)) for fault in error.faults))
    own = {"id": book.id, "from_": book.from_.isoformat()}
    wrong = (differs(f"rulebooks.{name}", row[name], own[name]) for name in own if row[name] != own[name])
    return Book(files, book, tuple(wrong))
