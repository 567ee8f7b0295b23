"""A condition or a rule restated as a sentence, read straight off its tree."""

from __future__ import annotations

from collections.abc import Mapping

from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Distinct,
    Each,
    Exists,
    Expression,
    Extreme,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.model import Force, Text
from governance.prose.labels import (
    COLLECTIONS,
    SINGLE,
    both,
    either,
    every,
    fact_label,
    fact_plural,
    label,
)
from governance.prose.owning import HOME, own, say_thing
from governance.prose.values import say_value
from governance.rulebook import Rule, Rulebook
from governance.values import number

OPERATORS: Mapping[str, Text] = {
    "is": Text("er {right}", "is {right}"),
    "is_not": Text("er en anden end {right}", "is other than {right}"),
    "at_least": Text("er mindst {right}", "is at least {right}"),
    "at_most": Text("er højst {right}", "is at most {right}"),
    "more_than": Text("er mere end {right}", "is more than {right}"),
    "less_than": Text("er mindre end {right}", "is less than {right}"),
    "before": Text("ligger før {right}", "is before {right}"),
    "after": Text("ligger efter {right}", "is after {right}"),
    "no_later_than": Text("er senest {right}", "is no later than {right}"),
    "no_earlier_than": Text("er tidligst {right}", "is no earlier than {right}"),
    "one_of": Text("er {right}", "is {right}"),
    "none_of": Text("er ikke {right}", "is not {right}"),
    "about": Text("ligger {right}", "is {right}"),
    "not_about": Text("ligger uden for {right}", "is outside {right}"),
    "recorded": Text("er registreret", "is recorded"),
    "exists": Text("findes", "exists"),
}
BARE: Mapping[str, Text] = {
    "is": Text("{right}", "{right}"),
    "at_least": Text("mindst {right}", "at least {right}"),
    "at_most": Text("højst {right}", "at most {right}"),
    "more_than": Text("mere end {right}", "more than {right}"),
    "less_than": Text("mindre end {right}", "less than {right}"),
    "before": Text("før {right}", "before {right}"),
    "after": Text("efter {right}", "after {right}"),
    "no_later_than": Text("senest {right}", "no later than {right}"),
    "no_earlier_than": Text("tidligst {right}", "no earlier than {right}"),
    "one_of": Text("{right}", "{right}"),
    "about": Text("{right}", "{right}"),
}
"""The operators without a verb."""
UNMET: Mapping[str, Text] = {
    "at_least": Text("mindre end {right}", "less than {right}"),
    "at_most": Text("mere end {right}", "more than {right}"),
    "more_than": Text("højst {right}", "at most {right}"),
    "less_than": Text("mindst {right}", "at least {right}"),
    "before": Text("tidligst {right}", "no earlier than {right}"),
    "after": Text("senest {right}", "no later than {right}"),
    "no_later_than": Text("efter {right}", "after {right}"),
    "no_earlier_than": Text("før {right}", "before {right}"),
}
"""How a value that does not compare stands to the other, where there is a word for it."""

UNITS: Mapping[str, Text] = {
    "days": Text("dage", "days"),
    "weeks": Text("uger", "weeks"),
    "months": Text("måneder", "months"),
    "years": Text("år", "years"),
}
ONE: Mapping[str, Text] = {
    "days": Text("dag", "day"),
    "weeks": Text("uge", "week"),
    "months": Text("måned", "month"),
    "years": Text("år", "year"),
}
FORCES: Mapping[Force, Text] = {
    Force.MUST: Text("Skal", "Must"),
    Force.DEFAULT: Text("Som udgangspunkt", "As a rule"),
    Force.SHOULD: Text("Forventes", "Expected"),
    Force.MAY: Text("Kan", "May"),
    Force.GOAL: Text("Formål", "Goal"),
}


def held_against(operator: str, left: Text, right: Text) -> Text:
    """left operator right, as a clause."""
    pattern = OPERATORS[operator]
    return both("{left} " + pattern.da, "{left} " + pattern.en, left=closed(left), right=right)


def closed(noun: Text) -> Text:
    """A noun phrase before its verb: in Danish a comma ends the clause it carries."""
    return Text(f"{noun.da}," if ", hvor " in noun.da and not noun.da.endswith(")") else noun.da, noun.en)


def unit_of(expression: Expression, rulebook: Rulebook) -> str:
    """The unit in which an expression is counted, when its fact declares one."""
    if isinstance(expression, Fact):
        found = rulebook.fact_by_id.get(expression.name)
        return found.kind.unit if found is not None else ""
    return ""


def say_rows(rows: Rows, rulebook: Rulebook, satisfy: Condition | None = None) -> Text:
    """The rows of a collection for which its ``where`` holds, and what else they must satisfy."""
    name = COLLECTIONS.get(rows.collection, Text(rows.collection, rows.collection))
    return _where(name, rows, satisfy, rulebook)


def say_one(rows: Rows, rulebook: Rulebook, satisfy: Condition | None = None) -> Text:
    """One of the rows of a collection for which its ``where`` holds, and what else it must satisfy."""
    name = SINGLE.get(rows.collection, Text(f"en af {rows.collection}", f"one of {rows.collection}"))
    return _where(name, rows, satisfy, rulebook)


def say_none(rows: Rows, rulebook: Rulebook, satisfy: Condition | None = None) -> Text:
    """No row of a collection for which its ``where`` holds, nor what else it must satisfy."""
    one = SINGLE.get(rows.collection, Text(f"en af {rows.collection}", f"a one of {rows.collection}"))
    return _where(none_of(one), rows, satisfy, rulebook)


def none_of(one: Text) -> Text:
    """No such thing, of a noun with its article; any other text as it is."""
    article, _, noun = one.da.partition(" ")
    da = f"{'intet' if article == 'et' else 'ingen'} {noun}" if article in ("en", "et") else f"ingen {one.da}"
    article, _, noun = one.en.partition(" ")
    return Text(da, f"no {noun}" if article in ("a", "an") else f"no {one.en}")


def _where(name: Text, rows: Rows, satisfy: Condition | None, rulebook: Rulebook) -> Text:
    asked = [say_condition(own(each, rows), rulebook) for each in (rows.where, satisfy) if each is not None]
    if not asked:
        return name
    return both("{name}, hvor {asked}", "{name} where {asked}", name=name, asked=every(asked))


def _say_those(rows: Rows, rulebook: Rulebook) -> Text:
    """The rows of a collection with its ``where`` in brackets, so that another *where* can follow."""
    if rows.where is None:
        return say_rows(rows, rulebook)
    name = COLLECTIONS.get(rows.collection, Text(rows.collection, rows.collection))
    asked = say_condition(own(rows.where, rows), rulebook)
    return both("{name} (dem, hvor {asked})", "{name} (those where {asked})", name=name, asked=asked)


def _of(named: Text, of: str) -> Text:
    return both("{name} for {of}", "{name} of {of}", name=named, of=say_thing(of))


def say_expression(expression: Expression, rulebook: Rulebook, unit: str = "") -> Text:
    """A value expression as a noun phrase."""
    match expression:
        case Literal(value):
            return say_value(value, rulebook, unit)
        case Fact("id", of):
            return say_thing(of)
        case Fact(name, of):
            named = fact_label(rulebook, name)
            if of in HOME:
                return named
            return _of(named, of)
        case Reading(name):
            reading = rulebook.reading_by_id[name]
            values = [dated.meaning for dated in reading.values if not isinstance(dated.meaning, Condition)]
            said = either(say_value(value, rulebook, unit or reading.unit) for value in values)
            return both(
                "{said} (læsningen »{id}«)", "{said} (reading “{id}”)", said=said, id=Text(name, name)
            )
        case Count(rows, same):
            counted = say_rows(rows, rulebook)
            if same is None:
                return both("antallet af {rows}", "the number of {rows}", rows=counted)
            return both(
                "det største antal {rows} med {same} til fælles",
                "the largest number of {rows} with {same} in common",
                rows=counted,
                same=fact_label(rulebook, same),
            )
        case Distinct(fact, rows):
            return both(
                "antallet af forskellige {fact} blandt {rows}",
                "the number of different {fact} among {rows}",
                fact=fact_plural(rulebook, fact),
                rows=say_rows(rows, rulebook),
            )
        case Share(rows, satisfy, same):
            if satisfy is None:
                return both(
                    "den største andel af {rows} med {same} til fælles",
                    "the largest share of {rows} with {same} in common",
                    rows=say_rows(rows, rulebook),
                    same=fact_label(rulebook, same or ""),
                )
            return both(
                "andelen af {rows}, hvor {part}",
                "the share of {rows} where {part}",
                rows=_say_those(rows, rulebook),
                part=say_condition(own(satisfy, rows), rulebook),
            )
        case Extreme(which, fact, rows):
            first = Text("tidligste", "earliest") if which == "earliest" else Text("seneste", "latest")
            return both(
                "{fact} for den {first} blandt {rows}",
                "{fact} of the {first} among {rows}",
                first=first,
                fact=fact_label(rulebook, fact),
                rows=say_rows(rows, rulebook),
            )
        case _:
            return _say_shift(expression, rulebook)


def _say_shift(shift: Shift, rulebook: Rulebook) -> Text:
    moved = Text("før", "before") if shift.back else Text("efter", "after")
    base = say_expression(shift.base, rulebook)
    if not isinstance(shift.amount, Reading):
        amount = say_expression(shift.amount, rulebook)
        return both(
            "{amount} {unit} {moved} {base}",
            "{amount} {unit} {moved} {base}",
            amount=amount,
            unit=(ONE if shift.amount == Literal(number(1)) else UNITS)[shift.unit],
            moved=moved,
            base=base,
        )
    reading = rulebook.reading_by_id[shift.amount.name]
    values = [dated.meaning for dated in reading.values if not isinstance(dated.meaning, Condition)]
    return both(
        "{amount} {unit} {moved} {base} (læsningen »{id}«)",
        "{amount} {unit} {moved} {base} (reading “{id}”)",
        amount=either(say_value(value, rulebook) for value in values),
        unit=UNITS[shift.unit],
        moved=moved,
        base=base,
        id=Text(reading.id, reading.id),
    )


def say_act(done: ActDone, rulebook: Rulebook) -> Text:
    """The act a condition asks for, with who does it."""
    act = either(label(rulebook, name) for name in done.acts)
    if not done.by:
        return act
    return both(
        "{act} fra {by}", "{act} by {by}", act=act, by=either(label(rulebook, body) for body in done.by)
    )


def say_condition(condition: Condition, rulebook: Rulebook) -> Text:
    """A condition as a clause that can follow *at* or *that*."""
    match condition:
        case Compare(left, operator, right):
            right_said = say_expression(right, rulebook, unit_of(left, rulebook))
            left_said = say_expression(left, rulebook)
            if isinstance(left, Fact) and isinstance(right, Fact) and left.name == right.name:
                if operator == "is":
                    return _say_same(left_said, right.of)
                right_said = _of(fact_label(rulebook, right.name), right.of)
            return held_against(operator, left_said, right_said)
        case OneOf(left, options):
            return held_against(
                "one_of",
                say_expression(left, rulebook),
                either(say_value(option.value, rulebook) for option in options),
            )
        case About(left, right, earlier, later):
            return both(
                "{left} ligger omkring {right} (højst {earlier} dage før og {later} dage efter)",
                "{left} is about {right} (at most {earlier} days before and {later} days after)",
                left=say_expression(left, rulebook),
                right=say_expression(right, rulebook),
                earlier=say_expression(earlier, rulebook),
                later=say_expression(later, rulebook),
            )
        case Recorded(fact, of):
            return held_against("recorded", say_expression(Fact(fact, of), rulebook), Text("", ""))
        case All(parts):
            return every(_say_part(part, AnyOf, rulebook) for part in parts)
        case AnyOf(parts):
            return either(_say_part(part, All, rulebook) for part in parts)
        case Not(part):
            return both(
                "det ikke er sådan, at {part}", "it is not so that {part}", part=say_condition(part, rulebook)
            )
        case ActDone():
            said = both("der foreligger {act}", "there is {act}", act=say_act(condition, rulebook))
            tests = [say_condition(test, rulebook) for test in condition.tests]
            if not tests:
                return said
            return both("{said}, hvor {tests}", "{said} where {tests}", said=said, tests=every(tests))
        case Exists() | Each():
            return _say_listed(condition, rulebook)
        case ReadingHolds(name):
            return _say_reading(name, rulebook)


def _say_listed(condition: Exists | Each, rulebook: Rulebook) -> Text:
    rows = condition.rows
    match condition:
        case Exists(_, None) if rows.where is None:
            return both("der er {rows}", "there are {rows}", rows=say_rows(rows, rulebook))
        case Exists(_, satisfy):
            return both("der er {one}", "there is {one}", one=say_one(rows, rulebook, satisfy))
        case Each(_, each):
            return both(
                "det for alle {rows} gælder, at {it}",
                "for all {rows}, {it}",
                rows=closed(say_rows(rows, rulebook)),
                it=say_condition(own(each, rows), rulebook),
            )


def _say_same(left: Text, of: str) -> Text:
    neuter = left.da.partition(" ")[0].endswith("et")
    same = Text("det samme" if neuter else "den samme", "the same")
    return _of(both("{left} er {same} som", "{left} is the same as that", left=left, same=same), of)


def _say_part(part: Condition, other: type[All | AnyOf], rulebook: Rulebook) -> Text:
    """A part of *and* or *or*, set in brackets when it is several parts joined by the other word."""
    said = say_condition(part, rulebook)
    if isinstance(part, other) and len(part.parts) > 1:
        return both("({said})", "({said})", said=said)
    return said


def _say_reading(name: str, rulebook: Rulebook) -> Text:
    reading = rulebook.reading_by_id[name]
    return both(
        "{means} (læsningen »{id}«)", "{means} (reading “{id}”)", means=reading.means, id=Text(name, name)
    )


def say_rule(rule: Rule, rulebook: Rulebook) -> Text:
    """A whole rule as one sentence, made from its tree."""
    requires = say_condition(rule.requires, rulebook)
    force = FORCES[rule.force]
    if rule.applies_when is None:
        return both("{force}: {requires}.", "{force}: {requires}.", force=force, requires=requires)
    return both(
        "{force}, når {when}: {requires}.",
        "{force}, when {when}: {requires}.",
        force=force,
        when=say_condition(rule.applies_when, rulebook),
        requires=requires,
    )
