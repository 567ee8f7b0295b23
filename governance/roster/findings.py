"""The group on a date: who sits, who takes part, and what the rules on it say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from governance.conditions.rows import Row
from governance.model import Finding
from governance.record import Record
from governance.referee import judge_rule
from governance.rulebook import Rule, Rulebook
from governance.values import Choice, day, word
from governance.vocabulary import EXCUSE, EXCUSED_BY
from governance.world import World, body_row, rows_of

OF_A_BODY = ("body", "seat", "term")


@dataclass(frozen=True, slots=True)
class Roster:
    """A body's seats, members and participants as rows, with the findings on them."""

    body: Row
    findings: tuple[Finding, ...]


def judges(rule: Rule, row: Row) -> bool:
    """Whether a rule is about this row: ``only`` names bodies, or kinds of items."""
    if not rule.only:
        return True
    if rule.for_each == "item":
        return any(row.facts.get("kind") == word(kind) for kind in rule.only)
    return row.id in rule.only


def judge_group_rule(rule: Rule, row: Row, world: World, *, mending: bool = True) -> Finding:
    """A rule that guards no step, on one row; a reason recorded on the row excuses from a default.

    Without ``mending`` it is not looked for what would mend the finding.
    """
    given, by = row.facts.get(EXCUSE), row.facts.get(EXCUSED_BY)
    excuse = (given.word or "") if isinstance(given, Choice) else ""
    body = (by.word or "") if isinstance(by, Choice) else ""
    scope = world.scope((rule.for_each, row))
    return judge_rule(rule, scope, row.id, excuse=excuse, body=body, mending=mending)


def group_findings(world: World, scopes: Iterable[str], *, mending: bool = True) -> tuple[Finding, ...]:
    """Every rule that guards no step, judged on every row it is for."""
    findings = []
    for scope in scopes:
        rules = [rule for rule in world.rulebook.rules if rule.for_each == scope and not rule.steps]
        rows = rows_of(scope, world) if rules else []
        findings += [
            judge_group_rule(rule, row, world, mending=mending)
            for rule in rules
            for row in rows
            if judges(rule, row)
        ]
    return tuple(findings)


def seats_on(record: Record, rulebook: Rulebook, on: date, body: str) -> Roster:
    """The seats of a body on a date and what the rules say of them; the record should reach no further."""
    world = World(record, rulebook, day(on))
    row = body_row(body, world)
    own = {body, *(seat.id for seat in row.lists["seats"].rows)}
    own |= {term.id for seat in row.lists["seats"].rows for term in seat.lists["terms"].rows}
    found = group_findings(world, OF_A_BODY)
    return Roster(row, tuple(finding for finding in found if finding.subject in own))
