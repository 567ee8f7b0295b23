"""The lines of an export: each carries its number and its own hash, so that none can be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from governance.audit.problems import Problems, differs
from governance.model import Text
from governance.store import canonical, digest

KINDS = ("header", "rulebook", "event", "thing", "end")
"""What a line can be, in the order they come."""
AS_WRITTEN = Text("er ikke, som den blev skrevet", "is not as it was written")
CUT_OFF = Text("mangler: filen er ikke hel", "is missing: the file is not whole")
MISPLACED = Text("står et forkert sted", "stands in the wrong place")

Line = dict[str, Any]


def write_line(number: int, kind: str, said: Mapping[str, object]) -> bytes:
    """One line of a file; numbers begin at 1."""
    return _signed({**said, "n": number, "is": kind}).encode()


def _signed(line: Line) -> str:
    return canonical({"line": line, "sha256": digest(canonical(line))}) + "\n"


def read_lines(lines: Iterable[bytes], damage: Problems) -> Iterator[Line]:
    """The lines of a file that are as they were written; what is wrong with the others is noted."""
    wanted, kind = 1, ""
    for place, raw in enumerate(lines, 1):
        line = as_written(raw)
        if line is None:
            damage.line(place, AS_WRITTEN)
            wanted += 1
            continue
        if line["n"] != wanted:
            damage.line(place, differs("n", line["n"], wanted))
        if not _may_follow(kind, line["is"]):
            damage.line(place, MISPLACED)
        wanted, kind = line["n"] + 1, line["is"]
        yield line
    if kind != KINDS[-1]:
        damage.line(wanted, CUT_OFF)


def as_written(raw: bytes) -> Line | None:
    """The line that was written as these bytes; None when none was."""
    try:
        text = raw.decode()
        line: Line = json.loads(text)["line"]
        known = isinstance(line["n"], int) and line["is"] in KINDS
        return line if known and _signed(line) == text else None
    except (LookupError, RecursionError, TypeError, ValueError):
        return None


def _may_follow(before: str, kind: str) -> bool:
    """The header stands first, the end last, and one kind after the other in between."""
    if not before or kind == KINDS[0]:
        return not before and kind == KINDS[0]
    return before != KINDS[-1] and KINDS.index(before) <= KINDS.index(kind)
