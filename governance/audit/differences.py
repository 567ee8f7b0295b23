"""How a decision as it is stored differs from the same one made again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from governance.audit.problems import differs
from governance.model import Force, Ruled, StepRefused, StepTaken, Text, Verdict
from governance.store import ERASED

Tried = StepTaken | StepRefused
DECIDED = ("from_state", "to_state", "act", "new_round", "stays")
FOUND = ("rule", "clause", "force", "verdict", "blocks", "because", "mend")
SENTENCES = ("because", "mend")


def differences(stored: Tried, again: Tried) -> Iterator[Text]:
    """Everything in which they differ, finding by finding; sentences that were erased are left out."""
    if type(stored) is not type(again):
        yield differs("kind", type(stored).__name__, type(again).__name__)
    else:
        yield from _compared("", stored, again, DECIDED)
    for told, made in zip_longest(stored.findings, again.findings):
        rule = (told or made).rule
        erased = told is not None and told.because.da == ERASED
        yield from _compared(f"{rule}: ", told, made, FOUND[: -len(SENTENCES)] if erased else FOUND)


def _compared(
    of: str, told: Tried | Ruled | None, made: Tried | Ruled | None, names: tuple[str, ...]
) -> Iterator[Text]:
    for name in names:
        found, wanted = _plain(getattr(told, name, None)), _plain(getattr(made, name, None))
        if found != wanted:
            yield differs(of + name, found, wanted)


def _plain(value: object) -> object:
    if isinstance(value, Verdict | Force):
        return value.value
    return f"{value.da} / {value.en}" if isinstance(value, Text) else value
