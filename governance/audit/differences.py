"""How a decision as it is stored differs from the same one made again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from governance.audit.problems import differs
from governance.model import Force, Ruled, StepRefused, StepTaken, Text, Verdict
from governance.store import ERASED

Tried = StepTaken | StepRefused
TRIED, TAKEN = ("from_state", "to_state"), ("act", "new_round", "stays", "about")
RULE = ("rule", "clause", "force")
FOUND = (*RULE, "verdict", "blocks")
LATE = "/late"


def differences(stored: Tried, again: Tried, undecided: frozenset[str] = frozenset()) -> Iterator[Text]:
    """Everything in which they differ, finding by finding, but for the words it is told in.

    Rules that are ``undecided`` may have come out otherwise; the outcome then follows from what is stored.
    """
    wanted = _outcome(stored) if undecided else type(again)
    if type(stored) is not wanted:
        yield differs("kind", type(stored).__name__, wanted.__name__)
    both = isinstance(stored, StepTaken) and isinstance(again, StepTaken)
    yield from _compared("", stored, again, (*TRIED, *TAKEN) if both else TRIED)
    for told, made in zip_longest(stored.findings, again.findings):
        rule = (told or made).rule
        if rule in undecided:
            yield from _undecided(told, made)
        else:
            yield from _compared(f"{rule}: ", told, made, FOUND)


def reworded(stored: Tried, again: Tried) -> bool:
    """Whether a finding is told in other words than this program has for it; erased ones are left out."""
    both = zip(stored.findings, again.findings, strict=False)
    pairs = [(told, made) for told, made in both if told.rule == made.rule and told.because.da != ERASED]
    return any((told.because, told.mend) != (made.because, made.mend) for told, made in pairs)


def _outcome(stored: Tried) -> type[Tried]:
    """What the stored findings of a request come to."""
    blocked = any(finding.blocks for finding in stored.findings)
    return StepRefused if blocked and not stored.request.origin.told else StepTaken


def _undecided(told: Ruled | None, made: Ruled | None) -> Iterator[Text]:
    """A finding that cannot be made again is still one of its rule, and blocks as its verdict says."""
    rule = told or made
    if rule is None or (rule.rule.endswith(LATE) and None in (told, made)):
        return
    yield from _compared(f"{rule.rule}: ", told, made, RULE)
    blocking = rule.force in (Force.MUST, Force.DEFAULT) and rule.verdict in (Verdict.BROKEN, Verdict.UNKNOWN)
    if told is not None and told.blocks != blocking:
        yield differs(f"{told.rule}: blocks", told.blocks, blocking)


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
