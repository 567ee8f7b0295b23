"""Listings and scores as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from governance.documents.blocks import Block, Prose, Table
from governance.documents.papers import Listing, Score, Scores
from governance.documents.wording import EMPTY, NOT_TOLD, join, say, say_amount, say_line
from governance.model import Text
from governance.values import Span

Row = tuple[str, ...]

WIDEST = 45
PADDING = 5
BAR = 16
"""Widths of columns, in letters."""
EMPTY_LIST = Text("Listen er tom.", "The list is empty.")
NO_SCORES = Text("Der er ingen point at vise.", "There are no scores to show.")


def drawn(given: Listing | Scores, language: str) -> Iterator[Block]:
    """A listing or a result as a table, or a sentence where it has no rows."""
    return _scores(given, language) if isinstance(given, Scores) else _listing(given, language)


def table(headings: Row, rows: tuple[Row, ...], caption: str = "", bars: tuple[Fraction, ...] = ()) -> Table:
    """A table with columns as wide as they need; the last heading is that of the bars, if any."""
    said = headings[:-1] if bars else headings
    widths = _widths((said, *rows))
    return Table(headings, rows, (*widths, BAR) if bars else widths, caption, bars)


def _listing(listing: Listing, language: str) -> Iterator[Block]:
    """The rows under their headings; a short row is filled up, an empty cell is marked so."""
    caption = say_line(listing.caption, language)
    width = max((len(row) for row in (listing.headings, *listing.rows)), default=0)
    if not listing.rows or not width:
        yield Prose(join((caption, say(EMPTY_LIST, language)), ": "))
        return
    headings, *rows = (
        tuple(say(cell, language) or EMPTY for cell in (*row, *[""] * (width - len(row))))
        for row in (listing.headings, *listing.rows)
    )
    yield table(headings, tuple(rows), caption)


def _widths(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """How wide columns are to each other: as their longest line, up to a bound."""

    def needed(column: Sequence[str]) -> int:
        return min(max(len(line) for cell in column for line in cell.split("\n")), WIDEST) + PADDING

    return tuple(needed(column) for column in zip(*rows, strict=True))


def _scores(scores: Scores, language: str) -> Iterator[Block]:
    """Rank, item, total and a bar as long as the total is of the greatest; ties are marked, never broken."""
    caption, note = say_line(scores.caption, language), say(scores.note, language)
    if not scores.rows:
        yield Prose(join((caption, say(NO_SCORES, language)), ": "))
        return
    headings = (
        Text("Plads", "Rank"),
        Text("Nr.", "No."),
        Text("Titel", "Title"),
        Text("Point", "Points"),
        Text("Andel af højeste", "Share of highest"),
    )
    rows = tuple(_score(each, language) for each in scores.rows)
    most = max((_low(each.total) for each in scores.rows), default=Fraction(0))
    bars = tuple(_low(each.total) / most if most else Fraction(0) for each in scores.rows)
    yield table(tuple(say(heading, language) for heading in headings), rows, caption, bars)
    if note:
        yield Prose(note, quiet=True)


def _low(total: Span) -> Fraction:
    return max(total.low, Fraction(0)) if isinstance(total.low, Fraction) else Fraction(0)


def _score(score: Score, language: str) -> tuple[str, ...]:
    tied = say(Text("(delt)", "(tied)"), language) if score.tied else ""
    return (
        join((EMPTY if score.rank is None else str(score.rank), tied), " "),
        say_line(score.item, language) or EMPTY,
        say_line(score.title, language) or EMPTY,
        say_amount(score.total, language) or say(NOT_TOLD, language),
    )
