"""What must be found out about the candidates first.

Each candidate is supposed to turn out as well as it can: of every fact that is not known the answer is taken
that is best with it alone in a seat. Then it shows which answers the best set needs, and who could be better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from governance.conditions.nodes import Literal, Reading
from governance.roster.plan.nouns import Asked, Candidate, Question, Questions, Rank, Sitting
from governance.roster.plan.supposing import Bench, Seated
from governance.values import Choice, Span, Value, ValueMismatch, word

Replan = Callable[[Bench, Sequence[Candidate]], Sequence[Seated]]


def questions_of(
    bench: Bench,
    classes: Sequence[tuple[Sequence[Candidate], Sequence[Asked]]],
    best: Sequence[Sitting],
    replan: Replan,
) -> Questions:
    """The questions about candidates who may be chosen: by classes, each with the facts not known of it."""
    if not best or not any(unknown for _, unknown in classes):
        return Questions()
    hopes = _Hopes(bench)
    known: dict[str, Candidate] = {}
    hopeful: dict[str, Candidate] = {}
    facts: dict[str, Sequence[Asked]] = {}
    for members, unknown in classes:
        answers = hopes.best(members[0], unknown)
        for each in members:
            known[each.organisation], facts[each.organisation] = each, unknown
            hopeful[each.organisation] = replace(each, facts={**each.facts, **answers})
    chosen = [(seat, known[name]) for seat, name in best]
    settle = _settling(bench, chosen, hopeful, facts)
    better: tuple[Question, ...] = ()
    other = replan(bench, list(hopeful.values()))
    if _reached(bench, other) < _reached(bench, [(seat, hopeful[name]) for seat, name in best]):
        others = [each.organisation for _, each in other if each.organisation not in dict(best).values()]
        better = tuple(Question(name, fact) for name in others for fact in facts[name])
    every = (Question(name, fact) for name, unknown in facts.items() for fact in unknown)
    return Questions(settle, better, tuple(each for each in every if each not in (*settle, *better)))


def _reached(bench: Bench, seated: Sequence[Seated]) -> Rank:
    """The rank of a set by what the rules say of it, however much is not known that they do not need."""
    return replace(bench.judged(seated)[2], facts_unknown=0)


def _settling(
    bench: Bench,
    chosen: Sequence[Seated],
    hopeful: Mapping[str, Candidate],
    unknown: Mapping[str, Sequence[Asked]],
) -> tuple[Question, ...]:
    """The answers that the best set needs to be as good as it can be, none of which can be spared."""
    wanted = _reached(bench, [(seat, hopeful[each.organisation]) for seat, each in chosen])
    needed = [Question(each.organisation, fact) for _, each in chosen for fact in unknown[each.organisation]]
    for question in list(reversed(needed)):
        fewer = [each for each in needed if each != question]
        told = [(seat, _told(each, hopeful[each.organisation], fewer)) for seat, each in chosen]
        if _reached(bench, told) == wanted:
            needed = fewer
    return tuple(needed)


def _told(candidate: Candidate, hopeful: Candidate, questions: Sequence[Question]) -> Candidate:
    """A candidate of whom the answers to some questions are known."""
    facts = {
        each.fact: hopeful.facts[each.fact]
        for each in questions
        if each.organisation == candidate.organisation
    }
    return replace(candidate, facts={**candidate.facts, **facts})


@dataclass(frozen=True)
class _Hopes:
    """What candidates may turn out to be."""

    bench: Bench

    def best(self, candidate: Candidate, unknown: Sequence[Asked]) -> Mapping[Asked, Value]:
        """The answers that are best for the body with the candidate alone, one fact after the other."""
        found: dict[Asked, Value] = {}
        for fact in unknown:
            tried = [
                replace(candidate, facts={**candidate.facts, **found, fact: value})
                for value in self.answers(fact)
            ]
            ranks = [self.bench.judged([(self.bench.seats[0], each)])[2] for each in tried]
            if tried:
                found[fact] = tried[ranks.index(min(ranks))].facts[fact]
        return found

    def answers(self, fact: Asked) -> tuple[Value, ...]:
        """The answers there can be, as far as the rules tell them apart."""
        kind = next(each.kind for each in self.bench.asked if (each.scope, each.id) == fact)
        if kind.options:
            scale = kind.options if kind.name == "scale" else ()
            return tuple(Choice(frozenset({option}), scale) for option in kind.options)
        if kind.name == "number":
            return tuple(Span(number, number) for number in self._numbers)
        return tuple(word(each) for each in self._words) if kind.name == "word" else ()

    @cached_property
    def _values(self) -> tuple[Value, ...]:
        """The values that the rules hold facts against."""
        found: list[Value] = []
        for rule in (*self.bench.body_rules, *self.bench.term_rules):
            for node in self.bench.nodes(rule):
                if isinstance(node, Literal):
                    found.append(node.value)
                elif isinstance(node, Reading):
                    found += self._read(node.name)
        return tuple(dict.fromkeys(found))

    def _read(self, name: str) -> list[Value]:
        try:
            meaning = self.bench.rulebook.reading(name, self.bench.base.on)
        except ValueMismatch:
            return []
        return [meaning] if isinstance(meaning, Span | Choice) else []

    @cached_property
    def _numbers(self) -> tuple[Fraction, ...]:
        """Each number the rules name, with one below and one above it."""
        known = [each.low for each in self._values if isinstance(each, Span)]
        near = {end + step for end in known if isinstance(end, Fraction) for step in (-1, 0, 1)}
        return tuple(sorted(near or {Fraction(0)}))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(sorted(each.word for each in self._values if isinstance(each, Choice) and each.word))
