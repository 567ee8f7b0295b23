"""What the steps of a rulebook bring about is not written down by hand beside them."""

from __future__ import annotations

from collections.abc import Iterable

from governance.model import RequestError, Text
from governance.rulebook import Rulebook, Step
from governance.vocabulary import SCOPES


def refuse_entering(book: Rulebook, kind: str) -> None:
    """RequestError for entering live a thing that a step adds: the step has rules to be held against."""
    adding = [step for step in _steps(book) if step.adds == kind]
    steps = [step for step in adding if not step.history] or adding
    if steps:
        raise RequestError(_by(kind, steps))


def refuse_telling(book: Rulebook, kind: str, fact: str) -> None:
    """RequestError for telling live what only a step says of such a thing: its first day, or its last."""
    steps = [
        step
        for step in _steps(book)
        if step.beside == kind and fact in SCOPES[kind].facts and fact in {each.fact for each in step.inputs}
    ]
    if steps:
        raise RequestError(_by(f"{kind}.{fact}", steps))


def _steps(book: Rulebook) -> Iterable[Step]:
    return [step for process in book.processes for step in process.steps if step.beside]


def _by(what: str, steps: list[Step]) -> Text:
    names = dict.fromkeys(step.id for step in steps)
    da, en = (f" {word} ".join(f"`{name}`" for name in names) for word in ("eller", "or"))
    return Text(
        f"`{what}` skrives ned ved skridtet {da}, som reglerne bedømmer; historie med --origin history",
        f"`{what}` is written down by the step {en}, which the rules judge; history with --origin history",
    )
