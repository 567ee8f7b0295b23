"""What would bring it about that a body has done an act, or that none has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from governance.conditions.combine import IMPOSSIBLE, NOTHING_NEEDED, Mend, either, together
from governance.conditions.judge import CURRENT_ROUND, STANDS, YES, holds, value_of
from governance.conditions.narrow import narrow, window_near
from governance.conditions.nodes import About, ActDone, Compare, Condition, Fact, Recorded
from governance.conditions.reasons import Complete, Do, Wait, Way
from governance.conditions.rows import Row, Scope, told
from governance.values import Span, Truth, Value, day, one_of, same, word


def have_done(done: ActDone, scope: Scope, mend: Mend) -> tuple[Way, ...]:
    """That there is such an act: a new one, or one that was done brought to pass."""
    return either([_do(done, scope, mend), _mend_act(done, scope, mend)])


def _do(done: ActDone, scope: Scope, mend: Mend) -> tuple[Way, ...]:
    """Have the act done, today or as soon as its own date may be, and what its other tests need beside it."""
    owner, _ = scope.listing("acts", done.of)
    today = scope.on.low
    for on in _days(done, scope, mend):
        later = _on_day(scope, on)
        act = _new_act(done, on)
        inner = later.inside(done.name, act)
        asked = [test for test in done.tests if not _is_free(test, done, act)]
        waits: tuple[Way, ...] = NOTHING_NEEDED
        earliest = None
        if isinstance(on.low, date) and isinstance(today, date) and on.low > today:
            earliest, waits = on.low, ((Wait(on.low),),)
        rest = tuple(test for test in done.tests if not _is_date_test(test, done.name))
        do = Do(owner.id, done.acts, done.by, earliest, _latest(done, later, on), rest)
        ways = together([((do,),), waits, *(mend(test, inner) for test in asked)])
        if ways:
            return ways
    return IMPOSSIBLE


def _days(done: ActDone, scope: Scope, mend: Mend) -> Iterator[Span]:
    """The days on which a new act might pass: today, and those that a test on its date asks to wait for."""
    today = scope.on.low
    if not isinstance(today, date):
        yield scope.on
        return
    inner = scope.inside(done.name, replace(_new_act(done, scope.on), id=""))
    ways = [way for test in done.tests for way in mend(test, inner)]
    days = {today} | {remedy.until for way in ways for remedy in way if isinstance(remedy, Wait)}
    yield from (day(each) for each in sorted(days))


def _window(test: Compare | About, inner: Scope) -> tuple[str, tuple[Value, ...]]:
    """Where a test wants the date of the act, as far as it can be said whatever is still unknown."""
    if isinstance(test, Compare):
        return test.operator, (value_of(test.right, inner),)
    earlier, later = value_of(test.earlier, inner), value_of(test.later, inner)
    return "about", (window_near(value_of(test.right, inner), earlier, later),)


def _latest(done: ActDone, scope: Scope, on: Span) -> date | None:
    """The last day on which the act would still pass the tests on its date."""
    ends = []
    inner = scope.inside(done.name, _new_act(done, scope.on))
    for test in done.tests:
        if isinstance(test, Compare | About) and _is_date_test(test, done.name):
            left = narrow(Span(on.low, None), *_window(test, inner))
            ends += [left.high] if isinstance(left, Span) and isinstance(left.high, date) else []
    return min(ends, default=None)


def _is_date_test(test: Condition, name: str) -> bool:
    return isinstance(test, Compare | About) and test.left == Fact("on", name)


def _new_act(done: ActDone, on: Span) -> Row:
    """The act as it would be; who the office-holder and the recorder are is still free."""
    facts: dict[str, Value] = {"act": word(done.acts[0]), "on": on, CURRENT_ROUND: YES, STANDS: YES}
    if done.by:
        facts["body"] = word(done.by[0])
    return told("act", done.name, facts)


def _is_free(test: Condition, done: ActDone, act: Row) -> bool:
    """Whether those who do the act can still choose so that it passes the test."""
    return any(fact not in act.facts for fact in _facts_of(test, done.name))


def _facts_of(tree: object, name: str) -> Iterator[str]:
    match tree:
        case Fact(fact, of) | Recorded(fact, of):
            yield from (fact,) if of == name else ()
        case tuple():
            for each in tree:
                yield from _facts_of(each, name)
        case _:
            for each in getattr(tree, "__dataclass_fields__", ()):
                yield from _facts_of(getattr(tree, each), name)


def _on_day(scope: Scope, on: Span) -> Scope:
    """The scope as it would be on a later day."""
    named = tuple(
        (name, replace(row, facts={**row.facts, "on": on}) if row.scope == "request" else row)
        for name, row in scope.named
    )
    return replace(scope, named=named, on=on)


def _mend_act(done: ActDone, scope: Scope, mend: Mend) -> tuple[Way, ...]:
    """Bring an act that was done to pass the tests that do not lie in itself."""
    _, listing = scope.listing("acts", done.of)
    ways = []
    for row in listing.rows:
        inner = scope.inside(done.name, row)
        fixed = [
            one_of(inner.fact("act", done.name), map(word, done.acts)),
            same(inner.fact(STANDS, done.name), YES),
        ]
        if done.by:
            fixed.append(one_of(inner.fact("body", done.name), map(word, done.by)))
        if not done.any_round:
            fixed.append(same(inner.fact(CURRENT_ROUND, done.name), YES))
        if all(truth is Truth.TRUE for truth in fixed):
            parts = [mend(test, inner) for test in done.tests]
            ways.append(together([*parts, _come_to_pass(row, scope)]))
    return either(ways)


def _come_to_pass(row: Row, scope: Scope) -> tuple[Way, ...]:
    """Wait until an act dated later than the request has been done."""
    on = row.facts.get("on")
    if row.there is Truth.TRUE:
        return NOTHING_NEEDED
    if isinstance(on, Span) and isinstance(on.high, date) and isinstance(scope.on.low, date):
        return ((Wait(max(on.high, scope.on.low)),),)
    return IMPOSSIBLE


def have_none(done: ActDone, scope: Scope, mend: Mend) -> tuple[Way, ...]:
    """That there is no such act: complete the list, and bring those that match to fail one of their tests."""
    owner, listing = scope.listing("acts", done.of)
    parts: list[tuple[Way, ...]] = []
    for row in listing.rows:
        alone = replace(owner, lists={**owner.lists, "acts": replace(listing, rows=(row,), closed=True)})
        if holds(done, scope.inside(done.of, alone)) is not Truth.FALSE:
            inner = scope.inside(done.name, row)
            parts.append(either(mend(test, inner, wanted=False) for test in done.tests))
    if not listing.closed:
        parts.append(((Complete(owner.id, "acts"),),))
    return together(parts)
