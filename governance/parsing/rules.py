"""Rules and steps: every name they use looked up, every condition resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.conditions.nodes import Expression, Literal
from governance.model import Force
from governance.parsing.conditions import condition
from governance.parsing.dates import check_order
from governance.parsing.due import check_due
from governance.parsing.entries import Entry
from governance.parsing.expressions import expression
from governance.parsing.faultlist import quoted
from governance.parsing.names import UNSURE, Names
from governance.parsing.nouns import text_of, text_or_none
from governance.parsing.rows import Here, Row
from governance.parsing.scalars import DANISH, value_in
from governance.rulebook import Input, Rule, Step
from governance.vocabulary import DATE, LINKS, MAY_LINK, SCOPES

ITEM = "item"
REQUEST = "request"


def rule_of(entry: Entry, names: Names, guarded: str | None = None) -> Rule | None:
    """The rule, or None once anything in the rulebook is wrong; ``guarded`` is the step it stands under."""
    clause = names.clause(entry)
    steps = (guarded,) if guarded is not None else names.refer_all("steps", entry.names("step"))
    takers = [names.steps[step] for step in steps if step in names.steps]
    own = takers[0][0] if takers else ITEM
    for_each = own if guarded is not None else entry.get("for_each")
    others = sorted({scope for scope, _ in takers if scope != for_each})
    if "step" in entry.data and others and for_each is not None:
        message = f"trinnet tages af {quoted(others[0])}, og reglen gælder {quoted(for_each)}"
        help_ = f"skriv `for_each: {others[0]}`, eller fjern `step`"
        names.faults.add("step-not-for-item", entry.at("step"), message, help_)
    only = names.refer_all("kinds" if for_each == ITEM else "bodies", entry.names("only"))
    excused_by = names.refer_all("bodies", entry.names("excused_by"))
    if "excused_by" in entry.data and entry.get("force") not in (Force.DEFAULT.value, None):
        message = f"kun en regel med `force: default` kan fraviges, og denne er {quoted(entry.get('force'))}"
        names.faults.add(
            "bad-force", entry.at("excused_by"), message, "ret `force`, eller fjern `excused_by`"
        )
    if entry.get("force") == Force.DEFAULT.value and "excused_by" not in entry.data:
        message = "en regel med `force: default` siger ikke, hvem der kan fravige den"
        names.faults.add("bad-force", entry.at("force"), message, "tilføj `excused_by: [organ]`")
    check_order(entry, names.faults)
    if for_each not in SCOPES:
        return None
    asked = (Row(REQUEST, REQUEST),) if steps else ()
    beside = {other for _, other in takers}
    if UNSURE in beside or len(takers) < len(steps):
        return None
    other = next(iter(beside)) if len(beside) == 1 else ""
    besides = (Row(other, other),) if other in SCOPES else ()
    here = Here(names, (*asked, Row(for_each, for_each), *besides), condition)
    applies_when = condition(entry.get("applies_when"), entry.at("applies_when"), here)
    requires = condition(entry.get("requires"), entry.at("requires"), here)
    due = _due(entry, here)
    check_due(entry, names)
    if names.faults or requires is None:
        return None
    return Rule(
        id=entry.data["id"],
        clause=clause,
        force=Force(entry.data["force"]),
        for_each=for_each,
        requires=requires,
        label=text_of(entry, "label"),
        only=only,
        steps=steps,
        applies_when=applies_when,
        from_=entry.get("from"),
        to=entry.get("to"),
        due=due,
        excused_by=excused_by,
        otherwise=text_or_none(entry, "otherwise"),
    )


def _due(entry: Entry, here: Here) -> Expression | None:
    written: Any = entry.get("due")
    place = entry.at("due")
    if written is None:
        return None
    if not isinstance(written, Mapping):
        value = value_in(written, DATE, place, here.names)
        return None if value is None else Literal(value)
    typed = expression(written, place, here)
    if typed is None or typed.kind is None:
        return None
    if typed.kind.name != "date":
        message = f"`due` er en dato, og dette er {DANISH[typed.kind.name]}"
        here.faults.add("kind-mismatch", place, message, "skriv en dato, eller en oplysning der er en dato")
    return typed.node


def step_of(entry: Entry, states: Mapping[str, Entry] | None, names: Names, scope: str) -> Step | None:
    """The step, or None once anything in the rulebook is wrong; ``states`` None when they cannot be read.

    ``scope`` is that of the things that take it.
    """
    by, from_ = entry.one("by"), entry.one("from")
    if isinstance(entry.get("act"), str):
        names.refer("acts", entry.data["act"], entry.at("act"))
    bodies = names.refer_all("bodies", by.names("body"))
    by_clause, from_clause = names.clause(by), names.clause(from_)
    from_states = tuple(name for name, _ in from_.names("states"))
    for name, place in (*from_.names("states"), *entry.names("to")):
        if states is not None and name not in states:
            names.faults.unknown("unknown-state", place, name, "en tilstand", states)
    beside = names.steps.get(entry.get("step") or "", (scope, ""))[1]
    asked = entry.many("inputs") if beside != UNSURE else []
    for one in asked:
        if "fact" in one.data:
            names.refer_input(beside or scope, one.data["fact"], one.at("fact"), beside=bool(beside))
    _check_beside(entry, names, scope)
    defaults = [_default_of(one, beside, names, scope) for one in asked]
    rules = [rule_of(rule, names, entry.get("step") or "") for rule in entry.many("rules")]
    if names.faults:
        return None
    return Step(
        id=entry.data["step"],
        label=text_of(entry, "label"),
        act=entry.data["act"],
        by=bodies,
        by_clause=by_clause,
        from_states=from_states,
        from_clause=from_clause,
        to=entry.get("to"),
        inputs=tuple(
            Input(one.data["fact"], one.data.get("required", True), bool(one.get("again")), default)
            for one, default in zip(asked, defaults, strict=True)
        ),
        new_round=bool(entry.get("new_round")),
        rules=tuple(rule for rule in rules if rule is not None),
        adds=entry.get("adds") or "",
        ends=entry.get("ends") or "",
        takes=entry.get("takes") or "",
        history=bool(entry.get("history")),
    )


def _default_of(one: Entry, beside: str, names: Names, scope: str) -> Expression | None:
    """What an input is when nobody says: a value of the fact's kind."""
    written, place, fact = one.get("default"), one.at("default"), one.get("fact")
    kind = names.facts.get(beside or scope, {}).get(fact)
    if written is None or kind is None:
        return None
    if not isinstance(written, Mapping):
        value = value_in(written, kind, place, names)
        return None if value is None else Literal(value)
    rows = (Row(REQUEST, REQUEST), Row(scope, scope), *((Row(beside, beside),) if beside in SCOPES else ()))
    typed = expression(written, place, Here(names, rows, condition))
    if typed is None or typed.kind is None:
        return None
    if typed.kind.name != kind.name:
        message = f"{quoted(fact)} er {DANISH[kind.name]}, og dette er {DANISH[typed.kind.name]}"
        names.faults.add("kind-mismatch", place, message, "skriv en værdi af samme slags")
    return typed.node


def _check_beside(entry: Entry, names: Names, scope: str) -> None:
    """Notes a step about another thing that cannot be, and one that takes a step of nothing."""
    adds, ends = entry.get("adds"), entry.get("ends")
    if adds and ends:
        message = "et trin kan ikke både tilføje og afslutte"
        names.faults.add("conflicting-keys", entry.at("ends"), message, "behold den, der er rigtig", key=True)
    belongs = (*LINKS[adds], *MAY_LINK.get(adds, ())) if adds in LINKS else ()
    if adds and adds in LINKS and scope not in belongs:
        message = f"{quoted(adds)} kan ikke høre til {quoted(scope)}"
        names.faults.add("step-not-for-item", entry.at("adds"), message, "flyt trinnet, eller fjern `adds`")
    if ends and scope != "seat":
        message = f"kun en plads har en periode at afslutte, og dette er {quoted(scope)}"
        names.faults.add("step-not-for-item", entry.at("ends"), message, "flyt trinnet, eller fjern `ends`")
    takes = entry.get("takes")
    if takes is None:
        return
    if scope != "agenda-point":
        message = "kun et dagsordenspunkt tager et trin med sig"
        names.faults.add("step-not-for-item", entry.at("takes"), message, "fjern `takes`")
    elif names.refer("steps", takes, entry.at("takes")) and names.steps.get(takes, (ITEM,))[0] != ITEM:
        message = f"{quoted(takes)} er ikke et trin, en sag tager"
        names.faults.add("step-not-for-item", entry.at("takes"), message, "vælg et trin, en sag tager")
