"""One rule judged on one row: its finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from governance.conditions.judge import judge, value_of
from governance.conditions.mend import mend
from governance.conditions.reasons import Explain, Reason, Way
from governance.conditions.rows import Scope
from governance.model import Finding, Force, Text, Verdict
from governance.rulebook import Rule
from governance.values import Span, Truth, at_most

CANNOT_JUDGE = Text("reglen kunne ikke bedømmes", "the rule could not be judged")


def judge_rule(
    rule: Rule, scope: Scope, subject: str, *, excuse: str = "", body: str = "", mending: bool = True
) -> Finding:
    """What a rule says of one row, with the ways that would mend it unless ``mending`` is off.

    ``excuse`` is the recorded reason for departing from a default, given by ``body``. A rule that cannot
    be judged gives unknown, which blocks a must: the check never fails open.
    """
    finding = Finding(rule.id, rule.clause, rule.force, Verdict.UNKNOWN, subject, None, text=rule.otherwise)
    if not _in_time(rule, scope.on):
        return replace(finding, verdict=Verdict.NOT_APPLICABLE)
    try:
        return _judged(rule, finding, scope, excuse, body, mending=mending)
    except Exception as error:  # noqa: BLE001 - law 3: a check that errs refuses and says so
        text = Text(f"{CANNOT_JUDGE.da}: {error}", f"{CANNOT_JUDGE.en}: {error}")
        return replace(finding, text=text)


def _judged(rule: Rule, finding: Finding, scope: Scope, excuse: str, body: str, *, mending: bool) -> Finding:
    applies = judge(rule.applies_when, scope) if rule.applies_when is not None else None
    if applies is not None and applies.truth is Truth.FALSE:
        return replace(finding, verdict=Verdict.NOT_APPLICABLE, reason=None, applies=applies)
    reason = judge(rule.requires, scope)
    verdict = _verdict(rule, reason, applies, scope)
    ways: tuple[Way, ...] = ()
    if mending and verdict is not Verdict.KEPT:
        ways = mend(rule.requires, scope)
        if rule.applies_when is not None:
            ways = (*ways, *mend(rule.applies_when, scope, wanted=False, change=False))
    if rule.force is Force.DEFAULT and verdict in (Verdict.BROKEN, Verdict.UNKNOWN):
        if excuse and (not rule.excused_by or body in rule.excused_by):
            verdict = Verdict.WAIVED
        else:
            ways = (*ways, (Explain(rule.excused_by),))
    return replace(finding, verdict=verdict, reason=reason, applies=applies, ways=ways)


def _verdict(rule: Rule, reason: Reason, applies: Reason | None, scope: Scope) -> Verdict:
    if reason.truth is Truth.TRUE:
        return Verdict.KEPT
    if reason.truth is Truth.UNKNOWN or (applies is not None and applies.truth is Truth.UNKNOWN):
        return Verdict.UNKNOWN
    if rule.due is not None:
        passed = at_most(scope.on, value_of(rule.due, scope))
        if passed is Truth.TRUE:
            return Verdict.OPEN
        if passed is Truth.UNKNOWN:
            return Verdict.UNKNOWN
    return Verdict.BROKEN


def _in_time(rule: Rule, on: Span) -> bool:
    before = rule.from_ is not None and isinstance(on.high, date) and on.high < rule.from_
    after = rule.to is not None and isinstance(on.low, date) and on.low > rule.to
    return not before and not after
