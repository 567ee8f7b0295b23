"""The node kinds of the condition algebra. A tree of them is data: judged, explained, restated, verified.

Names are resolved when a rule file is read, so every node says of which row (``of``) it speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from governance.values import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the rule file."""

    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a named row."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The dated reading of a vague word, where it is a value."""

    name: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a collection of ``of`` for which ``where`` holds; inside, a row is called ``name``."""

    collection: str
    of: str
    name: str
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows; with ``same``, the size of the largest group that shares that fact."""

    rows: Rows
    same: str | None = None


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values a fact has over the rows."""

    fact: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the rows that satisfy a condition, or that the largest group sharing a fact makes up."""

    rows: Rows
    satisfy: Condition | None = None
    same: str | None = None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The earliest or latest date among the rows."""

    which: str
    fact: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Shift:
    """A date moved by days, weeks, months or years; ``back`` for minus."""

    base: Expression
    amount: Expression
    unit: str
    back: bool = False


Expression = Literal | Fact | Reading | Count | Distinct | Share | Extreme | Shift


@dataclass(frozen=True, slots=True)
class Compare:
    """One value held against another."""

    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value is one of those listed."""

    left: Expression
    options: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class About:
    """A date lies near another: at most ``earlier`` days before it and ``later`` days after it."""

    left: Expression
    right: Expression
    earlier: Expression
    later: Expression


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something is recorded about a fact. It asks the record, not the world, so it is never unknown."""

    fact: str
    of: str


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class ActDone:
    """One of these acts is recorded, still stands, and was done since the item was last reopened.

    ``tests`` are further conditions on the act; ``any_round`` counts acts from before a reopening too.
    """

    acts: tuple[str, ...]
    of: str
    by: tuple[str, ...] = ()
    tests: tuple[Condition, ...] = ()
    any_round: bool = False
    name: str = "act"


@dataclass(frozen=True, slots=True)
class Exists:
    """Some row satisfies the condition."""

    rows: Rows
    satisfy: Condition | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """Every row satisfies the condition; true of no rows at all."""

    rows: Rows
    satisfy: Condition


@dataclass(frozen=True, slots=True)
class ReadingHolds:
    """The dated reading of a vague word, where it is a condition."""

    name: str


Condition = Compare | OneOf | About | Recorded | All | AnyOf | Not | ActDone | Exists | Each | ReadingHolds


def nodes_of(node: object) -> Iterator[object]:
    """A node and every node below it, whatever kinds they are."""
    if isinstance(node, tuple):
        for each in node:
            yield from nodes_of(each)
    elif is_dataclass(node) and not isinstance(node, type):
        yield node
        for part in fields(node):
            yield from nodes_of(getattr(node, part.name))
