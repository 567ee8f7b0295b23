"""Answers told with names: the record holds references, and whoever reads is shown who they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from governance.model import Decision, Text
from governance.service.opening import Governance, looking
from governance.service.views import InputView, MachineView, StepView
from governance.store.persons import REF, told_names
from governance.store.seals import ERASED

P = ParamSpec("P")
A = TypeVar("A")

WHO = ("person", "recorder", "who", "by")
"""Fields of a view that hold a reference, or a name of another kind."""

_IN_WORDS = re.compile(rf"(?<![\w-])(?i:{REF.pattern})(?![\w-])", re.ASCII)
"""A reference in a sentence, which may begin with it."""


def named(ask: Callable[Concatenate[Governance, P], A]) -> Callable[Concatenate[Governance, P], A]:
    """Let a use case answer with names: in every sentence, and as who acted or recorded."""

    @wraps(ask)
    def asked(gov: Governance, /, *args: P.args, **kwargs: P.kwargs) -> A:
        answer = ask(gov, *args, **kwargs)
        refs = frozenset(_refs(answer))
        if not refs:
            return answer
        with looking(gov) as connection:
            return with_names(answer, told_names(connection, refs))

    return asked


def with_names(answer: A, names: Mapping[str, str]) -> A:
    """An answer with each reference that is known told as a name; who was erased is told so."""
    told: A = _told(answer, names)
    return told


def _refs(answer: object) -> Iterator[str]:
    """The references in an answer. A page asks this of thousands of parts: none is looked at twice."""
    waiting: list[Any] = [answer]
    while waiting:
        value = waiting.pop()
        if type(value) is Text:
            said = f"{value.da} {value.en}"
            if "p-" in said or "P-" in said:
                yield from (each.lower() for each in _IN_WORDS.findall(said))
        elif isinstance(value, tuple):
            waiting += value
        else:
            kind: type = type(value)
            who, parts = _parts_of(kind)
            for name in who:
                part = getattr(value, name)
                if isinstance(part, str):
                    yield from REF.findall(part)
                else:
                    waiting.append(part)
            waiting += [part for name in parts if type(part := getattr(value, name)) not in _PLAIN]


@cache
def _parts_of(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a kind of view that hold who somebody is, and the others; nothing of what is no view."""
    if not is_dataclass(kind) or issubclass(kind, Decision | InputView | MachineView):
        return (), ()
    names = WITH_SENTENCES.get(kind) or [field.name for field in fields(kind)]
    return tuple(name for name in names if name in WHO), tuple(name for name in names if name not in WHO)


WITH_SENTENCES: Mapping[type, tuple[str, ...]] = {StepView: ("findings",)}
"""The fields of views that tell of the record, where the others, like all of an input, are the rulebook's."""

_PLAIN = frozenset({str, int, bool, float, type(None)})
"""What holds no sentence."""


def _told(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case Text(da, en):
            return Text(_in_words(da, names), _in_words(en, names))
        case tuple():
            return tuple(_told(each, names) for each in value)
        case _ if _is_view(value):
            parts = {field.name: getattr(value, field.name) for field in fields(value)}
            told = {
                name: _who(part, names) if name in WHO and isinstance(part, str) else _told(part, names)
                for name, part in parts.items()
            }
            changed = {name: part for name, part in told.items() if part is not parts[name]}
            return replace(value, **changed) if changed else value
    return value


def _is_view(value: object) -> bool:
    """Whether something is shown; a decision is not, its findings stand beside it in words."""
    return is_dataclass(value) and not isinstance(value, type | Decision)


def _who(ref: str, names: Mapping[str, str]) -> str:
    return names.get(ref, ERASED) if REF.fullmatch(ref) else ref


def _in_words(said: str, names: Mapping[str, str]) -> str:
    return _IN_WORDS.sub(lambda found: names.get(found[0].lower(), found[0]), said)
