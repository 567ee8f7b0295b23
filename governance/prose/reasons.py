"""Why a condition came out as it did: what was seen, and what was wanted."""

from __future__ import annotations

from datetime import date

from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Each,
    Exists,
    Expression,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
)
from governance.conditions.reasons import NearMiss, Reason
from governance.model import Text
from governance.prose.conditions import (
    BARE,
    UNMET,
    closed,
    held_against,
    none_of,
    say_act,
    say_condition,
    say_expression,
    say_none,
    say_rows,
    unit_of,
)
from governance.prose.labels import both, every, label, quoted
from governance.prose.owning import own
from governance.prose.values import NOT_RECORDED, is_yes_or_no, say_value, say_weekday
from governance.rulebook import Rulebook
from governance.values import Choice, Span, Truth, Value, is_known

MOST_ROWS = 6


def say_reason(reason: Reason, rulebook: Rulebook) -> Text:
    """A reason as one sentence without full stop; the parts of *and* and *or* are set apart by semicolons."""
    match reason.condition:
        case Compare(left, operator, right):
            said = say_expression(left, rulebook)
            return _say_compared(reason, said, operator, rulebook, unit_of(left, rulebook), right)
        case OneOf(left):
            return _say_compared(reason, say_expression(left, rulebook), "one_of", rulebook, "")
        case About(left):
            return _say_compared(reason, say_expression(left, rulebook), "about", rulebook, "")
        case Recorded(fact, of):
            name = say_expression(Fact(fact, of), rulebook)
            if reason.truth is Truth.TRUE:
                return both("{name} er registreret", "{name} is recorded", name=name)
            return both("{name} er ikke registreret", "{name} is not recorded", name=name)
        case All() | AnyOf():
            return _say_parts(reason, rulebook)
        case Not(ActDone() as done) if reason.truth is Truth.TRUE:
            return both("der foreligger ikke {act}", "there is not {act}", act=say_act(done, rulebook))
        case Not():
            return say_reason(reason.parts[0], rulebook)
        case ReadingHolds(name):
            phrase = rulebook.reading_by_id[name].phrase
            answer = {
                Truth.TRUE: Text(
                    "»{phrase}« (læsningen {id}): ja, {why}", "“{phrase}” (reading {id}): yes, {why}"
                ),
                Truth.FALSE: Text(
                    "»{phrase}« (læsningen {id}): nej, {why}", "“{phrase}” (reading {id}): no, {why}"
                ),
                Truth.UNKNOWN: Text(
                    "»{phrase}« (læsningen {id}): uafgjort, {why}",
                    "“{phrase}” (reading {id}): undecided, {why}",
                ),
            }[reason.truth]
            why = say_reason(reason.parts[0], rulebook)
            return both(answer.da, answer.en, phrase=Text(phrase, phrase), id=Text(name, name), why=why)
        case ActDone():
            return _say_act_reason(reason, reason.condition, rulebook)
        case Exists() | Each():
            return _say_rows_reason(reason, reason.condition, rulebook)


def _say_seen(value: Value | None, rulebook: Rulebook, unit: str) -> Text:
    if value is None:
        return NOT_RECORDED
    said = say_value(value, rulebook, unit)
    return quoted(said) if isinstance(value, Choice) and value.word and "," in said.da else said


def _say_compared(
    reason: Reason, left: Text, operator: str, rulebook: Rulebook, unit: str, right: Expression | None = None
) -> Text:
    seen = _say_left(reason, rulebook, unit)
    wanted = _say_right(reason, rulebook, unit, right)
    asked = both(BARE[operator].da, BARE[operator].en, right=wanted)
    left = closed(left)
    if is_yes_or_no((reason.wanted,)) and seen == NOT_RECORDED:
        return both("{left} er {seen}", "{left} is {seen}", left=left, seen=seen)
    if is_yes_or_no((reason.wanted,)) and reason.truth is not Truth.UNKNOWN:
        return both("{left}: {seen}", "{left}: {seen}", left=left, seen=seen)
    if reason.truth is Truth.TRUE:
        return both("{left} er {seen}", "{left} is {seen}", left=left, seen=seen)
    if reason.truth is Truth.FALSE and operator in UNMET:
        how = both(UNMET[operator].da, UNMET[operator].en, right=wanted)
        return both("{left} er {seen}, {how}", "{left} is {seen}, {how}", left=left, seen=seen, how=how)
    if reason.truth is Truth.FALSE:
        return both(
            "{left} er {seen}, ikke {asked}",
            "{left} is {seen}, not {asked}",
            left=left,
            seen=seen,
            asked=asked,
        )
    return both(
        "{left} er {seen}, så det er uafgjort, om det er {asked}",
        "{left} is {seen}, so it is undecided whether it is {asked}",
        left=left,
        seen=seen,
        asked=asked,
    )


def _say_left(reason: Reason, rulebook: Rulebook, unit: str) -> Text:
    """What was seen; a fact that can still be anything is not recorded, and what was counted is named."""
    left = getattr(reason.condition, "left", None)
    if isinstance(left, Fact) and reason.seen in rulebook.unknown_values(left.name):
        return NOT_RECORDED
    seen = _say_seen(reason.seen, rulebook, unit)
    if not reason.counted:
        return seen
    known = sorted(
        {value.word for value in reason.counted if isinstance(value, Choice) and value.word}, key=str
    )
    missing = sum(not is_known(value) for value in reason.counted)
    named = [label(rulebook, word) for word in known]
    if missing:
        named.append(Text(f"{missing} ikke registreret", f"{missing} not recorded"))
    return both("{seen} ({named})", "{seen} ({named})", seen=seen, named=every(named))


def _say_right(reason: Reason, rulebook: Rulebook, unit: str, right: Expression | None) -> Text:
    """What was wanted: the value when it is known, else how it is reckoned."""
    wanted = _say_seen(reason.wanted, rulebook, unit)
    if isinstance(right, Reading):
        read = Text(right.name, right.name)
        return both("{right} (læsningen »{id}«)", "{right} (reading “{id}”)", right=wanted, id=read)
    if right is None or isinstance(right, Literal) or (reason.wanted is not None and is_known(reason.wanted)):
        return wanted
    return say_expression(right, rulebook, unit)


def _say_parts(reason: Reason, rulebook: Rulebook) -> Text:
    said = dict.fromkeys(say_reason(leaf, rulebook) for leaf in _leaves(reason))
    return Text("; ".join(text.da for text in said), "; ".join(text.en for text in said))


def _leaves(reason: Reason) -> list[Reason]:
    """The single reasons that decide *and*, *or* and *not*, each once however many names its row goes by."""
    leaves: dict[object, Reason] = {}
    for part in _deciding(reason):
        found = _leaves(part) if isinstance(part.condition, All | AnyOf | Not) else [part]
        for leaf in found:
            leaves.setdefault(_same_thing(leaf), leaf)
    return list(leaves.values())


def _deciding(reason: Reason) -> tuple[Reason, ...]:
    if isinstance(reason.condition, Not):
        return reason.parts
    return tuple(part for part in reason.parts if part.truth is reason.truth) or reason.parts


def _same_thing(leaf: Reason) -> object:
    match leaf.condition:
        case Compare(Fact(name), operator):
            return name, operator, leaf.subject, leaf.seen, leaf.wanted
        case Recorded(fact):
            return fact, leaf.subject
    return leaf


def _say_act_reason(reason: Reason, done: ActDone, rulebook: Rulebook) -> Text:
    act = say_act(done, rulebook)
    if reason.truth is Truth.TRUE:
        return both("der foreligger {act}", "there is {act}", act=act)
    if reason.near:
        said = both("der er {none}, der tæller", "there is {none} that counts", none=none_of(act))
    elif reason.truth is Truth.FALSE or not reason.open_list:
        said = both("{act} mangler", "{act} is missing", act=act)
    else:
        said = both(
            "{act} er ikke registreret, og registreringen er ikke erklæret komplet",
            "{act} is not recorded, and the record is not declared complete",
            act=act,
        )
    asked = [_say_wanted(part, rulebook) for part in reason.parts]
    if asked:
        said = both("{said} (krav: {asked})", "{said} (wanted: {asked})", said=said, asked=every(asked))
    if not reason.near:
        return said
    near = every(_say_near(miss, rulebook) for miss in reason.near[:MOST_ROWS])
    return both("{said}; {near}", "{said}; {near}", said=said, near=near)


def _say_wanted(test: Reason, rulebook: Rulebook) -> Text:
    """What an act that is missing would have to be like."""
    if isinstance(test.condition, About) and isinstance(test.centre, Span):
        day = test.centre.point
        span = _say_seen(test.wanted, rulebook, "")
        if not isinstance(day, date):
            return span
        return both("omkring {near}, {span}", "about {near}, {span}", near=say_weekday(day), span=span)
    if isinstance(test.condition, Compare) and test.wanted is not None and is_known(test.wanted):
        wanted = say_value(test.wanted, rulebook)
        left = say_expression(test.condition.left, rulebook)
        return held_against(test.condition.operator, left, wanted)
    return say_condition(test.condition, rulebook)


_MISSES = {
    "by": Text("den er fra {body}", "it is by {body}"),
    "round": Text("den er fra før sagen blev genåbnet", "it is from before the item was reopened"),
    "stands": Text(
        "den dækker ikke længere: det, den så, er vokset siden", "it no longer covers: what it saw has grown"
    ),
    "where": Text("den opfylder ikke kravet", "it does not meet the requirement"),
    "later": Text("den er dateret senere", "it is dated later"),
    "undecided": Text(
        "det er uafgjort, om den opfylder kravet", "it is undecided whether it meets the requirement"
    ),
    "there": Text("dens dato er ikke kendt nøje nok", "its date is not known well enough"),
}


def _say_near(miss: NearMiss, rulebook: Rulebook) -> Text:
    words = dict(miss.words)
    act = say_value(words["act"], rulebook) if "act" in words else Text(miss.row, miss.row)
    body = say_value(words["body"], rulebook) if "body" in words else Text("", "")
    failed = {
        ("where", Truth.UNKNOWN): "undecided",
        ("there", Truth.FALSE): "later",
    }.get((miss.failed, miss.truth), miss.failed)
    why = both(_MISSES[failed].da, _MISSES[failed].en, body=body)
    on = say_value(words["on"], rulebook) if "on" in words else None
    if on is None:
        return both("{act} findes, men {why}", "{act} exists, but {why}", act=act, why=why)
    return both(
        "{act} er registreret ({on}), men {why}",
        "{act} is recorded ({on}), but {why}",
        act=act,
        on=on,
        why=why,
    )


def _say_rows_reason(reason: Reason, condition: Exists | Each, rulebook: Rulebook) -> Text:
    if isinstance(condition, Exists):
        said = _say_found(reason.truth, condition, rulebook)
    else:
        said = _say_each(reason.truth, condition, rulebook)
    if reason.truth is Truth.TRUE:
        return said
    named = [label(rulebook, part.subject) for part in reason.parts[:MOST_ROWS] if part.subject]
    if named:
        said = both("{said}: {named}", "{said}: {named}", said=said, named=every(named))
    if reason.open_list:
        said = both(
            "{said} (listen er ikke erklæret komplet)",
            "{said} (the list is not declared complete)",
            said=said,
        )
    return said


def _say_found(truth: Truth, condition: Exists, rulebook: Rulebook) -> Text:
    if truth is Truth.FALSE:
        none = say_none(condition.rows, rulebook, condition.satisfy)
        return both("der er {none}", "there is {none}", none=none)
    it = say_condition(condition, rulebook)
    return (
        it
        if truth is Truth.TRUE
        else both("det er ikke registreret, at {it}", "it is not recorded that {it}", it=it)
    )


def _say_each(truth: Truth, condition: Each, rulebook: Rulebook) -> Text:
    pattern = {
        Truth.TRUE: Text("for alle {rows} gælder det, at {it}", "for all {rows}, {it}"),
        Truth.FALSE: Text(
            "det gælder ikke for alle {rows}, at {it}", "it does not hold for all {rows} that {it}"
        ),
        Truth.UNKNOWN: Text(
            "det er uafgjort, om det for alle {rows} gælder, at {it}",
            "it is undecided whether, for all {rows}, {it}",
        ),
    }[truth]
    rows = closed(say_rows(condition.rows, rulebook))
    it = say_condition(own(condition.satisfy, condition.rows), rulebook)
    if truth is Truth.FALSE:
        rows = Text(rows.da.removesuffix(","), rows.en)
    return both(pattern.da, pattern.en, rows=rows, it=it)
