"""Small made-up rulebooks and partly known records, for the properties of the referee."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from governance.conditions.judge import holds
from governance.conditions.nodes import Condition
from governance.conditions.rows import Scope
from governance.model import (
    Added,
    DeclaredComplete,
    Event,
    FactRecorded,
    Force,
    Origin,
    Request,
    StepTaken,
    Text,
)
from governance.record import Entity, Record, apply
from governance.referee import Referee, request_row
from governance.rulebook import (
    ActKind,
    DatedReading,
    FactKind,
    Named,
    Process,
    ReadingChoice,
    Rule,
    Rulebook,
    Step,
)
from governance.values import Span, Truth, Value, day
from governance.world import World, item_row
from tests.property.trees import Trees
from tests.property.worlds import ACTS, BODIES, COMMON, DAYS, Murk, random_value

NOW = datetime(2024, 6, 1, tzinfo=UTC)
SAID = Text("sagt", "said")
STATES = ("start", "ready", "end")
ITEM = "I"


@dataclass(frozen=True)
class Case:
    """An item in a record, and what is asked about it under a rulebook."""

    book: Rulebook
    record: Record
    request: Request

    @property
    def entity(self) -> Entity:
        return self.record[ITEM]

    @property
    def world(self) -> World:
        return World(self.record, self.book, self.request.on, self.request.inputs, by_period=True)

    @property
    def scope(self) -> Scope:
        item = item_row(self.entity, self.world)
        return self.world.scope(("request", request_row(self.request)), ("item", item))

    def is_complete(self, name: str) -> bool:
        return self.world.is_complete(self.record[name])

    def after(self, name: str, payload: object, on: Span | None = None) -> Case:
        """With one more event in the record."""
        told = (known.event for entity in self.record.values() for _, known in entity.told)
        acts = (act.event for entity in self.record.values() for act in entity.acts)
        number = 1 + max((*told, *acts), default=0)
        event = Event(number, name, payload, on or self.request.on, NOW, Origin.LIVE)  # type: ignore[arg-type]
        return replace(self, record={**self.record, name: apply(self.record.get(name), event)})

    def asks(self, **changes: object) -> Case:
        return replace(self, request=replace(self.request, **changes))  # type: ignore[arg-type]

    def blocked(self, rule: Rule) -> bool:
        """Whether a must stops its step, judged without the referee."""
        if rule.applies_when is not None and holds(rule.applies_when, self.scope) is Truth.FALSE:
            return False
        return holds(rule.requires, self.scope) is not Truth.TRUE

    @property
    def decision(self):
        return Referee(self.book).decide(self.entity, self.request, self.record)


def act_of(case: Case, name: str, act: str, body: str, person: str = "", recorder: str = "") -> Case:
    """The act done on the date of the request, by a step that moves nothing."""
    thing = case.record[name]
    request = Request(act, body, case.request.on, person, recorder)
    return case.after(name, StepTaken(request, thing.state, thing.state, act))


def rule(name: str, requires: Condition, applies_when: Condition | None = None, **more: object) -> Rule:
    return Rule(
        name,
        None,
        Force.MUST,
        "item",
        requires,
        SAID,
        steps=("go",),
        applies_when=applies_when,
        **more,  # type: ignore[arg-type]
    )


def reading(name: str, meaning: Value | Condition) -> ReadingChoice:
    return ReadingChoice(name, "C", name, SAID, (DatedReading(meaning),), SAID, DAYS[0], SAID, ())


def book(
    rules: tuple[Rule, ...],
    readings: dict[str, Value | Condition] | None = None,
    steps: tuple[Step, ...] = (),
    covers: tuple[str, ...] = (),
) -> Rulebook:
    go = Step("go", SAID, "going", BODIES[:1], None, ("ready",), None, "end", rules=rules)
    return Rulebook(
        "made-up",
        SAID,
        SAID,
        date(2000, 1, 1),
        SAID,
        "0" * 64,
        bodies=tuple(Named(body, SAID) for body in BODIES),
        facts=tuple(
            FactKind(fact, scope, kind, SAID)
            for scope in ("item", "relation")
            for fact, kind in COMMON.items()
        ),
        acts=(
            *(ActKind(act, SAID, covers if act == ACTS[0] else ()) for act in ACTS),
            ActKind("going", SAID),
        ),
        readings=tuple(reading(name, meaning) for name, meaning in (readings or {}).items()),
        processes=(
            Process(
                "p",
                SAID,
                (Named("wish", SAID),),
                "start",
                tuple(Named(state, SAID, final=state == "end") for state in STATES),
                (*steps, go),
            ),
        ),
    )


@dataclass
class Drawer:
    """Draws random cases; the same seed draws the same case."""

    random: Random
    murk: Murk = field(default_factory=lambda: Murk(0.6, 0.5, 0.5, 1.0, 1.0, (0, 1)))

    def case(self, depth: int = 1) -> Case:
        random = self.random
        named = {"request": "request", "item": "item", "whole": "item"}
        values: dict[str, Value | Condition] = {
            "days": random_value(random, COMMON["n"], 1.0),
            "size": random_value(random, COMMON["s"], 1.0),
        }
        trees = Trees(random, dict(values))
        values["condition"] = trees.condition({"request": "request", "item": "item"}, 1)
        trees = Trees(random, values)
        requires = trees.condition(named, random.randint(0, depth))
        applies = trees.condition(named, random.randint(0, depth)) if random.random() < 0.4 else None
        made = book((rule("r", requires, applies),), values, covers=random.choice(((), ("n",))))
        request = Request("go", BODIES[0], day(random.choice(DAYS)), person=random.choice(("", "x", "y")))
        case = Case(made, {}, request)
        case = self._thing(case, ITEM, "wish", {})
        for kind, links in (("wish", {"parent": ITEM}), ("relation", {"item": ITEM, "to": "x"})):
            if random.random() < 0.3:
                case = self._thing(case, f"{ITEM}-{kind}", kind, links)
        return case

    def _thing(self, case: Case, name: str, kind: str, links: dict[str, str]) -> Case:
        random = self.random
        began = day(DAYS[0] - timedelta(days=10))
        case = case.after(name, Added(kind, name, links, "ready" if kind == "wish" else ""), began)
        origin = Origin.LIVE if random.random() < self.murk.closed else Origin.HISTORY
        case = replace(case, record={**case.record, name: replace(case.record[name], origin=origin)})
        for fact, of in COMMON.items():
            if random.random() < self.murk.told:
                case = case.after(name, FactRecorded(fact, random_value(random, of, self.murk.known)), began)
        for _ in range(random.choice((0, 0, 1, 2)) if kind == "wish" else 0):
            when = random.choice((*DAYS[:3], DAYS[0] - timedelta(days=20)))
            asked = case.request
            done = act_of(
                replace(case, request=replace(asked, on=day(when))),
                name,
                random.choice(ACTS),
                random.choice(BODIES),
                random.choice(("", "x", "y")),
            )
            case = replace(done, request=asked)
        return case


def completed(case: Case, name: str) -> Case:
    return case.after(name, DeclaredComplete())
