"""What would mend a refusal, said as something to do."""

from __future__ import annotations

from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Each,
    Exists,
    Not,
    OneOf,
    ReadingHolds,
    Recorded,
)
from governance.conditions.reasons import (
    ActAs,
    Change,
    ComeTo,
    Complete,
    Do,
    Explain,
    Reach,
    Record,
    Remedy,
    Supply,
    Wait,
    Way,
)
from governance.model import Text
from governance.prose.conditions import held_against, say_condition, say_expression
from governance.prose.labels import COLLECTIONS, both, either, every, fact_label, label, quoted, thing_in
from governance.prose.spoken import spoken
from governance.prose.values import is_yes_or_no, say_day, say_value
from governance.rulebook import Rulebook

CONDITIONS = (ActDone, All, AnyOf, Compare, Each, Exists, Not, OneOf, About, ReadingHolds, Recorded)


def _name(text: str) -> Text:
    return Text(text, text)


def say_remedy(remedy: Remedy, rulebook: Rulebook) -> Text:
    """One remedy as a wish in the imperative."""
    match remedy:
        case Do():
            return _say_do(remedy, rulebook)
        case Record(entity, fact, "recorded"):
            return both(
                "registrér {fact} for {entity}",
                "record {fact} of {entity}",
                fact=fact_label(rulebook, fact),
                entity=spoken(entity),
            )
        case Record(entity, fact, operator, wanted):
            named = both(
                "{fact} for {entity}",
                "{fact} of {entity}",
                fact=fact_label(rulebook, fact),
                entity=spoken(entity),
            )
            if is_yes_or_no(wanted):
                return both("registrér {named}", "record {named}", named=named)
            it = _held(named, operator, wanted, rulebook)
            return both("registrér, om {it}", "record whether {it}", it=it)
        case Change(entity, fact, operator, wanted):
            return both(
                "få ændret {entity}, så {it}",
                "have {entity} changed so that {it}",
                entity=spoken(entity),
                it=_held(fact_label(rulebook, fact), operator, wanted, rulebook),
            )
        case Complete(entity, collection):
            return both(
                "erklær listen over {rows} for {entity} komplet",
                "declare the list of {rows} of {entity} complete",
                rows=COLLECTIONS.get(collection, _name(collection)),
                entity=spoken(entity),
            )
        case Wait(until):
            return both("vent til {until}", "wait until {until}", until=say_day(until))
        case Reach(_, what, operator, wanted):
            return _say_reach(what, operator, wanted, rulebook)
        case ActAs(bodies):
            return both(
                "lad {by} tage skridtet",
                "let {by} take the step",
                by=either(label(rulebook, b) for b in bodies),
            )
        case ComeTo(states):
            return both(
                "få først {thing} frem til {states}",
                "first bring {thing} to {states}",
                thing=thing_in(rulebook, states[0]),
                states=either(quoted(label(rulebook, state)) for state in states),
            )
        case Explain(bodies):
            if not bodies:
                return Text("begrund afvigelsen", "record a reason for departing from it")
            return both(
                "lad {by} begrunde afvigelsen",
                "have {by} record a reason for departing from it",
                by=either(label(rulebook, body) for body in bodies),
            )
        case Supply(fact, operator, wanted):
            named = fact_label(rulebook, fact)
            if not operator:
                return both("oplys {fact}", "supply {fact}", fact=named)
            it = _held(named, operator, wanted, rulebook)
            return both("udfyld skridtet, så {it}", "fill in the step so that {it}", it=it)


def _held(left: Text, operator: str, wanted: tuple[object, ...], rulebook: Rulebook) -> Text:
    right = either(say_value(value, rulebook) for value in wanted)  # type: ignore[arg-type]  # remedies hold values
    return held_against(operator, left, right)


def _say_do(do: Do, rulebook: Rulebook) -> Text:
    act = either(label(rulebook, name) for name in do.acts)
    if do.by:
        by = either(label(rulebook, body) for body in do.by)
        said = both("få {act} fra {by}", "obtain {act} from {by}", act=act, by=by)
    else:
        said = both("få {act}", "obtain {act}", act=act)
    if do.earliest is not None:
        said = both(
            "{said}, tidligst {day}", "{said}, no earlier than {day}", said=said, day=say_day(do.earliest)
        )
    if do.latest is not None:
        said = both("{said}, senest {day}", "{said}, no later than {day}", said=said, day=say_day(do.latest))
    if do.tests:
        tests = every(say_condition(test, rulebook) for test in do.tests)
        said = both("{said}, hvor {tests}", "{said} where {tests}", said=said, tests=tests)
    return said


def _say_reach(what: object, operator: str, wanted: tuple[object, ...], rulebook: Rulebook) -> Text:
    if isinstance(what, CONDITIONS):
        return both("sørg for, at {it}", "see to it that {it}", it=_as_condition(what, rulebook))
    left = say_expression(what, rulebook)  # type: ignore[arg-type]  # what is not a condition is an expression
    return both("sørg for, at {it}", "see to it that {it}", it=_held(left, operator, wanted, rulebook))


def _as_condition(what: Condition, rulebook: Rulebook) -> Text:
    return say_condition(what, rulebook)


def say_way(way: Way, rulebook: Rulebook) -> Text:
    """The remedies of one way, in order; what is to be brought about for several things is said once."""
    said: dict[Text, list[str]] = {}
    for remedy in way:
        things = said.setdefault(say_remedy(remedy, rulebook), [])
        if isinstance(remedy, Reach):
            things.append(remedy.entity)
    texts = [_for_several(text, things, rulebook) for text, things in said.items()]
    return Text(", og så ".join(t.da for t in texts), ", and then ".join(t.en for t in texts))


def _for_several(text: Text, things: list[str], rulebook: Rulebook) -> Text:
    named = [label(rulebook, thing) for thing in dict.fromkeys(things) if thing]
    if len(named) <= 1:
        return text
    return both("{text} (gælder {named})", "{text} (this goes for {named})", text=text, named=every(named))
