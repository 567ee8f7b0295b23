"""How the rules themselves are shown: clauses, steps, rules in words, readings and silences."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Force, Text
from governance.service.views import ClauseView, Said


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule restated in words; ``clause`` None when it is ours."""

    id: str
    clause: str | None
    force: Force
    label: Text
    text: Text
    for_each: str
    steps: tuple[Said, ...]
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class StepRuleView:
    """A step as the rulebook has it: who may take it, from where, and the rules that guard it."""

    id: str
    label: Text
    act: Said
    by: tuple[Said, ...]
    by_clause: str | None
    from_states: tuple[Said, ...]
    from_clause: str | None
    to: Said | None
    inputs: tuple[Said, ...]
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class ProcessView:
    """The states and steps that some kinds of items go through."""

    id: str
    label: Text
    kinds: tuple[Said, ...]
    states: tuple[Said, ...]
    final: tuple[str, ...]
    steps: tuple[StepRuleView, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The chosen meaning of a vague word; ``values`` are its dates and what it means between them.

    One that is not ``used`` only tells how the clause is understood: no rule asks it.
    """

    id: str
    clause: str
    phrase: str
    means: Text
    values: tuple[tuple[Text, Text], ...]
    chosen_by: Text
    chosen_on: str
    why: Text
    alternatives: tuple[Text, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rulebook in force on a date, told."""

    on: str
    id: str
    title: Text
    document: Text
    from_: str
    to: str
    why_from: Text
    digest: str
    bodies: tuple[Said, ...]
    clauses: tuple[ClauseView, ...]
    processes: tuple[ProcessView, ...]
    rules: tuple[RuleView, ...]
    readings: tuple[ReadingView, ...]
    silences: tuple[Said, ...]
    tensions: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RulePlace:
    """A rule with the process and step it guards; nothing for one about the group or a thing as it stands."""

    process: Text
    step: Text
    rule: RuleView


@dataclass(frozen=True, slots=True)
class RulePage:
    """All that stands under one id: the rules of that id, and the steps, with what they rest on.

    ``from_`` and ``to`` are those of the rulebook.
    """

    on: str
    id: str
    label: Text
    rules: tuple[RulePlace, ...]
    steps: tuple[tuple[Text, StepRuleView], ...]
    clauses: tuple[ClauseView, ...]
    readings: tuple[ReadingView, ...]
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A clause held against a document: our words, and the original sentence with its lines.

    ``found`` is None when no document was given.
    """

    clause: str
    section: Text
    place: int
    force: Force
    check: str
    text: Text
    digest: str
    found: bool | None
    original: str = ""
    first_line: int = 0
    last_line: int = 0
    rules: tuple[Said, ...] = ()
