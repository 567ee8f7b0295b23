"""What the command line says: Danish by default, English when asked, JSON for programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from textwrap import fill
from typing import Any

import click

from governance.model import Decision, Force, Text, Verdict

DONE, REFUSED, UNUSABLE, CONFLICT = 0, 1, 2, 3

VERDICTS = {
    Verdict.KEPT: Text("overholdt", "kept"),
    Verdict.BROKEN: Text("brudt", "broken"),
    Verdict.UNKNOWN: Text("ukendt", "unknown"),
    Verdict.OPEN: Text("åben", "open"),
    Verdict.WAIVED: Text("fraveget", "waived"),
    Verdict.NOT_APPLICABLE: Text("ikke relevant", "not applicable"),
}
FORCES = {
    Force.MUST: Text("skal", "must"),
    Force.DEFAULT: Text("som udgangspunkt", "default"),
    Force.SHOULD: Text("bør", "should"),
    Force.MAY: Text("kan", "may"),
    Force.GOAL: Text("mål", "goal"),
}
CHECKS = {
    "enforced": Text("håndhæves", "enforced"),
    "warned": Text("kræver begrundelse", "warned"),
    "reported": Text("rapporteres", "reported"),
    "unchecked": Text("kan ikke tjekkes", "unchecked"),
}
OURS = Text("vores", "ours")
NO_VERDICT = Text("–", "–")


@dataclass(frozen=True, slots=True)
class Out:
    """Where a command's answer goes: in which language, and as words or JSON."""

    language: str
    as_json: bool

    def __call__(self, text: Text) -> str:
        """The text in the language asked for."""
        return text.in_language(self.language)

    def line(self, text: Text | str = "", indent: int = 0) -> None:
        """One line or paragraph, folded to the width of the screen."""
        said = text if isinstance(text, str) else self(text)
        start = " " * indent
        width = min(shutil.get_terminal_size().columns, 110)
        for part in said.splitlines() or [""]:
            folded = fill(
                part, max(width, 40), initial_indent=start, subsequent_indent=start, break_on_hyphens=False
            )
            click.echo(printable(folded))

    def table(self, head: Sequence[Text], rows: Iterable[Sequence[Text | str]]) -> None:
        """Columns as wide as their widest cell; the last one runs free."""
        told = [[each if isinstance(each, str) else self(each) for each in row] for row in (head, *rows)]
        widths = [max(len(row[column]) for row in told) for column in range(len(head) - 1)]
        for row in told:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            click.echo(printable("  ".join([*cells, row[-1]]).rstrip()))

    def json(self, answer: object) -> None:
        """The whole answer as JSON, both languages in it."""
        said_json(answer)


def said_json(answer: object) -> None:
    """An answer for programs, both languages in it."""
    click.echo(json.dumps(plain(answer), ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """A text that every terminal takes: halves of characters and control characters become escapes."""
    return "".join(
        letter
        if letter.isprintable() or letter in "\n\t"
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def complain(text: str) -> None:
    """One sentence on standard error."""
    click.echo(printable(text), err=True)


def plain(value: object) -> Any:
    """A view as what JSON knows; a step's decision is left out, since its findings stand beside it."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name.rstrip("_"): plain(each) for name, each in named if not isinstance(each, Decision)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, (date, Fraction)) else value
