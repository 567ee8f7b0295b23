"""Rounds of prioritising as they are shown: sealed until closed, then counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import partial

from governance.counting import Method, Paper, Tally, count, robustness
from governance.model import Forbidden, RequestError, Text
from governance.record import Entity, Record, fold
from governance.rights import Duty
from governance.rulebook import judged_day
from governance.service.ballots import (
    CLOSES,
    ROUND,
    Entitled,
    basis_of,
    cast_by,
    choices_of,
    counted,
    counting_of,
    entitled,
    method_of,
    papers_of,
    problems_of,
)
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.permitting import castable, permit, scores_for
from governance.service.reading import Found, as_known, find_item, known_on, said_day, the_group
from governance.service.roundviews import BallotView, ResultView, RoundLine, RoundView, result_view
from governance.service.showing import day_span, fact_views, said, said_state, step_view
from governance.service.titles import called
from governance.service.views import Said
from governance.service.words import query_date
from governance.store import load_things
from governance.values import Span, word
from governance.vocabulary import BESIDE
from governance.world import World

Titles = Mapping[str, Said]


@named
def round_(gov: Governance, id: str, *, on: str = "", known: str = "", own: str = "") -> RoundView:  # noqa: A002 - the word of the contract
    """A round: who has cast, and once it is closed the result, its ties and how firmly it stands.

    A closed round is counted by the rules of the day it was closed; a ballot stored beyond their limits
    counts as it was stored, and is named. Until it is closed no score is shown but those of ``own``, the
    organisation that asks for its own ballot: of a caller that of the one they score for, asked or not.
    RequestError for what is no round, and for one counted in a way that the rulebook does not have;
    Forbidden for another's ballot.
    """
    found = find_item(gov, id, on, known)
    round_thing, book = found.entity, found.book
    body = round_thing.links.get("body", "")
    if own:
        _refuse_others_ballot(gov, body, own)
    own = own or next(iter(scores_for(gov, body)), "")
    basis = basis_of(round_thing, partial(gov.rulebook, known=found.known), found.on)
    counting = counting_of(basis.book, round_thing)
    world = World(found.record, basis.book, basis.on)
    papers = papers_of(found.record, round_thing)
    may_cast = entitled(round_thing, world)
    choices = choices_of(round_thing)
    titles = _titles(gov, choices, found.known)
    method = method_of(counting, world)
    casters = {paper.caster for paper in papers}
    referee = gov.referee(book)
    mine = next((paper for paper in papers if paper.caster == own), None)
    return RoundView(
        id=round_thing.id,
        title=round_thing.title,
        state=said_state(basis.book, ROUND, round_thing.state),
        closed=basis.closed,
        meeting=round_thing.links.get("meeting", ""),
        closes=_closes(round_thing),
        method=counting.label,
        blank=counting.blank,
        most=_said(method.most),
        budget=_said(method.budget),
        choices=tuple(titles[each] for each in choices),
        cast=tuple(BallotView(each, _cast_on(found.record, round_thing, each)) for each in sorted(casters)),
        missing=tuple(each for each in may_cast.sure if each not in casters),
        perhaps=tuple(each for each in may_cast.perhaps if each not in casters),
        own={choice: str(score) for choice, score in mine.scores.items()} if mine is not None else {},
        own_of=own if mine is not None else "",
        may_cast=castable(gov, body, (each for each in may_cast.sure if each not in casters)),
        may_change=castable(gov, body, sorted(casters)),
        called=called(book, round_thing),
        meeting_called=_meeting_called(gov, found, round_thing.links.get("meeting", "")),
        result=_result(method, choices, papers, may_cast, titles) if basis.closed else None,
        steps=tuple(
            step_view(referee, round_thing, decision)
            for decision in referee.next_steps(round_thing, found.on, found.record)
        ),
        facts=fact_views(book, round_thing),
        on=day_span(found.on),
        known=said_day(found.known),
        version=found.seen.versions[round_thing.id],
    )


def _refuse_others_ballot(gov: Governance, body: str, organisation: str) -> None:
    """Forbidden for whoever does not score for the organisation; to record its ballot is not to see it."""
    found = permit(gov, Duty.SCORE, body=body, organisation=organisation)
    if found.records:
        raise Forbidden(
            Text(
                f"stemmesedlen fra `{organisation}` er forseglet, til runden lukkes; kun dens medlem ser den",
                f"the ballot of `{organisation}` is sealed until the round closes; only its member sees it",
            )
        )


def _result(
    method: Method, choices: Sequence[str], papers: Sequence[Paper], may_cast: Entitled, titles: Titles
) -> ResultView:
    """A closed round, of its ballots as they are stored."""
    result = count(method, choices, papers, stored=True)
    firm = robustness(method, choices, papers, may_cast.sure, may_cast.perhaps, stored=True)
    return result_view(result, firm, titles, problems_of(method, choices, papers))


def _cast_on(record: Record, round_thing: Entity, organisation: str) -> str:
    return day_span(cast_by(record, round_thing, word(organisation))[-1].since)


def _closes(round_thing: Entity) -> str:
    return day_span(round_thing.span(CLOSES)) if CLOSES in round_thing.facts else ""


def _things(gov: Governance, ids: Sequence[str], known: date | None) -> Record:
    """Some things, whatever their day, as was known."""
    with looking(gov) as connection:
        return fold(as_known(load_things(connection, ids), known)) if ids else {}


def _titles(gov: Governance, ids: Sequence[str], known: date | None) -> Titles:
    record = _things(gov, ids, known)
    titles = {each: record[each].title if each in record else each for each in ids}
    return {each: Said(each, Text(title, title)) for each, title in titles.items()}


def _meeting_called(gov: Governance, found: Found, meeting: str) -> Text:
    things = _things(gov, [meeting] if meeting else [], found.known)
    return called(found.book, things[meeting]) if meeting in things else Text("", "")


def _said(number: Fraction | None) -> str:
    return "" if number is None else str(number)


def rounds(gov: Governance, *, on: str = "", known: str = "") -> tuple[RoundLine, ...]:
    """All rounds on a date, the newest first, with the totals of those that are closed."""
    when, asked = query_date(on, gov.today), known_on(gov, known)
    gov.rulebook(when, asked)  # an error where no rulebook covers the date, as for any question
    beside = (*BESIDE["meeting"], *BESIDE[ROUND])
    record = fold(the_group(gov, asked, beside).events, by=judged_day(when))
    found = [each for each in record.values() if each.kind == ROUND]
    return tuple(round_line(gov, record, each, when, asked) for each in reversed(found))


def round_line(gov: Governance, record: Record, each: Entity, on: Span, known: date | None) -> RoundLine:
    """A round in a list. One that cannot be counted has no totals there; ``round_`` says why."""
    basis = basis_of(each, partial(gov.rulebook, known=known), on)
    tallies: tuple[Tally, ...] = ()
    if basis.closed:
        with suppress(RequestError):
            tallies = counted(record, each, basis).tallies
    return RoundLine(
        each.id,
        each.title,
        said_state(basis.book, ROUND, each.state),
        _closes(each),
        each.links.get("meeting", ""),
        len(papers_of(record, each)),
        tuple((tally.choice, str(tally.total), tally.rank) for tally in tallies),
        said(basis.book, each.links.get("body", "")),
        called(basis.book, each),
    )
