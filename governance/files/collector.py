"""Gathers the faults of one file, so that its author sees them all at once."""

from typing import NoReturn

from governance.faults import Fault, RuleError

MOST_FAULTS = 100
MOST_SHOWN = 40

Position = tuple[int, int]
"""Line and column, both counted from 1; a column is a character."""


class Collector:
    """The faults of one file: one a place, the first one found, and no more than `MOST_FAULTS` in all."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._faults: dict[Position, Fault] = {}

    def add(self, code: str, at: Position, message: str, help: str = "") -> None:  # noqa: A002 - Fault's own word
        """Notes a fault; raises `RuleError` when the file has so many that reading on serves nobody."""
        if at in self._faults:
            return
        if len(self._faults) == MOST_FAULTS:
            code, help = "yaml-too-many-faults", "ret dem, der er nævnt, og prøv igen"  # noqa: A001 - as above
            message = f"filen har flere end {MOST_FAULTS} fejl"
        self._faults[at] = Fault(code, self.file, *at, message, help)
        if code == "yaml-too-many-faults":
            self.raise_if_any()

    def stop(self, code: str, at: Position, message: str, help: str = "") -> NoReturn:  # noqa: A002 - Fault's own word
        """Notes a fault after which the rest of the file cannot be judged, and raises `RuleError`."""
        self.add(code, at, message, help)
        raise self.error()

    def raise_if_any(self) -> None:
        """Raises `RuleError` when a fault has been noted."""
        if self._faults:
            raise self.error()

    def error(self) -> RuleError:
        """Everything noted, in the order of the file."""
        return RuleError(tuple(self._faults[at] for at in sorted(self._faults)))


def quoted(text: str) -> str:
    """The author's input as a message shows it: in backticks, cut short, the unseen spelled out."""
    cut = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
    seen = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)
    return f"`{seen}`"
