"""Events and rulebooks held against every clause: each step judged again as the record is known now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance.conditions.rows import Row
from governance.model import Corrected, Event, Finding, Force, Request, StepTaken, Text, Verdict
from governance.record import Entity, Record, fold, happened_by, replaced, surroundings
from governance.referee import Referee, judge_rule, request_row
from governance.roster import group_findings
from governance.rulebook import Clause, Rulebook, Rulebooks, Step, judged_day
from governance.values import Truth, day
from governance.vocabulary import JUDGED_KINDS, scope_of
from governance.world import World, row_for

UNCHANGED, PLACE = "rulebook-unchanged", "place-in-the-rules"
"""What the report says of its own accord: rules edited after the fact, items the rules have no place for."""

WORST_FIRST = (
    Verdict.BROKEN,
    Verdict.UNKNOWN,
    Verdict.OPEN,
    Verdict.WAIVED,
    Verdict.KEPT,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding in a report: on the group, on an event, or (``ahead``) on a step not yet tried."""

    finding: Finding
    event: int | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class ClauseReport:
    """A clause with its verdict, the worst of what has happened; None when no machine can check it."""

    clause: Clause
    verdict: Verdict | None
    findings: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a record looks like against a rulebook on a date."""

    on: date
    rulebook: Rulebook
    record: Record
    clauses: tuple[ClauseReport, ...]
    ours: tuple[Judged, ...]


def report(events: Sequence[Event], rulebooks: Rulebooks, on: date) -> Report:
    """Judge the whole record as of the end of a day, with what was recorded of the time until then.

    Raises RuleError when no rulebook covers the day.
    """
    rulebook = rulebooks.on(day(on))
    record = fold(events, by=on)
    referees = {book.digest: Referee(book) for book in rulebooks.books}
    world = World(record, rulebook, day(on))
    judged = [
        *(Judged(finding) for finding in group_findings(world, JUDGED_KINDS)),
        *_steps_taken(events, record, rulebooks, referees, on),
        *_steps_ahead(record, referees[rulebook.digest], on),
        *_without_a_place(record, rulebooks, rulebook),
    ]
    clauses = tuple(_clause_report(clause, judged, rulebook) for clause in rulebook.clauses)
    ours = tuple(each for each in judged if each.finding.clause is None)
    return Report(on, rulebook, record, clauses, ours)


def _clause_report(clause: Clause, judged: Sequence[Judged], rulebook: Rulebook) -> ClauseReport:
    found = tuple(each for each in judged if each.finding.clause == clause.id)
    if clause.id not in rulebook.judged_clauses:
        return ClauseReport(clause, None, found)
    if not found:
        return ClauseReport(clause, Verdict.NOT_APPLICABLE, ())
    counted = [each for each in found if not each.ahead] or found
    return ClauseReport(clause, worst(each.finding.verdict for each in counted), found)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that matters most: broken before unknown before open, and so on."""
    seen = set(verdicts)
    return next((verdict for verdict in WORST_FIRST if verdict in seen), Verdict.NOT_APPLICABLE)


def _steps_taken(
    events: Sequence[Event], record: Record, rulebooks: Rulebooks, referees: Mapping[str, Referee], on: date
) -> Iterator[Judged]:
    """Each step judged with the rulebook of its day, on the item as it was, as completely as is known now."""
    wrong = replaced(events)
    around = {digest: surroundings(record, each.rulebook.around) for digest, each in referees.items()}
    own: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.number):
        own.setdefault(event.entity, []).append(event)
    for event in events:
        payload = event.payload
        if event.number in wrong or not isinstance(payload, StepTaken) or not happened_by(event.on, on):
            continue
        then = as_known(own[event.entity], event, record[event.entity])
        if then is None:
            continue
        book = rulebooks.on(payload.request.on)
        seen = around[book.digest](then.id)
        if book.around(then.kind):
            seen = _as_the_group_was(seen, own, event)
        decision = referees[book.digest].decide(then, payload.request, {**seen, then.id: then})
        yield from (Judged(finding, event.number) for finding in decision.findings)
        if event.rulebook and event.rulebook != book.digest:
            yield Judged(_other_rules(event), event.number)


def _as_the_group_was(now: Record, own: Mapping[str, Sequence[Event]], step: Event) -> Record:
    """Each of the things a step rests on as it was just before; what the step added was not there yet."""
    then = ((id_, as_known(own[id_], step, entity)) for id_, entity in now.items())
    return {id_: entity for id_, entity in then if entity is not None}


def _other_rules(event: Event) -> Finding:
    """A step that was judged by rules which have been changed since, though their date had come."""
    text = Text(
        "Skridtet blev dengang bedømt efter regler, der siden er ændret, skønt de var i kraft",
        "The step was judged by rules that have been changed since, though they were in force",
    )
    return Finding(UNCHANGED, None, Force.MUST, Verdict.BROKEN, event.entity, None, text=text)


def _without_a_place(record: Record, rulebooks: Rulebooks, rulebook: Rulebook) -> Iterator[Judged]:
    """Items under way that these rules have no state for: every step is refused until rules know it."""
    for entity in sorted(record.values(), key=lambda entity: entity.id):
        if not entity.state or rulebook.state(entity.kind, entity.state):
            continue
        earlier = [
            book.process_for(entity.kind)
            for book in sorted(rulebooks.books, key=lambda book: book.from_)
            if book.from_ < rulebook.from_ and book.state(entity.kind, entity.state)
        ]
        state = earlier[-1].state(entity.state) if earlier and earlier[-1] is not None else None
        if state is None or not state.final:
            text = Text(
                "Reglerne kender ikke sagens type eller tilstand; den bliver, hvor den er, "
                "og hvert skridt afvises, indtil et regelsæt kender den",
                "The rules do not know the item's kind or state; it stays where it is, "
                "and every step is refused until a rulebook knows it",
            )
            yield Judged(Finding(PLACE, None, Force.MUST, Verdict.UNKNOWN, entity.id, None, text=text))


def as_known(own: Sequence[Event], step: Event, now: Entity) -> Entity | None:
    """A thing just before a step, with what was entered later but had happened before it."""
    known = [event for event in own if event.number < step.number or _entered_later(event, step)]
    then = fold(known, by=judged_day(step.on)).get(now.id)
    return replace(then, complete_on=now.complete_on) if then is not None else None


def _entered_later(event: Event, step: Event) -> bool:
    if isinstance(event.payload, Corrected):
        return True
    begun, ended = step.on.low, event.on.high
    return (
        event.number > step.number and isinstance(begun, date) and isinstance(ended, date) and ended < begun
    )


def _steps_ahead(record: Record, referee: Referee, on: date) -> Iterator[Judged]:
    """Conditional rules on steps not yet tried: whether they will apply, and what they will ask for."""
    world = World(record, referee.rulebook, day(on))
    for entity in sorted(record.values(), key=lambda entity: entity.id):
        process = referee.rulebook.process_for(entity.kind)
        state = process.state(referee.placed(entity).state) if process is not None else None
        if process is None or state is None or state.final:
            continue
        done = {act.act for act in entity.acts if act.round == entity.round}
        for step in process.steps:
            if step.act not in done:
                yield from _ahead(entity, step, referee, world)


def _ahead(entity: Entity, step: Step, referee: Referee, world: World) -> Iterator[Judged]:
    rules = [rule for rule in referee.rules_of(step, entity.kind) if rule.applies_when is not None]
    if not rules:
        return
    row = row_for(entity, world)
    asked = request_row(Request(step.id, step.by[0], world.on), world)
    rows = [("request", asked), (scope_of(entity.kind), row)]
    if step.beside:
        rows.append((step.beside, Row(step.beside, "")))
    scope = world.scope(*rows)
    for rule in rules:
        finding = replace(judge_rule(rule, scope, entity.id), step=step.id)
        applies = finding.applies is None or finding.applies.truth is Truth.TRUE
        if applies and finding.verdict in (Verdict.BROKEN, Verdict.UNKNOWN):
            finding = replace(finding, verdict=Verdict.OPEN)
        yield Judged(finding, ahead=True)
