"""Rounds of prioritising as they are shown: sealed until closed, then counted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from governance.counting import Tally, count, robustness
from governance.model import Text
from governance.record import Entity, Record, fold
from governance.rulebook import Rulebook, judged_day
from governance.service.ballots import (
    ROUND,
    ballots_of,
    choices_of,
    counting_of,
    entitled,
    is_closed,
    method_of,
    papers_of,
)
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import find_item, known_on, said_day, the_record
from governance.service.recording import looking
from governance.service.roundviews import BallotView, RoundLine, RoundView, result_view
from governance.service.showing import day_span, fact_views, said, said_state, step_view
from governance.service.views import Said
from governance.service.words import query_date
from governance.store import load_things
from governance.values import Span
from governance.world import World


@named
def round_(gov: Governance, id: str, *, on: str = "", known: str = "", own: str = "") -> RoundView:  # noqa: A002 - the word of the contract
    """A round: who has cast, and once it is closed the result, its ties and how firmly it stands.

    Until then no score is shown but those of ``own``, the organisation that asks for its own ballot.
    """
    found = find_item(gov, id, on, known)
    round_thing, book = found.entity, found.book
    counting = counting_of(book, round_thing)
    world = World(found.record, book, found.on)
    papers = papers_of(found.record, round_thing)
    closed = is_closed(book, round_thing)
    may_cast = entitled(round_thing, world)
    choices = choices_of(round_thing)
    titles = _titles(gov, choices)
    method = method_of(counting, world)
    result = None
    if closed:
        result = result_view(
            count(method, choices, papers), robustness(method, choices, papers, may_cast), titles
        )
    referee = gov.referee(book)
    mine = next((paper for paper in papers if paper.caster == own), None)
    return RoundView(
        id=round_thing.id,
        title=round_thing.title,
        state=said_state(book, ROUND, round_thing.state),
        closed=closed,
        meeting=round_thing.links.get("meeting", ""),
        closes=_closes(round_thing),
        method=counting.label,
        blank=counting.blank,
        most=_said(method.most),
        budget=_said(method.budget),
        choices=tuple(titles[each] for each in choices),
        cast=tuple(
            BallotView(each, _cast_on(found.record, round_thing, each))
            for each in sorted(p.caster for p in papers)
        ),
        missing=tuple(each for each in may_cast if each not in {paper.caster for paper in papers}),
        own={choice: str(score) for choice, score in mine.scores.items()} if mine is not None else {},
        result=result,
        steps=tuple(
            step_view(referee, round_thing, decision)
            for decision in referee.next_steps(round_thing, found.on, found.record)
        ),
        facts=fact_views(book, round_thing),
        on=day_span(found.on),
        known=said_day(found.known),
    )


def _cast_on(record: Record, round_thing: Entity, organisation: str) -> str:
    own = [e for e in ballots_of(record, round_thing) if e.links["organisation"] == organisation]
    return day_span(own[-1].since)


def _closes(round_thing: Entity) -> str:
    known = round_thing.facts.get("closes")
    return day_span(known.value) if known is not None and isinstance(known.value, Span) else ""


def _titles(gov: Governance, ids: Sequence[str]) -> dict[str, Said]:
    with looking(gov) as connection:
        record = fold(load_things(connection, ids))
    titles = {each: record[each].title if each in record else each for each in ids}
    return {each: Said(each, Text(title, title)) for each, title in titles.items()}


def _said(number: Fraction | None) -> str:
    return "" if number is None else str(number)


def rounds(gov: Governance, *, on: str = "", known: str = "") -> tuple[RoundLine, ...]:
    """All rounds on a date, the newest first, with the totals of those that are closed."""
    when, asked = query_date(on, gov.today), known_on(gov, known)
    book = gov.rulebook(when, asked)
    record = fold(the_record(gov, asked).events, by=judged_day(when))
    found = [each for each in record.values() if each.kind == ROUND]
    return tuple(round_line(book, record, each, World(record, book, when)) for each in reversed(found))


def round_line(book: Rulebook, record: Record, each: Entity, world: World) -> RoundLine:
    """A round in a list."""
    papers, closed = papers_of(record, each), is_closed(book, each)
    tallies: tuple[Tally, ...] = ()
    if closed and book.counting:
        tallies = count(method_of(counting_of(book, each), world), choices_of(each), papers).tallies
    return RoundLine(
        each.id,
        each.title,
        said_state(book, ROUND, each.state),
        _closes(each),
        each.links.get("meeting", ""),
        len(papers),
        tuple((tally.choice, str(tally.total), tally.rank) for tally in tallies),
        said(book, each.links.get("body", "")),
    )
