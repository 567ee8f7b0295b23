"""The ballots of a round: what it is over, how it is counted, who may cast, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from governance.conditions.judge import value_of
from governance.counting import Method, Paper, Result, Score, check, count, read_scores, write_scores
from governance.model import RequestError, Text
from governance.prose.values import say_day
from governance.record import Entity, Record
from governance.rulebook import Counting, Rulebook, judged_day
from governance.values import Span, Truth, Value, word
from governance.world import World, body_row

ROUND, BALLOT = "round", "ballot"
SCORES, CHOICES, COUNTING, CLOSES = "scores", "choices", "counting", "closes"
Rules = Callable[[Span], Rulebook]
"""The rulebook in force on a date."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a round is counted by: a rulebook, and the day whose readings hold."""

    book: Rulebook
    on: Span
    closed: bool


def basis_of(round_: Entity, rules: Rules, on: Span) -> Basis:
    """Of a closed round the rulebook of the day it was closed, that of its last act; else of the day asked.

    Rules adopted since do not count it anew.
    """
    for act in [each for each in round_.acts if not each.late][-1:]:
        then = rules(act.on)
        if then.is_final(round_.kind, round_.state):
            return Basis(then, act.on, closed=True)
    book = rules(on)
    return Basis(book, on, book.is_final(round_.kind, round_.state))


def is_casting(book: Rulebook, thing: Entity, step: str) -> bool:
    """Whether a step of a thing casts a ballot or changes one."""
    return thing.kind == ROUND and step in {
        name for each in book.counting for name in (each.cast, each.change)
    }


def counting_of(book: Rulebook, round_: Entity) -> Counting:
    """How a round is counted: as is recorded on it, or where nothing is, the first way of the rulebook.

    RequestError when the rulebook does not say, or the thing is no round.
    """
    if round_.kind != ROUND or not book.counting:
        raise RequestError(
            Text(
                f"`{round_.id}` er ikke en runde, som regelsættet siger, hvordan tælles",
                f"`{round_.id}` is no round that the rulebook says how to count",
            )
        )
    chosen = round_.word(COUNTING)
    if chosen is None:
        return book.counting[0]
    found = next((each for each in book.counting if each.id == chosen), None)
    if found is None:
        raise RequestError(
            Text(
                f"`{round_.id}` tælles som `{chosen}`, som regelsættet fra "
                f"{say_day(book.from_).da} ikke har; vælg en dag med et regelsæt, "
                "der har det, eller åbn en ny runde",
                f"`{round_.id}` is counted as `{chosen}`, which the rulebook from {book.from_} lacks; choose "
                "a day of a rulebook that has it, or open another round",
            )
        )
    return found


def choices_of(round_: Entity) -> tuple[str, ...]:
    """The items of a round."""
    return tuple(part.strip() for part in (round_.word(CHOICES) or "").split(";") if part.strip())


def method_of(counting: Counting, world: World | None) -> Method:
    """The method with its limits as they are read on the world's date; without a world, with none."""
    most, budget, places = (
        _whole(value_of(each, world.scope())) if each is not None and world is not None else None
        for each in (counting.most, counting.budget, counting.places)
    )
    wanted = int(places) if places is not None else None
    return Method(counting.method, most, budget, counting.blank, wanted)  # type: ignore[arg-type]  # the parser checked both words


def _whole(value: Value) -> Fraction | None:
    return value.point if isinstance(value, Span) and isinstance(value.point, Fraction) else None


def papers_of(record: Record, round_thing: Entity) -> tuple[Paper, ...]:
    """The newest ballot of each organisation in a round, by organisation."""
    return tuple(
        Paper(each.links["organisation"], given_by(each, round_thing))
        for each in newest_of(record, round_thing)
    )


def newest_of(record: Record, round_thing: Entity) -> tuple[Entity, ...]:
    """The ballots that count, those with scores: the newest of each organisation, by organisation."""
    newest = {each.links["organisation"]: each for each in ballots_of(record, round_thing)}
    return tuple(newest[name] for name in sorted(newest) if newest[name].word(SCORES) is not None)


def given_by(ballot: Entity, round_thing: Entity) -> dict[str, Score]:
    """What a ballot gives the items of its round; what it says of others does not count."""
    text, choices = ballot.word(SCORES) or "", choices_of(round_thing)
    named = [part.partition("=")[0].strip() for part in text.split(";")]
    return {name: score for name, score in read_scores(text, named).items() if name in choices}


def sound_scores(book: Rulebook, round_thing: Entity, text: str) -> str:
    """The scores as they are kept. RequestError for another item's and for what are no points at all.

    How many points may be given is for the rules to say.
    """
    shape = replace(method_of(counting_of(book, round_thing), None), most=None, budget=None)
    choices = choices_of(round_thing)
    given = read_scores(text, choices)
    wrong = [problem.text for problem in check(shape, choices, given)]
    if wrong:
        raise RequestError(*wrong)
    return write_scores(given, choices)


def ballots_of(record: Record, round_thing: Entity) -> list[Entity]:
    """Every ballot cast in a round, in the order cast."""
    own = [e for e in record.values() if e.kind == BALLOT and e.links.get("round") == round_thing.id]
    return sorted(own, key=lambda each: each.first_told)


def cast_by(record: Record, round_thing: Entity, organisation: Value | None) -> list[Entity]:
    """The ballots that an organisation has cast in a round, in the order cast."""
    return [
        each for each in ballots_of(record, round_thing) if word(each.links["organisation"]) == organisation
    ]


def problems_of(
    method: Method, choices: Sequence[str], papers: Sequence[Paper]
) -> dict[str, tuple[Text, ...]]:
    """What is wrong with ballots as they are stored, by organisation; nothing of sound ones."""
    found = {each.caster: check(method, choices, each.scores) for each in papers}
    return {caster: tuple(each.text for each in wrong) for caster, wrong in found.items() if wrong}


@dataclass(frozen=True, slots=True)
class Entitled:
    """The organisations that may cast a ballot for certain, and those that perhaps may.

    A seat of which nobody knows whether or by whom it is held stands among the latter, by the id of its row.
    """

    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


def entitled(round_thing: Entity, world: World) -> Entitled:
    """Who holds a seat in the round's body on its closing day, or on the world's day before it."""
    ends = judged_day(round_thing.span(CLOSES))
    at = min((each for each in (ends, judged_day(world.on)) if each is not None), default=None)
    then = world if at is None else replace(world, on=Span(at, at))
    members = body_row(round_thing.links.get("body", ""), then).lists["members"].rows
    sure = {row.links["organisation"].id for row in members if row.there is Truth.TRUE}
    perhaps = {
        row.links["organisation"].id if "organisation" in row.links else row.id
        for row in members
        if row.there is Truth.UNKNOWN
    }
    return Entitled(tuple(sorted(sure)), tuple(sorted(perhaps - sure)))


def counted(record: Record, round_thing: Entity, basis: Basis) -> Result:
    """The result of a round, of its ballots as they are stored; RequestError as for ``counting_of``."""
    method = method_of(counting_of(basis.book, round_thing), World(record, basis.book, basis.on))
    return count(method, choices_of(round_thing), papers_of(record, round_thing), stored=True)


def results_of(record: Record, item: str, meeting: str, rules: Rules, on: Span) -> dict[str, dict[str, str]]:
    """What each closed round of a meeting over an item came to: by round, the facts its rulebook names."""
    found: dict[str, dict[str, str]] = {}
    for each in record.values():
        if each.kind != ROUND or each.links.get("meeting") != meeting or item not in choices_of(each):
            continue
        basis = basis_of(each, rules, on)
        if not basis.closed or not basis.book.counting:
            continue
        counting = counting_of(basis.book, each)
        tally = next(tally for tally in counted(record, each, basis).tallies if tally.choice == item)
        told = {counting.total: str(tally.total), counting.rank: str(tally.rank)}
        found[each.id] = {name: value for name, value in told.items() if name}
    return found


def refuse_by_hand(
    book: Rulebook, kind: str, links: Mapping[str, str], fact: str, *, live: bool = False
) -> None:
    """RequestError for a ballot of a round, which only its steps write, and for what it was opened with.

    The closing day is guarded where it is told ``live``: a wrong one can be corrected, with a reason.
    """
    if book.process_for(ROUND) is None:
        return
    if kind == BALLOT and links.get(ROUND):
        raise RequestError(
            Text(
                "en runde får sine stemmesedler ved dens skridt; brug `governance rounds cast`",
                "a round gets its ballots by its steps; use `governance rounds cast`",
            )
        )
    if kind == ROUND and fact in (CHOICES, COUNTING):
        raise RequestError(
            Text(
                "en rundes sager og optælling ligger fast, når den er åbnet; luk den, og åbn en ny",
                "the items of a round and how it is counted are settled; close it, and open another",
            )
        )
    if kind == ROUND and fact == CLOSES and live:
        raise RequestError(
            Text(
                "en rundes lukkedag ligger fast, når den er åbnet; er den skrevet forkert, "
                "så ret den med en begrundelse (`governance correct`)",
                "the closing day of a round is settled when it is opened; if it was written wrong, "
                "correct it with a reason (`governance correct`)",
            )
        )
