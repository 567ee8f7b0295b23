"""Rotation in words: stretches of days, endings, calls and the meetings to announce them at."""

from __future__ import annotations

from datetime import date

from governance.model import Text
from governance.notation import write_value
from governance.prose import label, say_date, say_value
from governance.prose.labels import both
from governance.prose.values import say_day
from governance.record import Record
from governance.roster import Call, Calling, Cluster, Ending, Held, Lost, Stretch, Vacancy
from governance.rulebook import Rulebook
from governance.service.findings import finding_view
from governance.service.rotationviews import (
    CallView,
    ClusterView,
    EndingView,
    LossView,
    LostView,
    SeatStretchView,
    VacancyView,
)
from governance.service.showing import said
from governance.service.views import Said
from governance.values import Span, Truth, month_of

TOLD = {
    "last_day": Text("sidste dag er registreret", "the last day is recorded"),
    "to": Text("udløbet er aftalt", "the end is agreed"),
}
CALLED = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}


def say_days(first: date, last: date) -> Text:
    """One day, or from one day to another."""
    if first == last:
        return say_day(first)
    return both("{first} – {last}", "{first} – {last}", first=say_day(first), last=say_day(last))


def ending_view(book: Rulebook, record: Record, ending: Ending) -> EndingView:
    """A term that ends."""
    meeting = ending.meeting
    return EndingView(
        term=ending.term,
        seat=ending.seat,
        organisation=ending.organisation,
        when=say_date(ending.when),
        last_day=write_value(ending.when) if ending.when.point is not None else "",
        told=TOLD[ending.told],
        heirs=ending.heirs,
        call=call_view(book, ending.calling, _latest(ending)),
        meeting=meeting.id if meeting is not None else "",
        announce=_announce(record, ending),
    )


def _latest(ending: Ending) -> Text:
    """The last day for a call where no deadline is set."""
    if ending.heirs:
        return both("{heir} overtager pladsen", "{heir} takes the seat over", heir=_one(ending.heirs[0]))
    if ending.latest is None:
        return Text(
            "hvornår pladsen bliver tom, er ikke kendt nøje nok til at sige en dag",
            "when the seat falls empty is not known well enough to say a day",
        )
    return both(
        "skal pladsen ikke stå tom nogen dag, så senest {day}",
        "for the seat to stand empty on no day, no later than {day}",
        day=say_day(ending.latest),
    )


def _announce(record: Record, ending: Ending) -> Text:
    if ending.latest is None:
        return Text(
            "Mødet kan ikke udpeges, før slutningen er kendt nærmere",
            "The meeting cannot be named until the end is known better",
        )
    if ending.meeting is None:
        return Text("Intet møde er kendt inden da", "No meeting is known until then")
    title, on = record[ending.meeting.id].title or ending.meeting.id, say_date(ending.meeting.on)
    named = _one(title) if on.da in title else Text(f"{title} ({on.da})", f"{title} ({on.en})")
    return both(
        "Sidste kendte møde inden da: {named}", "The last meeting known until then: {named}", named=named
    )


def vacancy_view(book: Rulebook, vacancy: Vacancy) -> VacancyView:
    """A seat nobody holds."""
    empty = Text("pladsen står allerede tom", "the seat stands empty already")
    return VacancyView(
        seat=vacancy.seat,
        since=say_date(vacancy.since),
        organisation=vacancy.after.organisation if vacancy.after is not None else "",
        call=call_view(book, vacancy.calling, empty),
    )


def call_view(book: Rulebook, calling: Calling, otherwise: Text) -> CallView:
    """The call for a seat; ``otherwise`` is what there is to say of the day where no deadline is set."""
    if calling.deadline != Span():
        deadline = both(
            "Fristen for opslaget er {day}",
            "The deadline of the call is {day}",
            day=say_date(calling.deadline),
        )
    else:
        deadline = both(
            "Reglerne sætter ingen frist, og ingen er registreret; {otherwise}",
            "The rules set no deadline, and none is recorded; {otherwise}",
            otherwise=otherwise,
        )
    return CallView(
        called=CALLED[calling.called],
        said=_say_call(book, calling),
        asked_by=tuple(Said(rule.clause or rule.id, rule.label) for rule in calling.asked_by),
        deadline=deadline,
    )


def _say_call(book: Rulebook, calling: Calling) -> Text:
    if not calling.made:
        return Text("Intet opslag er registreret", "No call is recorded")
    last = _told(book, calling.made[-1])
    if calling.called is Truth.TRUE:
        return both("Opslag er registreret: {last}", "A call is recorded: {last}", last=last)
    if calling.called is Truth.UNKNOWN:
        return both(
            "Opslag er registreret: {last}, men det er uafgjort, om det er for denne ledighed",
            "A call is recorded: {last}, but it is undecided whether it is for this vacancy",
            last=last,
        )
    return both(
        "Intet opslag er registreret, siden ledigheden blev kendt; det seneste er {last}",
        "No call is recorded since the vacancy became known; the latest is {last}",
        last=last,
    )


def _told(book: Rulebook, call: Call) -> Text:
    on = say_date(call.on)
    if call.via is None:
        return on
    return both("{on} ({via})", "{on} ({via})", on=on, via=say_value(call.via, book))


def cluster_view(cluster: Cluster, on: date) -> ClusterView:
    """Several seats whose terms end in one month, as they stand on a day."""
    ends = [each for ending in cluster.endings for each in (ending.when.low, ending.when.high)]
    days = [each for each in ends if isinstance(each, date)]
    return ClusterView(
        month=say_date(month_of(cluster.year, cluster.month)),
        days=say_days(min(days), max(days)),
        seats=tuple(dict.fromkeys(ending.seat for ending in cluster.endings)),
        organisations=tuple(dict.fromkeys(ending.organisation for ending in cluster.endings)),
        over=max(days) < on,
    )


def lost_view(lost: Lost) -> LostView:
    """What is lost on the day after some terms have ended."""
    losses = []
    for loss in lost.losses:
        told = finding_view(lost.rulebook, loss.has, loss.has.subject)
        losses.append(
            LossView(
                rule=told.rule,
                label=told.label,
                clause=told.clause,
                force=told.force,
                had=loss.had.verdict,
                has=told.verdict,
                gone=tuple(said(lost.rulebook, each) for each in loss.gone),
                because=told.because,
            )
        )
    organisations = dict.fromkeys(ending.organisation for ending in lost.endings)
    return LostView(lost.on.isoformat(), say_day(lost.on), tuple(organisations), tuple(losses))


def seat_stretch_view(book: Rulebook, stretch: Stretch) -> SeatStretchView:
    """Days in a row on which a seat stands alike."""
    who = label(book, stretch.organisation)
    how = {
        Held.CERTAIN: who,
        Held.PERHAPS: both("måske {who}", "perhaps {who}", who=who),
        Held.VACANT: Text("ledig", "vacant"),
        Held.UNKNOWN: Text("ikke registreret", "not recorded"),
    }[stretch.held]
    return SeatStretchView(
        from_=stretch.from_.isoformat(),
        to=stretch.to.isoformat(),
        held=stretch.held.value,
        organisation=stretch.organisation,
        said=both("{how}, {days}", "{how}, {days}", how=how, days=say_days(stretch.from_, stretch.to)),
    )


def _one(word: str) -> Text:
    return Text(word, word)
