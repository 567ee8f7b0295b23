"""The best sets of successors for vacant seats, exactly, and any set held against the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from governance.model import Finding
from governance.roster.plan.nouns import Alike, Candidate, LeftOut, Pick, Plan, Rank, Successors, rank_of
from governance.roster.plan.questioning import questions_of
from governance.roster.plan.searching import Field, Sum
from governance.roster.plan.seeing import Looked, look
from governance.roster.plan.supposing import Bench, Seated
from governance.values import Truth, hull
from governance.world import body_row

MOST_SETS = 20

Chosen = tuple[tuple[int, int], ...]
"""Places of candidates in the file, each with the kind of seat it takes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A set of successors by the classes it is picked from, with its rank."""

    rank: Rank
    chosen: Chosen


def plan(bench: Bench, candidates: Sequence[Candidate], named: Sequence[Sequence[str]] = ()) -> Plan:
    """The best twenty sets for the seats of a bench, best first, and the sets that were named.

    A set stands for all that pick as many from the same classes; its names are the first of the file. Sets
    are ordered by ``Rank``, then by names. Of a named set the first sits in the first seat, and so on.
    RequestError when the rules make more of the candidates than can be reckoned exactly.
    """
    holders = _holders(bench)
    free = [each for each in candidates if each.organisation not in holders]
    names = [each.organisation for each in candidates]
    out = [LeftOut(name, holders[name]) for name in names if name in holders]
    looked = look(bench, free)
    for candidate, seen in zip(free, looked.seen, strict=True):
        if not any(each.may for each in seen):
            out.append(LeftOut(candidate.organisation, finding=seen[0].broken))
    field = Field(looked, _usable(looked))
    found = best(bench, free, field)
    shown = tuple(_successors(bench, free, field, each.chosen) for each in found)
    by_name = {each.organisation: each for each in candidates}
    return Plan(
        seats=bench.seats,
        before=bench.on_the_body(bench.base),
        classes=tuple(_alike(free, looked, members) for members in field.classes),
        best=shown,
        named=tuple(_named(bench, [by_name[name] for name in names]) for names in named),
        left_out=tuple(out),
        questions=questions_of(
            bench,
            [([free[at] for at in members], looked.unknown[members[0]]) for members in field.classes],
            shown[0].sitting if shown else (),
            _replanned,
        ),
    )


def _usable(looked: Looked) -> tuple[int, ...]:
    return tuple(place for place, seen in enumerate(looked.seen) if any(each.may for each in seen))


def _replanned(bench: Bench, candidates: Sequence[Candidate]) -> Sequence[Seated]:
    """The best set of some candidates, who sits where."""
    looked = look(bench, candidates)
    found = best(bench, candidates, Field(looked, _usable(looked)), most=1)
    return _seated(looked, candidates, found[0].chosen) if found else ()


def _holders(bench: Bench) -> Mapping[str, str]:
    """Who holds, or may hold, a seat of the body, and which."""
    members = body_row(bench.body, bench.base).lists["members"].rows
    return {
        member.links["organisation"].id: member.links["seat"].id
        for member in members
        if "organisation" in member.links and member.there is not Truth.FALSE
    }


def best(bench: Bench, candidates: Sequence[Candidate], field: Field, most: int = MOST_SETS) -> list[Found]:
    """The best sets, one for each way of picking from the classes."""
    judge = _Judge(bench, candidates, field)
    ends = sorted(
        (*judge.found(sum_, weights[0]), sum_) for sum_, weights in field.sums([field.full]).items()
    )
    goals = [sum_ for *_, sum_ in ends[:most]]
    if most == 1 or not goals:
        return [Found(rank, chosen) for rank, _, chosen, _ in ends[:most]]
    sets = [
        judge.found(sum_, weight)
        for sum_, weights in field.sums(goals, most).items()
        if sum_ in goals
        for weight in weights
    ]
    return [Found(rank, chosen) for rank, _, chosen in sorted(sets)[:most]]


class _Judge:
    """The rules on the body, each judged once for what it can see of a set."""

    def __init__(self, bench: Bench, candidates: Sequence[Candidate], field: Field) -> None:
        self.bench, self.candidates, self.field = bench, candidates, field
        self.views = [field.of_rule(rule) for rule in range(len(bench.body_rules))]
        self.known: list[dict[Sum, Rank]] = [{} for _ in self.views]

    def found(self, sum_: Sum, weight: int) -> tuple[Rank, tuple[int, ...], Chosen]:
        """The rank of a set, then its places in the file, then where each sits: the order of sets."""
        rank, chosen = self.field.read(weight)
        seen = [(sum_[0] & bits, sum_[1] & digits) for bits, digits in self.views]
        findings: tuple[Finding, ...] = ()
        for rule, view in enumerate(seen):
            if view not in self.known[rule]:
                findings = findings or self._judged(chosen)
                self.known[rule][view] = rank_of(findings[rule : rule + 1])
            rank += self.known[rule][view]
        return rank, tuple(place for place, _ in chosen), chosen

    def _judged(self, chosen: Chosen) -> tuple[Finding, ...]:
        world, _ = self.bench.world(_seated(self.field.looked, self.candidates, chosen))
        return self.bench.on_the_body(world)


def _seated(looked: Looked, candidates: Sequence[Candidate], chosen: Chosen) -> list[Seated]:
    """Who sits where: within a kind of seat in the order of the file."""
    free = [list(kind) for kind in looked.kinds]
    return [(free[kind].pop(0), candidates[place]) for place, kind in chosen]


def _successors(bench: Bench, candidates: Sequence[Candidate], field: Field, chosen: Chosen) -> Successors:
    seated = _seated(field.looked, candidates, chosen)
    body, terms, rank = bench.judged(seated)
    picks = []
    for members in field.classes:
        alike = _alike(candidates, field.looked, members)
        for kind, seats in enumerate(field.looked.kinds):
            count = sum(place in members and at == kind for place, at in chosen)
            picks += [Pick(count, alike, seats)] if count else []
    return Successors(_sitting(seated), tuple(picks), body, terms, rank)


def _named(bench: Bench, candidates: Sequence[Candidate]) -> Successors:
    seated = list(zip(bench.seats, candidates, strict=True))
    body, terms, rank = bench.judged(seated)
    return Successors(_sitting(seated), (), body, terms, rank)


def _sitting(seated: Sequence[Seated]) -> tuple[tuple[str, str], ...]:
    return tuple((seat, candidate.organisation) for seat, candidate in seated)


def _alike(candidates: Sequence[Candidate], looked: Looked, members: Sequence[int]) -> Alike:
    names = tuple(candidates[place].organisation for place in members)
    columns = zip(*(looked.facts[place] for place in members), strict=True)
    facts = tuple((column[0][0], hull([value for _, value in column])) for column in columns)
    return Alike(names, facts)
