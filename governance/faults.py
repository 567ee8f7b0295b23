"""What is wrong with a rule file, told to its author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a rule file, told in Danish to its author; line and column count from 1."""

    code: str
    file: str
    line: int
    column: int
    message: str
    help: str = ""

    def __str__(self) -> str:
        mend = f" ({self.help})" if self.help else ""
        return f"{self.file}:{self.line}:{self.column}: {self.code}: {self.message}{mend}"


class RuleError(Exception):
    """A rulebook that cannot be used; carries every fault found, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))
