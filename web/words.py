"""The words the pages use for what the engine names by an id, and helpers that only count and look up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from flask import Flask

from governance.model import Force, Ruled, Text, Verdict
from governance.service import DUTIES, FindingView, Permission, Said, StepView
from web.language import Later as _
from web.language import head, say

VERDICTS = {
    "broken": _("broken"),
    "unknown": _("unknown"),
    "open": _("open"),
    "waived": _("departed from, with a reason"),
    "kept": _("kept"),
    "not-applicable": _("not applicable"),
    "unchecked": _("not machine-checkable"),
}
"""Every verdict, and what no machine can judge, in the order they ask for attention."""

MARKS = {
    "broken": "✕",
    "unknown": "?",
    "open": "…",
    "waived": "~",
    "kept": "✓",
    "not-applicable": "–",
    "unchecked": "·",
}
"""A sign beside the colour, for whoever does not see the colour."""

FORCES = {
    "must": _("must"),
    "default": _("as a rule: a departure needs a reason"),
    "should": _("should: measured, never blocks"),
    "may": _("may"),
    "goal": _("goal"),
}

CHECKS = {
    "enforced": _("enforced: stops a step"),
    "warned": _("warned: allowed with a recorded reason"),
    "reported": _("reported: measured"),
    "unchecked": _("not machine-checkable"),
}

JUDGED = {
    "item": _("About each item"),
    "body": _("About the body"),
    "seat": _("About each seat"),
    "term": _("About each term"),
    "organisation": _("About each organisation"),
    "meeting": _("About each meeting"),
    "agenda-point": _("About each agenda point"),
    "round": _("About each round of prioritising"),
    "year": _("About each year"),
}
"""What a rule is judged of."""


class Judged(Protocol):
    """Anything that carries a verdict."""

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, or None when no machine can give one."""


J = TypeVar("J", bound=Judged)


def verdict_id(verdict: Verdict | None) -> str:
    """The id the pages know a verdict by."""
    return verdict.value if verdict is not None else "unchecked"


def tally(judged: Iterable[Judged]) -> list[tuple[str, int]]:
    """How many of each verdict there are, in the order of `VERDICTS`, without those that do not occur."""
    counts = Counter(verdict_id(one.verdict) for one in judged)
    return [(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]]


def headline(step: StepView) -> Ruled | None:
    """The reason to show where there is room for one.

    A clause's comes before one of ours, and a rule's own before the bare fact that the step starts elsewhere.
    """
    return first_reason(step.blocking)


def first_reason(found: Iterable[Ruled]) -> Ruled | None:
    """The same of findings that do not all stand on one step."""
    return min(found, key=lambda each: (each.clause is None, "/" in each.rule), default=None)


def clauses(found: Iterable[Ruled]) -> list[str | None]:
    """The clauses behind some findings, each once; None stands for the rules that are ours."""
    named = {one.clause for one in found}
    return [*sorted(clause for clause in named if clause), *([None] if None in named else [])]


def by_rule(found: Sequence[FindingView]) -> list[tuple[FindingView, list[FindingView]]]:
    """Findings grouped by their rule; the rules that ask for attention first, and within each the same."""
    groups: dict[str, list[FindingView]] = {}
    for one in urgent_first(found):
        groups.setdefault(one.rule, []).append(one)
    return [(group[0], group) for group in groups.values()]


def urgent_first(found: Sequence[FindingView]) -> list[FindingView]:
    """Findings in the order of `VERDICTS`: those that ask for attention first."""
    order = list(VERDICTS)
    return sorted(found, key=lambda one: order.index(verdict_id(one.verdict)))


def by_verdict(judged: Sequence[J]) -> list[tuple[str, list[J]]]:
    """The same things grouped by verdict, in the order of `VERDICTS`."""
    return [
        (verdict, [one for one in judged if verdict_id(one.verdict) == verdict])
        for verdict, _count in tally(judged)
    ]


def force_words(force: Force) -> str:
    """How strongly a clause is worded, in words."""
    return str(FORCES[force.value])


def duty_words(scope: str) -> str:
    """What an access token with a scope may do, as the page of rights says it of an office."""
    return say(next((words for duty, words in DUTIES.items() if duty.value == scope), Text(scope, scope)))


def entitled(bodies: Iterable[Said], acting: Mapping[str, Permission]) -> list[Said]:
    """Those of some bodies that the caller may act for, or record for."""
    return [body for body in bodies if body.id in acting and acting[body.id].allowed]


def pairs(said: Iterable[Said]) -> list[tuple[str, str]]:
    """Ids with their labels, as choices of a field."""
    return [(each.id, head(each.label)) for each in said]


def register(app: Flask) -> None:
    """Make the words known to the templates."""
    app.jinja_env.filters.update(
        verdict_id=verdict_id,
        tally=tally,
        by_verdict=by_verdict,
        by_rule=by_rule,
        headline=headline,
        first_reason=first_reason,
        clauses=clauses,
        force=force_words,
        duty=duty_words,
        entitled=entitled,
        pairs=pairs,
    )
    app.jinja_env.globals.update(VERDICTS=VERDICTS, MARKS=MARKS, CHECKS=CHECKS, JUDGED=JUDGED)
