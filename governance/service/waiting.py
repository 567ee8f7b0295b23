"""What waits for whoever asks: their own share of what must be done, the rounds and the meetings ahead.

The group is read once, for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from governance.record import Record
from governance.rights import ROLES, Duty
from governance.service.ballots import ROUND, basis_of, entitled, papers_of
from governance.service.listings import PER_PAGE
from governance.service.meetings import meeting_lines
from governance.service.meetingviews import MeetingLine
from governance.service.naming import named
from governance.service.opening import Governance, looking
from governance.service.permitting import acts_for, castable, held, may
from governance.service.recording import in_one_moment
from governance.service.rounds import round_line
from governance.service.roundviews import RoundLine
from governance.service.showing import said
from governance.service.tasks import SCORES, Task, first_tasks
from governance.service.todo import look_ahead, tasks_of, waiting_items
from governance.service.views import Said
from governance.values import Span, day
from governance.world import World

FORTNIGHT = 14


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office the caller holds today; ``to`` is its last day, if one is set."""

    role: Said
    body: Said | None
    organisation: str
    to: str


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that takes ballots: whose are missing, and for which of them the caller may cast."""

    line: RoundLine
    missing: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What waits for the caller within so many days: tasks with the late first, open rounds, meetings ahead.

    ``everything`` when they record for all, so that nothing is left out. Of the items that wait for a step
    the first are told, by number, and ``more`` may follow; ``bodies`` are those that the caller acts for.
    """

    on: str
    days: int
    everything: bool
    offices: tuple[OfficeLine, ...]
    tasks: tuple[Task, ...]
    rounds: tuple[OpenRound, ...]
    meetings: tuple[MeetingLine, ...]
    more: bool = False
    bodies: tuple[Said, ...] = ()


@named
@in_one_moment
def waiting(gov: Governance, *, on: str = "", days: int = FORTNIGHT) -> WaitingView:
    """What waits for the caller, by the offices they hold today; everything for whoever records for all.

    A ballot waits with its round and is not told again as a task.
    """
    records, bodies = may(gov, Duty.RECORD).allowed, acts_for(gov)
    organisations = {each.organisation for each in held(gov) if each.organisation}
    own = None if records else frozenset(organisations.union(bodies))
    with looking(gov) as connection:
        ahead = look_ahead(gov, connection, on, days)
        found = waiting_items(ahead, own, 1, PER_PAGE)
        first = [task for task in first_tasks(ahead) if task.why != SCORES]
        group = ahead.shelf.group
    today = ahead.on.isoformat()
    meetings = [
        each
        for each in meeting_lines(ahead.book, group)
        if each.awaits and not each.over and each.date >= today
    ]
    return WaitingView(
        on=today,
        days=days,
        everything=records,
        offices=offices_today(gov),
        tasks=(*tasks_of(first, own), *found.tasks),
        rounds=_open_rounds(gov, group, day(ahead.on)),
        meetings=tuple(sorted(meetings, key=lambda each: (each.date, each.id))),
        more=found.more,
        bodies=tuple(said(ahead.book, each.id) for each in ahead.book.bodies if each.id in bodies),
    )


def offices_today(gov: Governance) -> tuple[OfficeLine, ...]:
    """The offices the caller holds today."""
    book = gov.rulebooks.books[-1]
    return tuple(
        OfficeLine(
            Said(each.role, ROLES[each.role].label),
            said(book, each.body) if each.body else None,
            each.organisation,
            each.to.isoformat() if each.to is not None else "",
        )
        for each in held(gov)
        if each.role in ROLES
    )


def _open_rounds(gov: Governance, record: Record, on: Span) -> tuple[OpenRound, ...]:
    """The rounds that are not closed, the newest first, with the ballots that are missing."""
    found = []
    for each in reversed([each for each in record.values() if each.kind == ROUND]):
        basis = basis_of(each, gov.rulebook, on)
        if not basis.closed:
            cast = {paper.caster for paper in papers_of(record, each)}
            able = entitled(each, World(record, basis.book, basis.on)).sure
            missing = tuple(name for name in able if name not in cast)
            own = castable(gov, each.links.get("body", ""), missing)
            found.append(OpenRound(round_line(gov, record, each, on, None), missing, own))
    return tuple(found)
