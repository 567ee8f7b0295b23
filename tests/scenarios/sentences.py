"""Sentences of a scenario turned into the events they tell of, by the patterns in a rulebook's vocabulary."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from governance.model import (
    Added,
    Decision,
    DeclaredComplete,
    Event,
    FactRecorded,
    Origin,
    Payload,
    Request,
    StepTaken,
)
from governance.notation import read_value, read_when
from governance.record import Entity, Record, fold
from governance.referee import Referee, is_link, links_of, supposing
from governance.rulebook import Step
from governance.values import Span, Value, day, word
from governance.vocabulary import scope_of

HISTORY = "det er oplyst, at "
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAME = r"[A-ZÆØÅ][^\s,]*(?: [A-ZÆØÅ][^\s,]*)*"
SHAPES = {
    "word": r"\S+",
    "text": r".+",
    "date": r"[\d.-]+",
    "name": NAME,
    "names": rf"{NAME}(?:, {NAME})*(?: og {NAME})?",
}


class UnknownSentence(AssertionError):
    """A sentence that no pattern fits, or more than one."""


@dataclass(frozen=True)
class Pattern:
    """A sentence with {names} in it: what it tells in the record, or the step it is about."""

    say: str
    regex: re.Pattern[str]
    do: tuple[Mapping[str, Any], ...] = ()
    step: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The patterns of a rulebook's scenarios, and what may be put for each {name}."""

    placeholders: Mapping[str, Any]
    given: tuple[Pattern, ...]
    tries: tuple[Pattern, ...]
    judge: Pattern

    def match(self, sentence: str, patterns: tuple[Pattern, ...]) -> tuple[Pattern, dict[str, str]]:
        """The one pattern that fits a sentence, and what stands for its {names}."""
        fits = [(pattern, found) for pattern in patterns if (found := pattern.regex.fullmatch(sentence))]
        if len(fits) != 1:
            told = " / ".join(pattern.say for pattern, _ in fits)
            why = f"passer til flere mønstre: {told}" if fits else "passer ikke til noget mønster"
            raise UnknownSentence(f"sætningen `{sentence}` {why}")
        pattern, found = fits[0]
        said = found.groupdict()
        names = [name for name in self.placeholders if _group(name) in said]
        return pattern, {name: self._meaning(name, said[_group(name)]) for name in names}

    def _meaning(self, name: str, text: str) -> str:
        shape = self.placeholders[name]
        return shape[text] if isinstance(shape, Mapping) else text


def read_vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary from its file."""
    places = data["placeholders"]

    def pattern(say: str, do: tuple[Mapping[str, Any], ...] = (), step: str = "") -> Pattern:
        return Pattern(say, re.compile(_regex(say, places)), do, step)

    given = [pattern(each["say"], tuple(each["do"])) for each in data["given"]]
    tries = []
    for step, said in data["steps"].items():
        given += [pattern(say, step=step) for say in _list(said["done"])]
        tries += [pattern(say, step=step) for say in _list(said["try"])]
    return Vocabulary(places, tuple(given), tuple(tries), pattern(data["judge"]))


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _regex(say: str, places: Mapping[str, Any]) -> str:
    parts = re.split(r"\{([^}]+)\}", say)
    shapes = [_shape(name, places) for name in parts[1::2]]
    fixed = [re.escape(text) for text in parts[::2]]
    return fixed[0] + "".join(shape + text for shape, text in zip(shapes, fixed[1:], strict=True))


def _shape(name: str, places: Mapping[str, Any]) -> str:
    shape = places[name]
    body = "|".join(map(re.escape, shape)) if isinstance(shape, Mapping) else SHAPES[shape]
    return f"(?P<{_group(name)}>{body})"


def _group(name: str) -> str:
    return name.replace("-", "_")


@dataclass
class Teller:
    """Writes a record from sentences; steps that are not history must be allowed when they are told."""

    vocabulary: Vocabulary
    referee: Referee
    events: list[Event] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """What has been told so far."""
        return fold(self.events)

    def tell(self, sentence: str) -> None:
        """Take in one sentence."""
        origin = Origin.HISTORY if sentence.startswith(HISTORY) else Origin.LIVE
        pattern, values = self.vocabulary.match(sentence.removeprefix(HISTORY), self.vocabulary.given)
        if pattern.step:
            self._steps(sentence, self.asked(self.request(pattern.step, values, origin), values["sag"]))
        for entity, payload, when in self._told(pattern.do, values):
            self._add(entity, payload, when or day(self.referee.rulebook.from_), origin)

    def request(self, step: str, values: Mapping[str, str], origin: Origin) -> Request:
        """The request that a sentence about a step makes, with the words of it that are inputs.

        ``punkt`` is the agenda point it is concluded on, ``grund`` the reason for departing from a default.
        """
        wanted = [each for p in self.referee.rulebook.processes for each in p.steps if each.id == step]
        assert wanted, f"ordforrådet nævner skridtet {step}, som regelsættet ikke har"
        names = {each.fact for each in wanted[0].inputs} & values.keys()
        inputs = {name: self._input(wanted[0], values["sag"], name, values[name]) for name in names}
        told = {"reason": values.get("grund", ""), "point": values.get("punkt", "")}
        said = Request(
            step, values["gruppe"], read_when(values["dato"]), inputs=inputs, origin=origin, **told
        )
        record = self.record
        return self.referee.with_defaults(record[values["sag"]], said, record)

    def _input(self, step: Step, thing: str, name: str, text: str) -> Value:
        if is_link(step, name):
            return word(text)
        return self._value(step.beside or self._scope(thing), name, text)

    def asked(self, request: Request, thing: str) -> dict[str, Request]:
        """What a request asks of things, by id: of a point of an agenda, the step on its item too."""
        record = self.record
        step = self._step_of(record[thing], request)
        if not step.takes:
            return {thing: request}
        item = record[thing].links["about"]
        taken = replace(request, step=step.takes, inputs={}, point=thing)
        return {thing: request, item: self.referee.with_defaults(record[item], taken, record)}

    def _step_of(self, entity: Entity, request: Request) -> Step:
        return self.referee.step_for(self.referee.process(entity), request.step, entity.state)

    def _steps(self, sentence: str, asked: Mapping[str, Request]) -> None:
        record = self.record
        decided = [self.referee.decide(record[thing], request, record) for thing, request in asked.items()]
        blocked = [finding.rule for decision in decided for finding in decision.blocking]
        told = any(request.origin is Origin.HISTORY for request in asked.values())
        assert told or not blocked, f"`{sentence}` kan ikke være sket: {blocked}"
        for decision in decided:
            self._step(decision)

    def _step(self, decision: Decision) -> None:
        record, thing, request = self.record, decision.entity, decision.request
        entity = record[thing]
        step = self._step_of(entity, request)
        beside = supposing(entity, request, record).beside(self.referee.rulebook)
        about = beside.id if beside is not None else ""
        taken = StepTaken(request, entity.state, decision.to_state, step.act, step.new_round, about=about)
        self._add(thing, taken, request.on, request.origin)
        if step.adds:
            self._add(
                about, Added(step.adds, "", links_of(entity, step, request)), request.on, request.origin
            )
        for name, value in request.inputs.items():
            if about and not is_link(step, name):
                self._add(about, FactRecorded(name, value), request.on, request.origin)

    def _told(
        self, do: tuple[Mapping[str, Any], ...], values: Mapping[str, str]
    ) -> Iterator[tuple[str, Payload, Span | None]]:
        def filled(text: str) -> str:
            return re.sub(r"\{([^}]+)\}", lambda found: values[found[1]], text)

        for each in do:
            if "each" in each:
                for name in re.split(r", | og ", values[each["each"]]):
                    yield from self._told(tuple(each["do"]), {**values, each["as"]: name})
            elif "add" in each:
                kind = filled(each["kind"])
                links = {name: filled(link) for name, link in each.get("links", {}).items()}
                yield filled(each["add"]), Added(kind, links=links, state=self._initial(kind)), None
            elif "record" in each:
                entity = filled(each["record"])
                scope = self._scope(entity)
                for name, value in each["facts"].items():
                    yield entity, FactRecorded(name, self._value(scope, name, filled(value))), None
            else:
                when = read_when(filled(each["on"])) if "on" in each else None
                yield filled(each["complete"]), DeclaredComplete(), when

    def _initial(self, kind: str) -> str:
        process = self.referee.rulebook.process_for(kind)
        return process.initial if process is not None else ""

    def _scope(self, entity: str) -> str:
        return scope_of(self.record[entity].kind)

    def _value(self, scope: str, name: str, text: str) -> Any:
        kind = self.referee.rulebook.kind_of(scope, name)
        assert kind is not None, f"ordforrådet nævner oplysningen {name} om {scope}, som regelsættet ikke har"
        return read_value(text, kind, name)

    def _add(self, entity: str, payload: Payload, on: Span, origin: Origin) -> None:
        self.events.append(Event(len(self.events) + 1, entity, payload, on, NOW, origin))
