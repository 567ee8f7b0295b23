"""A body on a day as it would be with some candidates in its vacant seats, held against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from governance.conditions.nodes import (
    Condition,
    Count,
    Distinct,
    Fact,
    ReadingHolds,
    Recorded,
    Share,
    nodes_of,
)
from governance.conditions.rows import Row
from governance.model import Finding, Origin
from governance.record import Entity, Known, Record
from governance.roster.findings import judge_group_rule, judges
from governance.roster.plan.nouns import Asked, Candidate, Rank, rank_of
from governance.rulebook import FactKind, Rule, Rulebook
from governance.values import Span, Value, ValueMismatch, day, is_known
from governance.world import World, body_row, row_for

OF_A_CANDIDATE = ("organisation", "term")
Seated = tuple[str, Candidate]


@dataclass(frozen=True)
class Bench:
    """A body on a day and the seats to fill. The record should reach no further than the day."""

    record: Record
    rulebook: Rulebook
    body: str
    on: date
    seats: tuple[str, ...]

    @cached_property
    def base(self) -> World:
        """The world as it is."""
        return World(self.record, self.rulebook, day(self.on))

    @cached_property
    def body_rules(self) -> tuple[Rule, ...]:
        """The rules on the body."""
        row = body_row(self.body, self.base)
        return tuple(rule for rule in self._rules("body") if judges(rule, row))

    @cached_property
    def term_rules(self) -> tuple[Rule, ...]:
        """The rules on a term that begins."""
        return self._rules("term")

    def _rules(self, scope: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rulebook.rules if rule.for_each == scope and not rule.steps)

    def nodes(self, rule: Rule) -> Iterator[object]:
        """Every node of a rule, with those of the readings in force that it asks."""
        waiting: list[object] = [rule.conditions]
        read: set[str] = set()
        while waiting:
            for node in nodes_of(waiting.pop()):
                yield node
                if isinstance(node, ReadingHolds) and node.name not in read:
                    read.add(node.name)
                    waiting.append(self.meaning(node.name))

    def meaning(self, reading: str) -> Condition | None:
        """The condition that a reading is on the day; None when it has no single one."""
        try:
            found = self.base.rulebook.reading(reading, self.base.on)
        except ValueMismatch:
            return None
        return found if isinstance(found, Condition) else None

    @cached_property
    def asked(self) -> tuple[FactKind, ...]:
        """The declared facts of organisations and terms that the rules ask about."""
        names: set[str] = set()
        for rule in (*self.body_rules, *self.term_rules):
            for node in self.nodes(rule):
                match node:
                    case Fact(name) | Recorded(name) | Distinct(name):
                        names.add(name)
                    case Count(_, str(same)) | Share(_, _, str(same)):
                        names.add(same)
        return tuple(
            fact for fact in self.rulebook.facts if fact.scope in OF_A_CANDIDATE and fact.id in names
        )

    def world(self, seated: Iterable[Seated]) -> tuple[World, tuple[Entity, ...]]:
        """The world with candidates in seats from the day on, and the terms that would begin."""
        made = dict(self.record)
        terms = []
        for seat, candidate in seated:
            made[candidate.organisation] = self._organisation(candidate)
            id_ = f"{seat}/{candidate.organisation}"
            while id_ in made:
                id_ += f"/{self.on.isoformat()}"
            links = {"seat": seat, "organisation": candidate.organisation}
            facts: dict[str, Value] = {"from": day(self.on), **_of("term", candidate)}
            made[id_] = self._told(Entity(id_, "term", links=links, since=day(self.on)), facts)
            terms.append(made[id_])
        return World(made, self.rulebook, day(self.on)), tuple(terms)

    def _organisation(self, candidate: Candidate) -> Entity:
        """The organisation with what is said of it. What is not said of it stays open, as in the record."""
        there = self.record.get(candidate.organisation)
        new = Entity(candidate.organisation, "organisation", origin=Origin.HISTORY, since=Span())
        return self._told(there or new, _of("organisation", candidate))

    def _told(self, entity: Entity, facts: dict[str, Value]) -> Entity:
        on = day(self.on)
        known = tuple((name, Known(value, on, "", 0, entity.round)) for name, value in facts.items())
        return replace(entity, facts={**entity.facts, **dict(known)}, told=(*entity.told, *known))

    def on_the_body(self, world: World) -> tuple[Finding, ...]:
        """What the rules on the body say of it."""
        row = body_row(self.body, world)
        return tuple(judge_group_rule(rule, row, world) for rule in self.body_rules)

    def on_a_term(self, term: Entity, world: World) -> tuple[Finding, ...]:
        """What the rules on a term say of one that would begin, told of its holder."""
        row, holder = row_for(term, world), term.links["organisation"]
        found = (judge_group_rule(rule, row, world) for rule in self.term_rules if judges(rule, row))
        return tuple(replace(finding, subject=holder) for finding in found)

    def judged(self, seated: Sequence[Seated]) -> tuple[tuple[Finding, ...], tuple[Finding, ...], Rank]:
        """The findings on the body and on the terms of a whole set of successors, and its rank."""
        world, terms = self.world(seated)
        body = self.on_the_body(world)
        own = tuple(finding for term in terms for finding in self.on_a_term(term, world))
        unknown = sum(len(self.unknown_facts(row_for(term, world))) for term in terms)
        return body, own, rank_of((*body, *own), unknown)

    def facts_of(self, term: Row) -> tuple[tuple[Asked, Value], ...]:
        """The facts asked of the holder of a term."""
        rows = {"term": term, "organisation": term.links["organisation"]}
        return tuple(
            ((fact.scope, fact.id), rows[fact.scope].facts.get(fact.id, fact.kind.unknown()))
            for fact in self.asked
        )

    def unknown_facts(self, term: Row) -> tuple[Asked, ...]:
        """Those of them that are not known."""
        return tuple(fact for fact, value in self.facts_of(term) if not is_known(value))


def _of(scope: str, candidate: Candidate) -> dict[str, Value]:
    return {fact: value for (of, fact), value in candidate.facts.items() if of == scope}
