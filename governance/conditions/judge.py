"""Judge a condition three-valued, keeping what was seen and wanted at every node."""

from __future__ import annotations

from dataclasses import dataclass

from governance.conditions.expressions import evaluate, members
from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Distinct,
    Each,
    Exists,
    Expression,
    Fact,
    Not,
    OneOf,
    ReadingHolds,
    Recorded,
    Rows,
)
from governance.conditions.reasons import NearMiss, Reason
from governance.conditions.rows import Row, Scope
from governance.values import (
    Choice,
    Span,
    Truth,
    Value,
    ValueMismatch,
    all_of,
    any_of,
    compare,
    hull,
    one_of,
    same,
    shift,
    word,
)

CURRENT_ROUND = "current_round"
STANDS = "stands"
YES = word("ja")


def holds(condition: Condition, scope: Scope) -> Truth:
    """Whether the condition holds."""
    return judge(condition, scope).truth


def value_of(expression: Expression, scope: Scope) -> Value:
    """What an expression can be."""
    return evaluate(expression, scope, holds)


def judge(condition: Condition, scope: Scope) -> Reason:
    """The truth of a condition with its reasons.

    Raises ValueMismatch when values of different kinds meet, which a rulebook that was checked never does.
    """
    match condition:
        case All(parts) | AnyOf(parts):
            reasons = tuple(judge(part, scope) for part in parts)
            join = all_of if isinstance(condition, All) else any_of
            return Reason(condition, join(reason.truth for reason in reasons), parts=reasons)
        case Not(part):
            reason = judge(part, scope)
            return Reason(condition, reason.truth.negated, parts=(reason,))
        case Compare(left, operator, right):
            seen, wanted = value_of(left, scope), value_of(right, scope)
            counted = _counted(left, scope)
            truth = compare(seen, operator, wanted)
            return Reason(condition, truth, _subject(left, scope), seen, wanted, counted=counted)
        case OneOf(left, options):
            seen = value_of(left, scope)
            values = [option.value for option in options]
            return Reason(condition, one_of(seen, values), _subject(left, scope), seen, hull(values))
        case About():
            return _judge_about(condition, scope)
        case Recorded(fact, of):
            row = scope.row(of)
            truth = Truth.TRUE if fact in row.recorded else Truth.FALSE
            return Reason(condition, truth, row.id, row.facts.get(fact))
        case ActDone():
            return _judge_act(condition, scope)
        case Exists():
            return _judge_exists(condition, scope)
        case Each():
            return _judge_each(condition, scope)
        case ReadingHolds(name):
            inner = scope.reading(name)
            if isinstance(inner, Span | Choice):
                raise ValueMismatch(f"reading {name} is a value, not a condition")
            reason = judge(inner, scope)
            return Reason(condition, reason.truth, reason.subject, parts=(reason,))


def _subject(expression: Expression, scope: Scope) -> str:
    return scope.row(expression.of).id if isinstance(expression, Fact) else ""


def _counted(expression: Expression, scope: Scope) -> tuple[Value, ...]:
    if not isinstance(expression, Distinct):
        return ()
    found, _ = members(expression.rows, scope, holds)
    return tuple(member.scope.fact(expression.fact, expression.rows.name) for member in found)


def _judge_about(about: About, scope: Scope) -> Reason:
    seen, centre = value_of(about.left, scope), value_of(about.right, scope)
    first = shift(centre, value_of(about.earlier, scope), "days", back=True)
    last = shift(centre, value_of(about.later, scope), "days")
    truth = all_of((compare(seen, "no_earlier_than", first), compare(seen, "no_later_than", last)))
    wanted = Span(first.low, last.high)
    return Reason(about, truth, _subject(about.left, scope), seen, wanted, centre=centre)


@dataclass(frozen=True, slots=True)
class _Test:
    name: str
    truth: Truth


def _act_tests(done: ActDone, row: Row, scope: Scope) -> list[_Test]:
    inner = scope.inside(done.name, row)
    act = inner.fact("act", done.name)
    tests = [_Test("act", one_of(act, map(word, done.acts)))]
    if done.by:
        body = inner.fact("body", done.name)
        tests.append(_Test("by", one_of(body, map(word, done.by))))
    if not done.any_round:
        tests.append(_Test("round", same(inner.fact(CURRENT_ROUND, done.name), YES)))
    tests.append(_Test("stands", same(inner.fact(STANDS, done.name), YES)))
    tests.extend(_Test("where", holds(test, inner)) for test in done.tests)
    return [*tests, _Test("there", row.there)]


def _judge_act(done: ActDone, scope: Scope) -> Reason:
    owner, listing = scope.listing("acts", done.of)
    truths: list[Truth] = []
    near: list[NearMiss] = []
    for row in listing.rows:
        tests = _act_tests(done, row, scope)
        truths.append(all_of(test.truth for test in tests))
        missed = [test for test in tests if test.truth is not Truth.TRUE]
        if len(missed) == 1 and missed[0].name != "act":
            near.append(NearMiss(row.id, tuple(sorted(row.facts.items())), missed[0].name, missed[0].truth))
    found = any_of([*truths, Truth.FALSE if listing.closed else Truth.UNKNOWN])
    asked = tuple(judge(test, scope.inside(done.name, Row("act", ""))) for test in done.tests)
    return Reason(done, found, owner.id, parts=asked, near=tuple(near), open_list=not listing.closed)


def _inner_reasons(
    rows: Rows, satisfy: Condition | None, scope: Scope
) -> tuple[list[tuple[Truth, Reason]], bool]:
    found, closed = members(rows, scope, holds)
    judged = []
    for member in found:
        reason = judge(satisfy, member.scope) if satisfy is not None else Reason(All(()), Truth.TRUE)
        judged.append((member.in_, Reason(reason.condition, reason.truth, member.row.id, parts=(reason,))))
    return judged, closed


def _judge_exists(exists: Exists, scope: Scope) -> Reason:
    judged, closed = _inner_reasons(exists.rows, exists.satisfy, scope)
    truths = [all_of((in_, reason.truth)) for in_, reason in judged]
    near = _near_rows(exists, scope)
    truth = any_of([*truths, Truth.FALSE if closed else Truth.UNKNOWN])
    parts = tuple(reason for (_, reason), row_truth in zip(judged, truths, strict=True) if row_truth is truth)
    owner = scope.row(exists.rows.of)
    return Reason(exists, truth, owner.id, parts=parts, near=near, open_list=not closed)


def _near_rows(exists: Exists, scope: Scope) -> tuple[NearMiss, ...]:
    """Rows that satisfy everything but the ``where``, which would otherwise hide them."""
    rows = exists.rows
    if rows.where is None:
        return ()
    _, listing = scope.listing(rows.collection, rows.of)
    near = []
    for row in listing.rows:
        inner = scope.inside(rows.name, row)
        rest = Truth.TRUE if exists.satisfy is None else holds(exists.satisfy, inner)
        missed = holds(rows.where, inner)
        if row.there is Truth.TRUE and rest is Truth.TRUE and missed is not Truth.TRUE:
            near.append(NearMiss(row.id, tuple(sorted(row.facts.items())), "where", missed))
    return tuple(near)


def _judge_each(each: Each, scope: Scope) -> Reason:
    judged, closed = _inner_reasons(each.rows, each.satisfy, scope)
    truths = [any_of((in_.negated, reason.truth)) for in_, reason in judged]
    truth = all_of([*truths, Truth.TRUE if closed else Truth.UNKNOWN])
    parts = tuple(
        reason for (_, reason), row_truth in zip(judged, truths, strict=True) if row_truth is not Truth.TRUE
    )
    return Reason(each, truth, scope.row(each.rows.of).id, parts=parts, open_list=not closed)
