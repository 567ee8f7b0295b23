"""What must be done in the days ahead, and by whom: from the rules, the rounds and where things stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from governance.conditions.reasons import Do, Way
from governance.model import Decision, Request, Text, Verdict
from governance.prose import label
from governance.prose.labels import either, sentence
from governance.prose.spoken import spoken
from governance.record import Record, fold, surroundings
from governance.referee import Referee
from governance.roster import due_on, judge_group_rule, judges
from governance.rulebook import Rulebook, Step, judged_day
from governance.service.ballots import CLOSES, ROUND, entitled, papers_of
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.reading import known_on, said_day, the_record
from governance.service.showing import CONSULTATION, said
from governance.service.views import Said
from governance.service.words import query_day
from governance.values import Span, Truth, at_most, day
from governance.world import World, holds_seat, rows_of, term_row

WEEK = 7
DUTY, AWAITED, SCORES, ANSWER, ENDING = "duty", "awaited", "scores", "answer", "ending"
TERM = "term"


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is waited for: who, what, about which thing, and by when if a day is set.

    ``why`` is one of: duty (a rule with a last day), awaited (the state a thing is in), scores (a ballot not
    cast), answer (a consultation not answered), ending (a term whose last day nears). ``unsure``: the record
    does not say whether the duty is met; such a duty is never ``late``.
    """

    who: tuple[Said, ...]
    what: Text
    about: Said
    until: str
    late: bool
    why: str
    clause: str | None = None
    step: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class TodoView:
    """What must be done within so many days of a day: what is late first, then by day, then the rest."""

    on: str
    days: int
    tasks: tuple[Task, ...]
    known: str = ""


@named
def todo(gov: Governance, *, on: str = "", days: int = WEEK, known: str = "") -> TodoView:
    """What must be done within ``days`` of a day, by whom, and what waits without a day.

    A duty of which the record does not say whether it is met is told until as many days after its last day.
    """
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    book = gov.rulebook(day(day_), asked)
    record = fold(the_record(gov, asked).events, by=day_)
    world = World(record, book, day(day_))
    last = day_ + timedelta(days=days) if days < (date.max - day_).days else date.max
    first = day_ - timedelta(days=days) if days < (day_ - date.min).days else date.min
    tasks = [
        *_duties(book, world, first, last),
        *_scores(book, world, last),
        *_endings(world, last),
        *_awaited(gov.referee(book), world),
        *_answers(record),
    ]
    ordered = sorted(tasks, key=lambda task: (not task.late, task.until or "9", task.about.id, task.what.da))
    return TodoView(day_.isoformat(), days, tuple(ordered), said_day(asked))


def _duties(book: Rulebook, world: World, first: date, last: date) -> Iterator[Task]:
    """Rules with a last day that is near or past, where they are not kept, or, near it, perhaps not kept."""
    rules = [rule for rule in book.rules if rule.due is not None and not rule.steps]
    for rule in rules:
        for row in rows_of(rule.for_each, world):
            if not judges(rule, row):
                continue
            until = judged_day(due_on(rule, row, world))
            if until is None or until > last:
                continue
            finding = judge_group_rule(rule, row, world)
            unsure = finding.verdict is Verdict.UNKNOWN and until >= first
            if not unsure and finding.verdict not in (Verdict.OPEN, Verdict.BROKEN):
                continue
            yield Task(
                _by(book, finding.ways),
                rule.label,
                _thing(world.record, row.id),
                until.isoformat(),
                finding.verdict is Verdict.BROKEN,
                DUTY,
                rule.clause,
                unsure=unsure,
            )


def _by(book: Rulebook, ways: tuple[Way, ...]) -> tuple[Said, ...]:
    bodies = [body for way in ways for remedy in way if isinstance(remedy, Do) for body in remedy.by]
    return tuple(said(book, body) for body in dict.fromkeys(bodies))


def _thing(record: Record, id_: str) -> Said:
    title = record[id_].title if id_ in record else ""
    return Said(id_, Text(title, title) if title else spoken(id_))


def _scores(book: Rulebook, world: World, last: date) -> Iterator[Task]:
    """The organisations that may score in an open round and have not."""
    if not book.counting:
        return
    for each in world.of_kind(ROUND):
        if book.is_final(each.kind, each.state):
            continue
        until = judged_day(each.span(CLOSES))
        cast = {paper.caster for paper in papers_of(world.record, each)}
        waited = tuple(said(book, name) for name in entitled(each, world).sure if name not in cast)
        today = judged_day(world.on)
        late = until is not None and today is not None and until < today
        if waited and not late and (until is None or until <= last):
            said_until = until.isoformat() if until is not None else ""
            what = Text("Giv point i runden", "Score in the round")
            yield Task(waited, what, _thing(world.record, each.id), said_until, late=False, why=SCORES)


def _endings(world: World, last: date) -> Iterator[Task]:
    """The terms that end within the days."""
    for each in world.of_kind(TERM):
        row = term_row(each, world)
        ends = row.facts.get("last_day", row.facts.get("to", Span()))
        near = isinstance(ends, Span) and ends.point is not None and at_most(ends, day(last)) is Truth.TRUE
        if near and holds_seat(row, world.on) is Truth.TRUE and isinstance(ends, Span):
            seat = each.links["seat"]
            holder = each.links["organisation"]
            what = Text(f"Perioden slutter: {holder}", f"The term ends: {holder}")
            until = judged_day(ends)
            yield Task(
                (),
                what,
                _thing(world.record, seat),
                until.isoformat() if until else "",
                late=False,
                why=ENDING,
            )


def _awaited(referee: Referee, world: World) -> Iterator[Task]:
    """What the state of each thing waits for; of a step that is stopped, the acts that would free it."""
    book, record = referee.rulebook, world.record
    around = surroundings(record, book.around)
    for each in record.values():
        state = book.state(each.kind, each.state)
        for name in state.awaits if state is not None else ():
            step = book.step(each.kind, name, each.state)
            if step is not None:
                decision = referee.decide(each, Request(name, step.by[0], world.on), around(each.id))
                yield from _waiting(book, decision, step, _thing(record, each.id))


def _waiting(book: Rulebook, decision: Decision, step: Step, about: Said) -> Iterator[Task]:
    """The step itself for those who may take it, or else who must act first."""
    first = [finding.ways[0] for finding in decision.blocking if finding.ways]
    acts = [remedy for way in first for remedy in way if isinstance(remedy, Do) and remedy.by]
    for act in dict.fromkeys(acts):
        what = sentence(either(label(book, name) for name in act.acts))
        who = tuple(said(book, body) for body in act.by)
        yield Task(who, what, about, "", late=False, why=AWAITED, step=step.id)
    if not acts:
        who = tuple(said(book, body) for body in step.by)
        yield Task(who, step.label, about, "", late=False, why=AWAITED, step=step.id)


def _answers(record: Record) -> Iterator[Task]:
    """Consultations that nobody has answered."""
    for each in record.values():
        if each.kind != CONSULTATION or "answered" in each.facts or "answer" in each.facts:
            continue
        name = each.word("asked_of")
        if name is not None:
            what = Text("Svar på høringen", "Answer the consultation")
            yield Task(
                (Said(name, Text(name, name)),),
                what,
                _thing(record, each.links["item"]),
                "",
                late=False,
                why=ANSWER,
            )
