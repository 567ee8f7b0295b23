"""Decide a request: every rule of the step judged, whatever the first one says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, partial

from transitions import Machine

from governance.conditions.judge import value_of
from governance.conditions.nodes import AnyOf, Compare, Fact, Literal
from governance.conditions.reasons import ActAs, Change, ComeTo, Reason, Record, Remedy, Supply, Way
from governance.conditions.rows import Row, Scope
from governance.model import Decision, Finding, Force, Origin, Request, RequestError, Text, Verdict
from governance.record import Entity
from governance.record import Record as RecordOf
from governance.referee.awaited import Place, waited_for
from governance.referee.beside import held_term
from governance.referee.machine import build_machine, move
from governance.referee.mending import ways_that_work
from governance.referee.relevance import (
    acts_are_told_apart,
    acts_of_any_round,
    acts_that_matter,
    bodies_are_told_apart,
    facts_that_matter,
)
from governance.referee.rules import judge_rule
from governance.referee.suppose import Supposed, supposing
from governance.rulebook import Process, Rule, Rulebook, Step
from governance.values import Span, Truth, is_known, word
from governance.vocabulary import DERIVED, scope_of
from governance.world import World


class Referee:
    """A rulebook with its machine; built once, then used for any number of items and threads."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    @cached_property
    def machine(self) -> Machine:
        """The machine of the rulebook's processes."""
        return build_machine(self.rulebook)

    @cached_property
    def acts_that_matter(self) -> frozenset[str]:
        """The acts a rule can tell apart."""
        return acts_that_matter(self.rulebook)

    @cached_property
    def acts_of_any_round(self) -> frozenset[str]:
        """The acts a rule counts from before a reopening too."""
        return acts_of_any_round(self.rulebook)

    @cached_property
    def acts_are_told_apart(self) -> bool:
        """Whether a rule can tell a second act of a kind from the first."""
        return acts_are_told_apart(self.rulebook)

    @cached_property
    def bodies_are_told_apart(self) -> frozenset[str]:
        """The steps of which a rule can tell by which body they were taken."""
        return bodies_are_told_apart(self.rulebook)

    @cached_property
    def facts_that_matter(self) -> frozenset[str]:
        """The facts a rule can tell apart."""
        return facts_that_matter(self.rulebook)

    @cached_property
    def waited_for(self) -> Mapping[Place, frozenset[str]]:
        """Of each kind and state that awaits a step, every body that may be waited for there."""
        return waited_for(self.rulebook, self.rules_of)

    def process(self, entity: Entity) -> Process:
        """The process an item goes through; RequestError when its kind has none."""
        process = self.rulebook.process_for(entity.kind)
        if process is None:
            raise RequestError(
                Text(
                    f"`{entity.kind}` har intet forløb i regelsættet",
                    f"`{entity.kind}` has no process in the rulebook",
                )
            )
        return process

    def placed(self, entity: Entity) -> Entity:
        """A thing in its state; one entered before its kind had a process stands at the beginning of it."""
        process = self.rulebook.process_for(entity.kind)
        return entity if entity.state or process is None else replace(entity, state=process.initial)

    def decide(self, entity: Entity, request: Request, record: RecordOf) -> Decision:
        """All findings on a request. It never changes anything; an allowed decision makes the event."""
        process, entity = self.process(entity), self.placed(entity)
        step = self.step_for(process, request.step, entity.state)
        self._check(step, request, entity, record)
        here = supposing(entity, request, record)
        return self._decided(step, here, here.row(self.rulebook))

    def _decided(self, step: Step, here: Supposed, row: Row) -> Decision:
        """What comes of a step; ``row`` is the item as rules see it."""
        entity, request = here.entity, here.request
        findings = (
            _who(step, request, entity),
            _where_from(step, here, self.rulebook),
            *_told(step, request, entity),
            *_inputs(step, row, request),
            *_holder(step, here.beside(self.rulebook) if step.ends else None, entity),
            *self._rules(step, here, here.scope(self.rulebook, None if step.beside else row)),
        )
        decision = Decision(
            entity.id, request, entity.state, step.to or entity.state, findings, self.rulebook.digest
        )
        process = self.process(entity)
        allowed = decision.allowed
        moved = move(self.machine, process, step.id, entity.state, allowed=allowed)
        if allowed and moved is None and request.origin is Origin.LIVE:
            raise RuntimeError(f"the machine refuses {step.id} from {entity.state}, which the rules allow")
        return decision

    def with_defaults(self, entity: Entity, request: Request, record: RecordOf) -> Request:
        """The request with what its step takes each input to be that nobody gave, where that is known."""
        step = self.step_for(self.process(entity), request.step, entity.state)
        held = self._held(step, request, entity, record) if step.ends else None
        for each in step.inputs:
            if each.default is None or each.fact in request.inputs:
                continue
            if held is not None and each.fact in held.facts and not each.again:
                known = held.facts[each.fact].value
                request = replace(request, inputs={**request.inputs, each.fact: known})
                continue
            scope = supposing(entity, request, record).scope(self.rulebook)
            value = value_of(each.default, scope)
            if is_known(value):
                request = replace(request, inputs={**request.inputs, each.fact: value})
        return request

    def step_for(self, process: Process, name: str, state: str) -> Step:
        """The step of that name: the one that starts from the state, else the first of the name."""
        found = self.rulebook.step(process.kinds[0].id, name, state)
        if found is None:
            known = ", ".join(dict.fromkeys(step.id for step in process.steps))
            raise RequestError(
                Text(
                    f"intet skridt hedder `{name}`; der er {known}",
                    f"no step is called `{name}`; there are {known}",
                )
            )
        return found

    def next_steps(self, entity: Entity, on: Span, record: RecordOf) -> tuple[Decision, ...]:
        """Every step of the item's process as the body that may take it would be answered on the date.

        A step that only tells of what was before the register is not among them.
        """
        steps, entity = self.process(entity).steps, self.placed(entity)
        names = dict.fromkeys(step.id for step in steps if not step.history)
        asked, row = self._asked(names, entity, on, record)
        return tuple(self._decided(step, here, row) for step, here in asked)

    def open_steps(self, entity: Entity, on: Span, record: RecordOf) -> tuple[str, ...]:
        """The steps that `next_steps` allows, without why the others are not and what would mend it."""
        steps, entity = self.process(entity).steps, self.placed(entity)
        here = (step for step in steps if entity.state in step.from_states and not step.history)
        names = dict.fromkeys(step.id for step in here)
        asked, row = self._asked(names, entity, on, record)
        return tuple(step.id for step, here in asked if self._is_open(step, here, row))

    def _asked(
        self, names: Iterable[str], entity: Entity, on: Span, record: RecordOf
    ) -> tuple[list[tuple[Step, Supposed]], Row]:
        """Steps by name, each as the body that may take it would ask; and the item, which all of them see."""
        process = self.process(entity)
        start = supposing(entity, Request("", "", on), record)
        steps = [self.step_for(process, name, entity.state) for name in names]
        requests = [self.with_defaults(entity, Request(step.id, step.by[0], on), record) for step in steps]
        asked = [
            (step, replace(start, request=request)) for step, request in zip(steps, requests, strict=True)
        ]
        return asked, start.row(self.rulebook)

    def _is_open(self, step: Step, here: Supposed, row: Row) -> bool:
        scope = here.scope(self.rulebook, None if step.beside else row)
        rules = self.rules_of(step, here.entity.kind)
        judged = (judge_rule(rule, scope, here.entity.id, mending=False) for rule in rules)
        ends = _holder(step, here.beside(self.rulebook) if step.ends else None, here.entity)
        return not any(finding.blocks for finding in (*_inputs(step, row, here.request), *ends, *judged))

    def _held(self, step: Step, request: Request, entity: Entity, record: RecordOf) -> Entity | None:
        """The thing whose recorded facts the inputs of a step are held against; None for one it would add."""
        if not step.beside:
            return entity
        world = World({**record, entity.id: entity}, self.rulebook, request.on, by_period=True)
        return held_term(entity, world) if step.ends else None

    def _check(self, step: Step, request: Request, entity: Entity, record: RecordOf) -> None:
        """Refuse to judge inputs that the step does not declare, or that contradict the record."""
        declared = {each.fact: each for each in step.inputs}
        held = self._held(step, request, entity, record)
        problems = []
        for name, value in request.inputs.items():
            if name not in declared:
                offers = ", ".join(sorted(declared))
                may = (
                    Text(f"det tager imod {offers}", f"it takes {offers}")
                    if declared
                    else Text("det tager ingen", "it takes none")
                )
                problems.append(
                    Text(
                        f"skridtet `{step.id}` tager ikke imod oplysningen `{name}`; {may.da}",
                        f"the step `{step.id}` takes no fact `{name}`; {may.en}",
                    )
                )
                continue
            if held is None or declared[name].again:
                continue
            known = held.facts.get(name)
            fact = self.rulebook.fact(scope_of(held.kind), name)
            counts = known is not None and (fact is None or not fact.each_round or known.round == held.round)
            if known is not None and counts and known.value != value:
                problems.append(
                    Text(
                        f"oplysningen `{name}` er allerede registreret; ret den først, hvis den er forkert",
                        f"the fact `{name}` is already recorded; correct it first if it is wrong",
                    )
                )
        if problems:
            raise RequestError(*problems)

    def _rules(self, step: Step, here: Supposed, scope: Scope) -> Iterator[Finding]:
        for rule in self.rules_of(step, here.entity.kind):
            finding = self._judged(rule, here, scope)
            if finding.ways:
                judged = partial(self._judged, rule)
                finding = replace(finding, ways=ways_that_work(finding, here, self.rulebook, judged))
            if step.beside:
                finding = _told_as_inputs(finding, here.beside(self.rulebook), _missing(step, here.request))
            yield replace(finding, step=step.id)

    def _judged(self, rule: Rule, here: Supposed, scope: Scope | None = None) -> Finding:
        request = here.request
        seen = scope or here.scope(self.rulebook)
        return judge_rule(rule, seen, here.entity.id, excuse=request.reason, body=request.body)

    def rules_of(self, step: Step, kind: str) -> tuple[Rule, ...]:
        """The rules that guard a step for items of a kind."""
        beside = (rule for rule in self.rulebook.rules if step.id in rule.steps)
        return tuple(rule for rule in (*step.rules, *beside) if not rule.only or kind in rule.only)


def _is_one_of(fact: str, seen: str, wanted: tuple[str, ...], subject: str) -> Reason:
    options = _options(fact, wanted)
    truth = Truth.TRUE if seen in wanted else Truth.FALSE
    parts = tuple(
        Reason(option, Truth.TRUE if seen == each else Truth.FALSE, subject, word(seen), word(each))
        for option, each in zip(options, wanted, strict=True)
    )
    return Reason(AnyOf(options), truth, subject, word(seen), None, parts)


@lru_cache(maxsize=1024)
def _options(fact: str, wanted: tuple[str, ...]) -> tuple[Compare, ...]:
    """What the rulebook lets a fact of the request be, as conditions; the same for whatever thing."""
    return tuple(Compare(Fact(fact, "request"), "is", Literal(word(each))) for each in wanted)


def _structural(
    step: Step, name: str, clause: str | None, verdict: Verdict, reason: Reason, ways: tuple[Way, ...] = ()
) -> Finding:
    rule = f"{step.id}/{name}"
    return Finding(rule, clause, Force.MUST, verdict, reason.subject, reason, ways, step=step.id)


def _who(step: Step, request: Request, entity: Entity) -> Finding:
    right = request.body in step.by
    reason = _is_one_of("body", request.body, step.by, entity.id)
    verdict = Verdict.KEPT if right else Verdict.BROKEN
    ways = () if right else ((ActAs(step.by),),)
    return _structural(step, "by", step.by_clause, verdict, reason, ways)


def _where_from(step: Step, here: Supposed, rulebook: Rulebook) -> Finding:
    """Whether the step starts from the item's state; unknown for history with gaps in the record."""
    entity, request = here.entity, here.request
    right = entity.state in step.from_states
    verdict = Verdict.KEPT if right else Verdict.BROKEN
    if not right and request.origin.told and not here.world(rulebook).is_complete(entity):
        verdict = Verdict.UNKNOWN
    reason = _is_one_of("state", entity.state, step.from_states, entity.id)
    ways = () if right else ((ComeTo(step.from_states),),)
    return _structural(step, "from", step.from_clause, verdict, reason, ways)


def _told(step: Step, request: Request, entity: Entity) -> tuple[Finding, ...]:
    """A step that only tells what was before the register is history, never taken live."""
    if not step.history:
        return ()
    told = request.origin.told
    reason = Reason(AnyOf(()), Truth.TRUE if told else Truth.FALSE, entity.id)
    return (_structural(step, "history", None, Verdict.KEPT if told else Verdict.BROKEN, reason),)


def _holder(step: Step, holder: Entity | None, entity: Entity) -> tuple[Finding, ...]:
    """A step that ends a term needs one in the seat to end."""
    if not step.ends:
        return ()
    there = holder is not None
    reason = Reason(AnyOf(()), Truth.TRUE if there else Truth.FALSE, entity.id)
    return (_structural(step, "ends", None, Verdict.KEPT if there else Verdict.BROKEN, reason),)


def _missing(step: Step, request: Request) -> tuple[str, ...]:
    return tuple(each.fact for each in step.inputs if each.required and each.fact not in request.inputs)


def _told_as_inputs(finding: Finding, beside: Entity | None, missing: tuple[str, ...]) -> Finding:
    """What would mend a finding on a thing that the step would add is told as what to say with the step."""
    of_beside = {"", beside.id if beside is not None else "", beside.kind if beside is not None else ""}

    def is_own(remedy: Remedy) -> bool:
        return isinstance(remedy, Record | Change) and remedy.entity in of_beside

    needs = not finding.ways or any(is_own(remedy) for way in finding.ways for remedy in way)
    if finding.verdict is Verdict.UNKNOWN and missing and needs:
        return replace(finding, ways=(tuple(Supply(fact) for fact in missing),))

    if not finding.ways:
        return replace(finding, ways=_filled_otherwise(finding, beside))

    def said(remedy: Remedy) -> Remedy:
        if not isinstance(remedy, Record | Change) or not is_own(remedy):
            return remedy
        return Supply(remedy.fact, remedy.operator, remedy.wanted)

    return replace(finding, ways=tuple(tuple(said(remedy) for remedy in way) for way in finding.ways))


def _filled_otherwise(finding: Finding, beside: Entity | None) -> tuple[Way, ...]:
    """What follows from the inputs comes out as wanted when they are filled in otherwise."""
    reason = finding.reason
    if finding.verdict is not Verdict.BROKEN or beside is None or reason is None or reason.wanted is None:
        return ()
    match reason.condition:
        case Compare(Fact(name, of), operator) if of == beside.kind and name in DERIVED.get(of, ()):
            return ((Supply(name, operator, (reason.wanted,)),),) if is_known(reason.wanted) else ()
    return ()


def _inputs(step: Step, row: Row, request: Request) -> tuple[Finding, ...]:
    """A step that asks for facts cannot be taken before they are given or recorded."""
    asked = [each for each in step.inputs if each.required]
    if not asked:
        return ()
    missing = tuple(
        fact
        for fact in _missing(step, request)
        if step.beside or fact not in row.recorded or fact in {each.fact for each in asked if each.again}
    )
    verdict = Verdict.UNKNOWN if missing else Verdict.KEPT
    reason = Reason(AnyOf(()), Truth.UNKNOWN if missing else Truth.TRUE, row.id)
    ways = (tuple(Supply(fact) for fact in missing),) if missing else ()
    return (_structural(step, "inputs", None, verdict, reason, ways),)
