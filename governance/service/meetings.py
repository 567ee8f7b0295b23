"""Meetings as they are shown: what is due, who comes, the agenda, and what can be concluded on each point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance.conditions.judge import value_of
from governance.conditions.nodes import About, nodes_of
from governance.conditions.rows import Row, Scope
from governance.model import Finding, Request, Text, Verdict
from governance.prose import label, say_date
from governance.prose.labels import step_label
from governance.record import Entity, Record, fold
from governance.referee import Referee
from governance.roster import due_on, judge_group_rule, judges
from governance.rulebook import Rule, Rulebook, judged_day
from governance.service.agendas import (
    ATTENDANCE,
    MEETING,
    POINT,
    date_of,
    find_meeting,
    in_order,
    number_of,
)
from governance.service.ballots import ROUND
from governance.service.findings import finding_view
from governance.service.histories import event_views
from governance.service.meetingacts import CANCELLED, HELD, approval, came_of
from governance.service.meetingviews import (
    AttendanceView,
    ConclusionView,
    DueView,
    MeetingLine,
    MeetingView,
    PointView,
)
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import known_on, said_day, the_group, the_record
from governance.service.rounds import round_line
from governance.service.showing import day_span, fact_views, said, said_state, step_view
from governance.service.titles import called
from governance.service.views import Said, StepView
from governance.service.words import query_date
from governance.values import Choice, Span, Truth, Value, shift
from governance.vocabulary import BESIDE
from governance.world import World, body_row, row_for


@dataclass(frozen=True, slots=True)
class _At:
    """When conclusions are judged, on what had happened by then, and on which points; None is on all."""

    on: Span
    record: Record
    points: Collection[str] | None

    def judges(self, point: str) -> bool:
        """Whether a point is among them."""
        return self.points is None or point in self.points


NO_SECTION = Said("", Text("Andre punkter", "Other points"))


def meetings(gov: Governance, *, on: str = "", known: str = "") -> tuple[MeetingLine, ...]:
    """All meetings recorded by a date, the latest first; one whose date is not known comes last."""
    when, asked = query_date(on, gov.today), known_on(gov, known)
    book = gov.rulebook(when, asked)
    return meeting_lines(book, fold(the_group(gov, asked, BESIDE[MEETING]).events, by=judged_day(when)))


def meeting_lines(book: Rulebook, record: Record) -> tuple[MeetingLine, ...]:
    """The meetings of a record, the latest first; one whose date is not known comes last."""
    found = [each for each in record.values() if each.kind == MEETING]
    ordered = sorted(found, key=lambda each: (date_of(each), each.id), reverse=True)
    points = Counter(each.links.get("meeting") for each in record.values() if each.kind == POINT)
    return tuple(_line(book, each, points[each.id]) for each in ordered)


def _line(book: Rulebook, each: Entity, points: int) -> MeetingLine:
    when, state = each.span("date"), book.state(MEETING, each.state)
    return MeetingLine(
        each.id,
        each.title,
        said(book, each.links.get("body", "")),
        day_span(when) if when != Span() else "",
        say_date(when) if when != Span() else Text("", ""),
        said_state(book, MEETING, each.state),
        points,
        tuple(_awaited(book, name) for name in (state.awaits if state is not None else ())),
        called(book, each),
        bool(came_of(book, each)),
    )


def _awaited(book: Rulebook, step: str) -> Said:
    return Said(step, step_label(book, step))


@named
def meeting(
    gov: Governance,
    id: str,  # noqa: A002 - the word of the contract
    *,
    on: str = "",
    known: str = "",
    judged: str = "",
    points: Collection[str] | None = None,
) -> MeetingView:
    """Everything about a meeting on a date.

    What can be concluded is judged on the day ``judged``, by default that date, and of ``points`` only where
    some are named. On a date that is not one day it is judged of those alone: what would help on any of many
    days takes long to find for every point.
    """
    found = find_meeting(gov, id, on, known)
    thing, book, referee = found.entity, found.book, gov.referee(found.book)
    whole = the_record(gov, found.known)
    record = fold(whole.events, by=judged_day(found.on))
    world = World(record, book, found.on)
    judged_on = query_date(judged, gov.today) if judged else found.on
    if points is None and judged_on.point is None:
        points = ()
    at = _At(judged_on, fold(whole.events, by=judged_day(judged_on)) if judged else record, points)
    attendances = world.of_kind(ATTENDANCE, meeting=thing.id)
    own = world.of_kind(POINT, meeting=thing.id)
    row = row_for(thing, world)
    judged_here = _judged(book, world, row)
    members = row.links["body"].lists["members"].rows
    names = {
        row.links["organisation"].id
        for row in members
        if row.there is not Truth.FALSE and row.links.get("organisation")
    }
    return MeetingView(
        line=_line(book, thing, len(own)),
        facts=fact_views(book, thing),
        attendances=tuple(
            replace(_attendance(book, world, thing, each), version=whole.versions[each.id])
            for each in attendances
        ),
        members=tuple(said(book, name) for name in sorted(names)),
        called=_expected(book, row, names),
        sections=_sections(referee, record, own, at, whole.versions),
        due=_due(book, world, row, judged_here),
        findings=tuple(finding_view(book, finding, thing.id) for _, finding in judged_here),
        rounds=tuple(
            round_line(gov, record, each, found.on, found.known)
            for each in record.values()
            if each.kind == ROUND and each.links.get("meeting") == thing.id
        ),
        steps=tuple(
            step_view(referee, thing, decision)
            for decision in referee.next_steps(thing, found.on, found.record)
        ),
        events=event_views(gov, book, found.seen, record, thing.id),
        on=day_span(found.on),
        known=said_day(found.known),
        held=came_of(book, thing) == HELD,
        cancelled=came_of(book, thing) == CANCELLED,
        approved=_approved(book, thing),
        version=whole.versions[thing.id],
    )


def _approved(book: Rulebook, thing: Entity) -> tuple[Span, Said] | None:
    """When the minutes of a meeting were last approved, and by which body."""
    act = approval(book, thing)
    return (act.on, said(book, act.body)) if act is not None else None


def _expected(book: Rulebook, row: Row, members: Collection[str]) -> tuple[tuple[Said, Said | None], ...]:
    """The members, and everybody else who takes part in the body, each with their part in it."""
    parts = dict.fromkeys(sorted(members)) | {
        who.word: part.word
        for each in row.links["body"].lists["participants"].rows
        if each.there is not Truth.FALSE
        and isinstance(who := each.facts.get("organisation"), Choice)
        and isinstance(part := each.facts.get("role", Choice(None)), Choice)
        and who.word
    }
    return tuple((said(book, name), said(book, part) if part else None) for name, part in parts.items())


def _attendance(book: Rulebook, world: World, thing: Entity, each: Entity) -> AttendanceView:
    name = each.links["organisation"]
    status = each.word("status") or "?"
    parts = body_row(thing.links.get("body", ""), world).lists["participants"].rows
    roles = [
        row.facts.get("role") for row in parts if row.facts.get("organisation") == Choice(frozenset({name}))
    ]
    role = next((value.word for value in roles if isinstance(value, Choice) and value.word), None)
    return AttendanceView(
        said(book, name),
        Said(status, label(book, status)),
        said(book, role) if role is not None else None,
    )


def _sections(
    referee: Referee, record: Record, own: Sequence[Entity], at: _At, versions: Mapping[str, int]
) -> tuple[tuple[Said, tuple[PointView, ...]], ...]:
    """The points under the sections their numbers begin with; sections without any are left out."""
    book = referee.rulebook
    placed: dict[str, list[PointView]] = {}
    headings = {str(place): Said(each.id, each.label) for place, each in enumerate(book.agenda, start=1)}
    for each in sorted(own, key=in_order):
        first = number_of(each).partition(".")[0]
        heading = headings.get(first, NO_SECTION)
        placed.setdefault(first if first in headings else "", []).append(
            replace(_point(referee, record, each, heading, at), version=versions[each.id])
        )
    return tuple(
        (headings.get(number, NO_SECTION), tuple(placed[number]))
        for number in (*headings, "")
        if number in placed
    )


def _point(referee: Referee, record: Record, each: Entity, section: Said, at: _At) -> PointView:
    book = referee.rulebook
    item = record.get(each.links.get("about", ""))
    concluded = each.acts[-1] if each.acts else None
    return PointView(
        id=each.id,
        number=number_of(each),
        title=each.title or (item.title if item is not None else ""),
        section=section,
        item=Said(item.id, Text(item.title, item.title)) if item is not None else None,
        item_state=said_state(book, item.kind, item.state) if item is not None else None,
        facts=fact_views(book, item) if item is not None else (),
        state=said_state(book, POINT, each.state),
        concluded=_awaited(book, concluded.step) if concluded is not None else None,
        conclusion=each.word("conclusion") or "",
        event=concluded.event if concluded is not None else None,
        by=label(book, concluded.body) if concluded is not None else None,
        awaits=_awaits(book, item) if item is not None and concluded is not None else (),
        conclusions=() if concluded is not None else _conclusions(referee, at, each),
    )


def _awaits(book: Rulebook, item: Entity) -> tuple[tuple[Said, tuple[Text, ...]], ...]:
    """The steps an item waits for, each with who may take it."""
    state = book.state(item.kind, item.state)
    steps = [book.step(item.kind, name, item.state) for name in (state.awaits if state is not None else ())]
    return tuple(
        (Said(step.id, step.label), tuple(label(book, body) for body in step.by))
        for step in steps
        if step is not None
    )


def _conclusions(referee: Referee, at: _At, each: Entity) -> tuple[ConclusionView, ...]:
    """What can be concluded on a point: every step of it, and the item's step decided as it would be."""
    if referee.rulebook.process_for(POINT) is None or not at.judges(each.id):
        return ()
    record, on = at.record, at.on
    each = record.get(each.id, each)
    item = record.get(each.links.get("about", ""))
    found = []
    for decision in referee.next_steps(each, on, record):
        step = step_view(referee, each, decision)
        taken = referee.step_for(referee.process(each), step.id, each.state).takes
        if not taken:
            found.append(ConclusionView(step, None))
        elif item is not None and referee.rulebook.step(item.kind, taken, item.state) is not None:
            found.append(ConclusionView(step, _with_item(referee, record, each, item, taken, step, on)))
    return tuple(found)


def _with_item(
    referee: Referee, record: Record, each: Entity, item: Entity, taken: str, step: StepView, on: Span
) -> StepView:
    request = Request(taken, step.decision.request.body, on, point=each.id)
    return step_view(referee, item, referee.decide(item, request, record))


def _judged(book: Rulebook, world: World, row: Row) -> list[tuple[Rule, Finding]]:
    """The rules on meetings that guard no step, each with what it says of this one."""
    rules = [rule for rule in book.rules if rule.for_each == MEETING and not rule.steps]
    return [(rule, judge_group_rule(rule, row, world)) for rule in rules if judges(rule, row)]


def _due(
    book: Rulebook, world: World, row: Row, judged_here: Sequence[tuple[Rule, Finding]]
) -> tuple[DueView, ...]:
    """The duties with a last day, whether or not that has come."""
    found = []
    for rule, finding in judged_here:
        if rule.due is None or finding.verdict is Verdict.NOT_APPLICABLE:
            continue
        last, today = judged_day(due_on(rule, row, world)), judged_day(world.on)
        found.append(
            DueView(
                rule.id,
                rule.label,
                rule.clause,
                last.isoformat() if last is not None else "",
                (last - today).days if last is not None and today is not None else None,
                finding.verdict.value,
                finding_view(book, replace(finding, ways=()), row.id).because,
                *_window(rule, world.scope((MEETING, row))),
            )
        )
    return tuple(sorted(found, key=lambda each: each.until or str(date.max)))


def _window(rule: Rule, scope: Scope) -> tuple[str, str]:
    """The day a rule wants something done about, and the first day it may be done, for this row."""
    for node in nodes_of(rule.requires):
        if isinstance(node, About):
            centre = value_of(node.right, scope)
            first = shift(centre, value_of(node.earlier, scope), "days", back=True)
            return _one_day(centre), _one_day(first)
    return "", ""


def _one_day(value: Value) -> str:
    day = value.point if isinstance(value, Span) else None
    return day.isoformat() if isinstance(day, date) else ""
