"""What an import counts and tells as it goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from governance.model import RequestError, Text, Verdict
from governance.service.importing.templates import heading

MOST_TOLD = 200


@dataclass(slots=True)
class Tally:
    """What became of the rows so far: counted all, told only the first of each."""

    new: int = 0
    known: int = 0
    passed: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    slips: list[Text] = field(default_factory=list)
    slip_count: int = 0
    rewritten: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    faults: list[Text] = field(default_factory=list)
    fault_count: int = 0

    def refuse(self, faults: list[Text]) -> None:
        """A row has faults."""
        self.fault_count += len(faults)
        self.faults += faults[: MOST_TOLD - len(self.faults)]

    def slipped(self, slips: list[Text]) -> None:
        """Numbers in a row were put right."""
        self.slip_count += len(slips)
        self.slips += slips[: MOST_TOLD - len(self.slips)]

    def rewrote(self, cells: list[tuple[str, str, str]]) -> None:
        """Cells of a row were put into the notation of the record."""
        for column, text, right in cells:
            count, *first = self.rewritten.get(column, (0, text, right))
            self.rewritten[column] = count + 1, first[0], first[1]

    def notes(self) -> tuple[Text, ...]:
        """What was rewritten, a sentence a column."""
        return tuple(
            Text(
                f"skrevet om i `{heading(name).da}`: {count}, den første fra `{text}` til `{right}`",
                f"rewritten in `{name}`: {count}, the first from `{text}` to `{right}`",
            )
            for name, (count, text, right) in self.rewritten.items()
        )

    def raise_if_any(self) -> None:
        """RequestError with the faults, when there are some."""
        more = self.fault_count - len(self.faults)
        if more:
            self.faults.append(Text(f"og {more} fejl mere", f"and {more} more"))
        if self.faults:
            raise RequestError(*self.faults)
