"""The rulebooks of one group, and the one in force on a date."""

from __future__ import annotations

from dataclasses import dataclass

from governance.faults import Fault, RuleError
from governance.rulebook.book import Rulebook
from governance.rulebook.dated import judged_day
from governance.values import Span


@dataclass(frozen=True, slots=True)
class Rulebooks:
    """The rulebooks of one group. One without a last day ends where the next one begins."""

    books: tuple[Rulebook, ...]

    def on(self, on: Span) -> Rulebook:
        """The rulebook in force; RuleError when none covers the date, never the nearest one."""
        at = judged_day(on)
        for book in sorted(self.books, key=lambda book: book.from_, reverse=True):
            if at is not None and book.covers(at):
                return book
        spans = ", ".join(f"{book.from_}–{book.to or ''}" for book in self.books) or "ingen"
        shown = at.isoformat() if at else "en dato uden slutning"
        fault = Fault(
            "no-rulebook-on-date",
            self.books[0].id if self.books else "",
            1,
            1,
            f"intet regelsæt dækker `{shown}`",
            f"regelsættene dækker {spans}; brug en dato derinden, eller læg et regelsæt til",
        )
        raise RuleError((fault,))
