"""The rules themselves, told: clauses, steps, rules in words, readings; and the trace to the document."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from governance.clauses import Located, locate
from governance.conditions.nodes import Condition
from governance.model import Text
from governance.notation import write_value
from governance.prose import say_condition, say_date, say_rule, say_value
from governance.prose.labels import both, fact_label, step_label
from governance.rulebook import DatedReading, Process, ReadingChoice, Rule, Rulebook, Step
from governance.service.opening import Governance
from governance.service.reports import clause_view
from governance.service.ruleviews import (
    ProcessView,
    ReadingView,
    RulePage,
    RulePlace,
    RulesView,
    RuleView,
    StepRuleView,
    TraceLine,
)
from governance.service.showing import said
from governance.service.views import Said
from governance.service.words import among, query_date
from governance.values import Span


def rules(gov: Governance, *, on: str = "") -> RulesView:
    """The rulebook in force on a date; RequestError when none covers it."""
    when = query_date(on, gov.today)
    book = gov.rulebook(when)
    return RulesView(
        on=write_value(when),
        id=book.id,
        title=book.title,
        document=book.document,
        from_=book.from_.isoformat(),
        to=book.to.isoformat() if book.to else "",
        why_from=book.why_from,
        digest=book.digest,
        bodies=tuple(Said(body.id, body.label) for body in book.bodies),
        clauses=tuple(clause_view(book, clause) for clause in book.clauses),
        processes=tuple(_process(book, process) for process in book.processes),
        rules=tuple(_rule(book, rule) for rule in book.rules),
        readings=tuple(_reading(book, each) for each in book.readings),
        silences=tuple(Said(remark.id, remark.text) for remark in book.silences),
        tensions=tuple(Said(remark.id, remark.text) for remark in book.tensions),
    )


def _process(book: Rulebook, process: Process) -> ProcessView:
    return ProcessView(
        id=process.id,
        label=process.label,
        kinds=tuple(Said(kind.id, kind.label) for kind in process.kinds),
        states=tuple(Said(state.id, state.label) for state in process.states),
        final=tuple(state.id for state in process.states if state.final),
        steps=tuple(_step(book, process, step) for step in process.steps),
    )


def _step(book: Rulebook, process: Process, step: Step) -> StepRuleView:
    def state(name: str) -> Said:
        found = process.state(name)
        return Said(name, found.label if found else Text(name, name))

    return StepRuleView(
        id=step.id,
        label=step.label,
        act=said(book, step.act),
        by=tuple(said(book, body) for body in step.by),
        by_clause=step.by_clause,
        from_states=tuple(state(name) for name in step.from_states),
        from_clause=step.from_clause,
        to=state(step.to) if step.to is not None else None,
        inputs=tuple(Said(each.fact, fact_label(book, each.fact)) for each in step.inputs),
        rules=tuple(_rule(book, rule) for rule in step.rules),
    )


def _rule(book: Rulebook, rule: Rule) -> RuleView:
    return RuleView(
        id=rule.id,
        clause=rule.clause,
        force=rule.force,
        label=rule.label,
        text=say_rule(rule, book),
        for_each=rule.for_each,
        steps=tuple(Said(step, step_label(book, step)) for step in rule.steps),
        from_=rule.from_.isoformat() if rule.from_ else "",
        to=rule.to.isoformat() if rule.to else "",
    )


def _reading(book: Rulebook, reading: ReadingChoice) -> ReadingView:
    return ReadingView(
        id=reading.id,
        clause=reading.clause,
        phrase=reading.phrase,
        means=reading.means,
        values=tuple((period_of(dated), meaning_of(book, dated, reading.unit)) for dated in reading.values),
        chosen_by=reading.chosen_by,
        chosen_on=reading.chosen_on.isoformat(),
        why=reading.why,
        alternatives=reading.alternatives,
        used=reading.id in book.readings_used,
    )


def meaning_of(book: Rulebook, dated: DatedReading, unit: str) -> Text:
    """What a dated reading means, in words."""
    if isinstance(dated.meaning, Condition):
        return say_condition(dated.meaning, book)
    return say_value(dated.meaning, book, unit)


def period_of(dated: DatedReading) -> Text:
    """Between which days it means that."""
    if dated.from_ is None and dated.to is None:
        return Text("altid", "always")
    first, last = (say_date(Span(end, end)) for end in (dated.from_, dated.to))
    if dated.to is None:
        return both("fra {day}", "from {day}", day=first)
    if dated.from_ is None:
        return both("til og med {day}", "until {day}", day=last)
    return both("fra {first} til og med {last}", "from {first} until {last}", first=first, last=last)


def rule(gov: Governance, id: str, *, on: str = "") -> RulePage:  # noqa: A002 - the word of the contract
    """One rule, or one step with who may take it and from where, with the clauses and readings it rests on.

    The findings on a step that are no rule's (``step/by``) lead to the step. RequestError when the rulebook
    in force on the date has none of that id.
    """
    view = rules(gov, on=on)
    steps = [(process, step) for process in view.processes for step in process.steps]
    asked = normalize("NFC", id.strip())
    known = [*(step.id for _, step in steps), *(each.id for _, step in steps for each in step.rules)]
    known += [each.id for each in view.rules]
    name = among(asked if asked in known else asked.partition("/")[0], known, RULE)
    guarding = [RulePlace(process.label, step.label, each) for process, step in steps for each in step.rules]
    places = [*guarding, *(RulePlace(NOWHERE, NOWHERE, each) for each in view.rules)]
    found = tuple(each for each in places if each.rule.id == name)
    taken = tuple((process.label, step) for process, step in steps if step.id == name)
    named = {each.rule.clause for each in found}
    named |= {clause for _, step in taken for clause in (step.by_clause, step.from_clause)}
    named |= {each.clause for _, step in taken for each in step.rules}
    return RulePage(
        view.on,
        name,
        found[0].rule.label if found else taken[0][1].label,
        found,
        taken,
        tuple(clause for clause in view.clauses if clause.id in named),
        tuple(each for each in view.readings if each.clause in named),
        view.from_,
        view.to,
    )


NOWHERE = Text("", "")
RULE = Text("reglen", "rule")


def trace(gov: Governance, document: str | None = None, *, on: str = "") -> tuple[TraceLine, ...]:
    """Every clause: our words, its place and, given a document, the sentence found there by its digest."""
    book = gov.rulebook(query_date(on, gov.today))
    lines = []
    for clause in book.clauses:
        found = _located(document, clause.words, clause.digest) if document is not None else None
        view = clause_view(book, clause)
        lines.append(
            TraceLine(
                clause=clause.id,
                section=clause.section,
                place=clause.place,
                force=clause.force,
                check=clause.check,
                text=clause.text,
                digest=clause.digest,
                found=None if document is None else found is not None,
                original=found.text if found is not None else "",
                first_line=found.first_line if found is not None else 0,
                last_line=found.last_line if found is not None else 0,
                rules=view.rules,
            )
        )
    return tuple(lines)


@lru_cache(maxsize=256)
def _located(document: str, words: int, digest: str) -> Located | None:
    """Where a sentence stands, looked for once: a document is read many times and never changed."""
    return locate(document, words, digest)
