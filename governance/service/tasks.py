"""What somebody is waited for: duties with a last day, ballots, answers, endings, and steps not yet taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from governance.conditions.reasons import Do, Way
from governance.model import Decision, Request, Text, Verdict
from governance.prose import label
from governance.prose.labels import either, sentence
from governance.prose.spoken import spoken
from governance.record import Entity, Record, surroundings
from governance.referee import Referee
from governance.roster import due_on, judge_group_rule, judges
from governance.rulebook import Rulebook, Step, judged_day
from governance.service.ballots import CLOSES, ROUND, entitled, papers_of
from governance.service.shelves import Shelf
from governance.service.showing import ANSWER_FACTS, CONSULTATION, said
from governance.service.titles import called
from governance.service.views import Said
from governance.values import Span, Truth, at_most, day
from governance.world import World, holds_seat, rows_of, term_row

DUTY, AWAITED, SCORES, ANSWER, ENDING = "duty", "awaited", "scores", "answer", "ending"
TERM = "term"


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is waited for: who, what, about which thing, and by when if a day is set.

    ``why`` is one of: duty (a rule with a last day), awaited (the state a thing is in), scores (a ballot not
    cast), answer (a consultation not answered), ending (a term whose last day nears). ``unsure``: the record
    does not say whether the duty is met; such a duty is never ``late``. ``walks``: the thing goes through a
    process, so that it can be looked at by its id.
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
    walks: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the days ahead are told from: the rules, where the record is read, and between which days.

    ``judged`` is what the duties are judged on: the group, or everything where they may look at items.
    """

    referee: Referee
    shelf: Shelf
    judged: Record
    first: date
    on: date
    last: date

    @property
    def book(self) -> Rulebook:
        """The rules in force on the day."""
        return self.referee.rulebook


def first_tasks(ahead: Ahead) -> list[Task]:
    """What has a last day, and what else waits but steps of items: the late first, then by day."""
    world = World(ahead.shelf.group, ahead.book, day(ahead.on))
    tasks = [
        *_duties(ahead),
        *_scores(world, ahead.last),
        *_endings(world, ahead.last),
        *_steps_of_the_group(ahead.referee, world),
        *_answers(ahead.book, ahead.shelf.consultations),
    ]
    return sorted(tasks, key=lambda task: (not task.late, task.until or "9", task.about.id, task.what.da))


def _duties(ahead: Ahead) -> Iterator[Task]:
    """Rules with a last day that is near or past, where they are not kept, or, near it, perhaps not kept."""
    book, world = ahead.book, World(ahead.judged, ahead.book, day(ahead.on))
    for rule in book.duties:
        for row in rows_of(rule.for_each, world):
            if not judges(rule, row):
                continue
            until = judged_day(due_on(rule, row, world))
            if until is None or until > ahead.last:
                continue
            finding = judge_group_rule(rule, row, world)
            unsure = finding.verdict is Verdict.UNKNOWN and until >= ahead.first
            if not unsure and finding.verdict not in (Verdict.OPEN, Verdict.BROKEN):
                continue
            yield Task(
                _by(book, finding.ways),
                rule.label,
                _thing(book, world.record, row.id),
                until.isoformat(),
                finding.verdict is Verdict.BROKEN,
                DUTY,
                rule.clause,
                unsure=unsure,
                walks=_walks(book, world.record, row.id),
            )


def _by(book: Rulebook, ways: tuple[Way, ...]) -> tuple[Said, ...]:
    bodies = [body for way in ways for remedy in way if isinstance(remedy, Do) for body in remedy.by]
    return tuple(said(book, body) for body in dict.fromkeys(bodies))


def _thing(book: Rulebook, record: Record, id_: str) -> Said:
    return Said(id_, called(book, record[id_]) if id_ in record else spoken(id_))


def _walks(book: Rulebook, record: Record, id_: str) -> bool:
    return id_ in record and book.process_for(record[id_].kind) is not None


def _scores(world: World, last: date) -> Iterator[Task]:
    """The organisations that may score in an open round and have not."""
    book = world.rulebook
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
            yield Task(
                waited,
                Text("Giv point i runden", "Score in the round"),
                _thing(book, world.record, each.id),
                until.isoformat() if until is not None else "",
                late=False,
                why=SCORES,
                walks=_walks(book, world.record, each.id),
            )


def _endings(world: World, last: date) -> Iterator[Task]:
    """The terms that end within the days."""
    for each in world.of_kind(TERM):
        row = term_row(each, world)
        ends = row.facts.get("last_day", row.facts.get("to", Span()))
        near = isinstance(ends, Span) and ends.point is not None and at_most(ends, day(last)) is Truth.TRUE
        if near and holds_seat(row, world.on) is Truth.TRUE and isinstance(ends, Span):
            seat, holder = each.links["seat"], each.links["organisation"]
            until = judged_day(ends)
            yield Task(
                (),
                Text(f"Perioden slutter: {holder}", f"The term ends: {holder}"),
                _thing(world.rulebook, world.record, seat),
                until.isoformat() if until else "",
                late=False,
                why=ENDING,
                walks=_walks(world.rulebook, world.record, seat),
            )


def _steps_of_the_group(referee: Referee, world: World) -> Iterator[Task]:
    around = surroundings(world.record, referee.rulebook.around)
    for each in world.record.values():
        if (each.kind, each.state) in referee.waited_for:
            yield from steps_awaited(referee, each, world.on, around(each.id))


def steps_awaited(referee: Referee, thing: Entity, on: Span, around: Record) -> Iterator[Task]:
    """What the state of a thing waits for; of a step that is stopped, the acts that would free it."""
    book = referee.rulebook
    state = book.state(thing.kind, thing.state)
    for name in state.awaits if state is not None else ():
        step = book.step(thing.kind, name, thing.state)
        if step is not None:
            decision = referee.decide(thing, Request(name, step.by[0], on), around)
            yield from _waiting(book, decision, step, Said(thing.id, called(book, thing)))


def _waiting(book: Rulebook, decision: Decision, step: Step, about: Said) -> Iterator[Task]:
    """The step itself for those who may take it, or else who must act first."""
    first = [finding.ways[0] for finding in decision.blocking if finding.ways]
    acts = [remedy for way in first for remedy in way if isinstance(remedy, Do) and remedy.by]
    freeing = [
        (sentence(either(label(book, name) for name in act.acts)), act.by) for act in dict.fromkeys(acts)
    ]
    for what, by in freeing or [(step.label, step.by)]:
        who = tuple(said(book, body) for body in by)
        yield Task(who, what, about, "", late=False, why=AWAITED, step=step.id, walks=True)


def _answers(book: Rulebook, record: Record) -> Iterator[Task]:
    """Consultations that nobody has answered."""
    for each in record.values():
        if each.kind != CONSULTATION or any(fact in each.facts for fact in ANSWER_FACTS):
            continue
        name = each.word("asked_of")
        if name is not None:
            item = each.links["item"]
            yield Task(
                (Said(name, Text(name, name)),),
                Text("Svar på høringen", "Answer the consultation"),
                _thing(book, record, item),
                "",
                late=False,
                why=ANSWER,
                walks=_walks(book, record, item),
            )
