"""A paper as a row of blocks in one language, before it is set as PDF or DOCX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading from level 2 and down; level 1 is the paper's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Text of one or more paragraphs."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value of one or more paragraphs, and a quiet note after it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values under each other; marked ones stand out, joined ones stay with what comes next."""

    rows: tuple[Field, ...]
    marked: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading repeats on each page; ``bars`` are parts of 1, in a column of their own."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""
    bars: tuple[Fraction, ...] = ()


Block = Heading | Prose | Fields | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; ``kind`` stands above the title, ``footer`` under every page before its number."""

    language: str
    kind: str
    title: str
    author: str
    footer: str
    written: datetime
    blocks: tuple[Block, ...]
