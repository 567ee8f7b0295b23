"""What a look-over answers, one line for each thing looked at."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Text

FINE, WARNING, FAULT = "fine", "warning", "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is fine, what was found, and what to do about it when it is not."""

    name: Text
    level: str
    found: Text
    mend: Text | None = None


def fine(name: Text, da: str, en: str) -> Check:
    """A thing that is as it should be."""
    return Check(name, FINE, Text(da, en))


def wrong(name: Text, level: str, found: Text, mend: Text) -> Check:
    """A thing that is not."""
    return Check(name, level, found, mend)
