"""What one rulebook has that another has not, noun by noun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from governance.rulebook.book import Rulebook
from governance.rulebook.nouns import Noun

Key = tuple[str, ...]

SORTS = (
    "clause",
    "rule",
    "step",
    "reading",
    "process",
    "state",
    "body",
    "act",
    "fact",
    "counting",
    "section",
    "organisation",
    "word",
    "tension",
    "silence",
)
"""The sorts of nouns a rulebook has, those first that bind most."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A noun that only one of two rulebooks has, or that differs: ``before`` and ``after`` it.

    ``key`` is what it is known by among its sort: of what belongs to a process or step, theirs come first.
    """

    sort: str
    key: Key
    before: Noun | None
    after: Noun | None


def differences(before: Rulebook, after: Rulebook) -> tuple[Difference, ...]:
    """Everything in which two rulebooks differ, by `SORTS`; order within the files makes none."""
    old, new = dict(_nouns(before)), dict(_nouns(after))
    found = (
        Difference(sort, key, old.get((sort, key)), new.get((sort, key)))
        for sort, key in dict.fromkeys((*old, *new))
        if old.get((sort, key)) != new.get((sort, key))
    )
    return tuple(sorted(found, key=lambda each: SORTS.index(each.sort)))


def _nouns(book: Rulebook) -> Iterator[tuple[tuple[str, Key], Noun]]:
    flat: Mapping[str, tuple[Noun, ...]] = {
        "clause": book.clauses,
        "reading": book.readings,
        "body": book.bodies,
        "act": book.acts,
        "counting": book.counting,
        "section": book.agenda,
        "organisation": book.organisations,
        "word": book.words,
        "tension": book.tensions,
        "silence": book.silences,
        "rule": book.rules,
    }
    for sort, nouns in flat.items():
        yield from (((sort, (noun.id,)), noun) for noun in nouns)
    yield from ((("fact", (fact.scope, fact.id)), fact) for fact in book.facts)
    for process in book.processes:
        yield ("process", (process.id,)), replace(process, states=(), steps=())
        yield from ((("state", (process.id, state.id)), state) for state in process.states)
        for place, step in enumerate(process.steps):
            again = sum(each.id == step.id for each in process.steps[:place])
            key = (process.id, step.id, *([str(again + 1)] if again else []))
            yield ("step", key), replace(step, rules=())
            yield from ((("rule", (*key, rule.id)), rule) for rule in step.rules)
