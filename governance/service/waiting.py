"""What waits for whoever asks: their own share of what must be done, the rounds and the meetings ahead."""

from __future__ import annotations

from dataclasses import dataclass

from governance.rights import ROLES, Duty
from governance.service.meetings import meetings
from governance.service.meetingviews import MeetingLine
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.permitting import acts_for, held, may
from governance.service.rounds import round_, rounds
from governance.service.roundviews import RoundLine
from governance.service.showing import said
from governance.service.todo import SCORES, Task, todo
from governance.service.views import Said

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

    ``everything`` when they record for all, so that nothing is left out.
    """

    on: str
    days: int
    everything: bool
    offices: tuple[OfficeLine, ...]
    tasks: tuple[Task, ...]
    rounds: tuple[OpenRound, ...]
    meetings: tuple[MeetingLine, ...]


@named
def waiting(gov: Governance, *, on: str = "", days: int = FORTNIGHT) -> WaitingView:
    """What waits for the caller, by the offices they hold today; everything for whoever records for all.

    A ballot waits with its round and is not told again as a task.
    """
    view = todo(gov, on=on, days=days)
    records = may(gov, Duty.RECORD).allowed
    own = _own(gov)
    tasks = (task for task in view.tasks if task.why != SCORES)
    ahead = [each for each in meetings(gov, on=on) if each.awaits and not each.over and each.date >= view.on]
    return WaitingView(
        on=view.on,
        days=view.days,
        everything=records,
        offices=offices_today(gov),
        tasks=tuple(task for task in tasks if records or own & {who.id for who in task.who}),
        rounds=_open_rounds(gov, on),
        meetings=tuple(sorted(ahead, key=lambda each: (each.date, each.id))),
    )


def _own(gov: Governance) -> set[str]:
    """The bodies the caller may act for, and the organisations they hold an office for."""
    organisations = {each.organisation for each in held(gov) if each.organisation}
    return organisations.union(acts_for(gov))


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


def _open_rounds(gov: Governance, on: str) -> tuple[OpenRound, ...]:
    """The rounds that are not closed, with the ballots that are missing."""
    found = []
    for line in rounds(gov, on=on):
        view = round_(gov, line.id, on=on)
        if view.closed:
            continue
        found.append(OpenRound(line, view.missing, view.may_cast))
    return tuple(found)
