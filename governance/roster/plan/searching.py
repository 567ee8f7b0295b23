"""Every set of successors at once: classes added one after the other, keeping what the sets so far come to.

What a set comes to (its *sum*) is which parts are in it and how many of each, as two whole numbers: a bit for
each part, and a digit for each part whose number matters and for each kind of seat. Sets with the same sum
are judged the same by the rules on the body; of those the best few are kept, best by their own terms, then by
the order of names. That too is one whole number, the *weight*, which adds up as candidates are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from fractions import Fraction
from functools import cached_property
from heapq import nsmallest
from math import lcm

from governance.model import RequestError, Text
from governance.roster.plan.nouns import Rank
from governance.roster.plan.parts import Part
from governance.roster.plan.seeing import Looked, Seen

MOST_SUMS = 100_000
"""How many different sums may be looked at side by side; some thousands are usual."""

Sum = tuple[int, int]
Step = tuple[int, int, int]
"""What so many of a class add: bits, digits and weight."""


@dataclass(frozen=True)
class Field:
    """The usable candidates as the rules see them, and how many seats there are of each kind.

    ``usable`` are the places of candidates who may be chosen, in the order of the file.
    """

    looked: Looked
    usable: tuple[int, ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many seats of each kind."""
        return tuple(len(kind) for kind in self.looked.kinds)

    @cached_property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """The candidates that are alike: the rules see the same, and each fact that is a word is the same."""
        alike: dict[object, list[int]] = {}
        for place in self.usable:
            words = tuple(fact for fact in self.looked.facts[place] if fact[0] in self.looked.worded)
            key = (self.looked.seen[place], self.looked.unknown[place], words)
            alike.setdefault(key, []).append(place)
        return tuple(map(tuple, alike.values()))

    @cached_property
    def _bits(self) -> dict[Part, int]:
        return self._numbered(often=False)

    @cached_property
    def _digits(self) -> dict[Part, int]:
        """The parts whose number matters; before them stand the kinds of seat."""
        return {part: len(self.sizes) + at for part, at in self._numbered(often=True).items()}

    def _numbered(self, *, often: bool) -> dict[Part, int]:
        parts = (part for place in self.usable for seen in self.looked.seen[place] for part in seen.parts)
        return {
            part: at for at, part in enumerate(dict.fromkeys(part for part in parts if part.often is often))
        }

    @cached_property
    def width(self) -> int:
        """The bits of a digit, one of them a guard that a number of candidates never reaches."""
        return sum(self.sizes).bit_length() + 1

    @cached_property
    def _guards(self) -> int:
        return sum(
            1 << (at * self.width + self.width - 1) for at in range(len(self.sizes) + len(self._digits))
        )

    def _fits(self, digits: int, most: int) -> bool:
        """Whether no digit is more than the one allowed."""
        return ((most | self._guards) - digits) & self._guards == self._guards

    @cached_property
    def full(self) -> Sum:
        """The sum that nothing passes: every part there, and each kind of seat filled."""
        each = sum(self.sizes)
        counts = (*self.sizes, *(each for _ in self._digits))
        return (1 << len(self._bits)) - 1, self._number(counts)

    def _number(self, digits: Iterable[int]) -> int:
        return sum(digit << (at * self.width) for at, digit in enumerate(digits))

    def filled(self, sum_: Sum) -> bool:
        """Whether every seat is taken."""
        own = (1 << (len(self.sizes) * self.width)) - 1
        return sum_[1] & own == self._number(self.sizes)

    def of_rule(self, rule: int) -> Sum:
        """Which bits and digits of a sum a rule looks at."""
        bits = sum(1 << at for part, at in self._bits.items() if part.rule == rule)
        digit = (1 << self.width) - 1
        own = (at for part, at in self._digits.items() if part.rule == rule)
        return bits, sum(digit << (at * self.width) for at in own)

    @cached_property
    def _scale(self) -> int:
        """What makes every shortfall of a term a whole number."""
        ranks = [seen.rank for place in self.usable for seen in self.looked.seen[place]]
        return lcm(*(rank.short.denominator for rank in ranks))

    def _rank_parts(self, rank: Rank) -> list[int]:
        return [int(each * self._scale) if isinstance(each, Fraction) else each for each in astuple(rank)]

    @cached_property
    def _rank_width(self) -> int:
        most = max(
            (max(self._rank_parts(seen.rank)) for place in self.usable for seen in self.looked.seen[place]),
            default=0,
        )
        return (most * sum(self.sizes)).bit_length() + 1

    @cached_property
    def _kind_width(self) -> int:
        return (len(self.sizes) - 1).bit_length()

    def _weight(self, place: int, kind: int) -> int:
        """Less is better: first the term's rank, then the place in the file, then the kind of seat."""
        number = len(self.looked.seen)
        rank = 0
        for each in self._rank_parts(self.looked.seen[place][kind].rank):
            rank = (rank << self._rank_width) + each
        name = 1 << (number - 1 - place)
        which = kind << ((number - 1 - place) * self._kind_width)
        return (((rank << number) - name) << (number * self._kind_width)) + which

    def read(self, weight: int) -> tuple[Rank, tuple[tuple[int, int], ...]]:
        """The rank of the terms of a set, and the candidates in it with their kinds of seat."""
        number = len(self.looked.seen)
        kinds = weight & ((1 << (number * self._kind_width)) - 1)
        rest = weight >> (number * self._kind_width)
        names = -rest & ((1 << number) - 1)
        rank = (rest + names) >> number
        own_part = (1 << self._rank_width) - 1
        of_rank = len(fields(Rank))
        parts = [rank >> (at * self._rank_width) & own_part for at in reversed(range(of_rank))]
        chosen = [place for place in range(number) if names >> (number - 1 - place) & 1]
        own = (1 << self._kind_width) - 1
        at = [(place, kinds >> ((number - 1 - place) * self._kind_width) & own) for place in chosen]
        mb, mu, db, du, sb, su, short, unknown = parts
        return Rank(mb, mu, db, du, sb, su, Fraction(short, self._scale), unknown), tuple(at)

    def _steps(self, members: Sequence[int]) -> Iterator[Step]:
        """What some of a class add, for every number of them in every kind of seat; the first named first."""
        seen = self.looked.seen[members[0]]

        def add(kind: int, left: int, step: Step) -> Iterator[Step]:
            if kind == len(self.sizes):
                yield step
                return
            for count in range(min(self.sizes[kind], left) + 1):
                yield from add(kind + 1, left - count, step)
                if count == left or not seen[kind].may:
                    return
                step = self._with(step, members[len(members) - left + count], kind, seen[kind])

        return add(0, len(members), (0, 0, 0))

    def _with(self, step: Step, place: int, kind: int, seen: Seen) -> Step:
        bits = [1 << self._bits[part] for part in seen.parts if not part.often]
        digits = [kind, *(self._digits[part] for part in seen.parts if part.often)]
        mask, counts, weight = step
        for bit in bits:
            mask |= bit
        counts += sum(1 << (at * self.width) for at in digits)
        return mask, counts, weight + self._weight(place, kind)

    def sums(self, goals: Sequence[Sum], most: int = 1) -> dict[Sum, list[int]]:
        """All sums that fill the seats and stay within a goal, each with its ``most`` best weights."""
        layer: dict[Sum, list[int]] = {(0, 0): [0]}
        for members in self.classes:
            steps = [step for step in self._steps(members) if step[1]]
            grown = {sum_: weights[:] for sum_, weights in layer.items()}
            for (mask, counts), weights in layer.items():
                for more, digits, weight in steps:
                    sum_ = mask | more, counts + digits
                    if not any(sum_[0] & ~bits == 0 and self._fits(sum_[1], limit) for bits, limit in goals):
                        continue
                    grown.setdefault(sum_, []).extend(each + weight for each in weights)
            layer = {
                sum_: nsmallest(most, weights) if len(weights) > most else weights
                for sum_, weights in grown.items()
            }
            if len(layer) > MOST_SUMS:
                raise self._too_much()
        return {sum_: weights for sum_, weights in layer.items() if self.filled(sum_)}

    def _too_much(self) -> RequestError:
        seats, number = sum(self.sizes), len(self.usable)
        named = ", ".join(f"`{rule.id}`" for rule in self.looked.single)
        why = Text(
            f"; {named} ser på hver kandidat for sig" if named else "",
            f"; {named} looks at each candidate by itself" if named else "",
        )
        return RequestError(
            Text(
                f"{number} kandidater til {seats} pladser er flere, end der kan regnes nøjagtigt på{why.da}; "
                "giv en kortere liste af kandidater, eller færre pladser",
                f"{number} candidates for {seats} seats are more than can be reckoned exactly{why.en}; "
                "give a shorter list of candidates, or fewer seats",
            )
        )
