"""What the program around us may add: who is told of what is stored, facts it knows, folders of rulebooks.

Each is given to `open_governance`, or offered by an installed package under an entry point in its pyproject:

- ``governance.listeners``: a `Listener`;
- ``governance.facts``: a `FactSource`;
- ``governance.rulebooks``: the folder of dated rulebooks, as a path; whoever writes the entry point's name
  where a folder of rules is asked for (``GOVERNANCE_RULES=name``) gets it. An existing folder of that name
  goes first.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from governance.model import Event, RequestError, Text

LISTENERS, FACTS, RULEBOOKS = "governance.listeners", "governance.facts", "governance.rulebooks"

Listener = Callable[[tuple[Event, ...]], None]
"""Is told of the events of one transaction once they are stored, in their order; ballots of an open round
are sealed in them, and persons are references.

It is called once at most, in the thread that stored them: what must not miss an event follows their numbers
in the record. What it raises is logged and changes nothing, neither what is stored nor what is answered.
"""

Supplied = str | int | Fraction | date | None
Supply = Callable[[str, date], Supplied]

log = logging.getLogger("governance.listeners")


@dataclass(frozen=True, slots=True)
class FactSource:
    """A function that knows a fact of things of a scope (``item``, ``seat`` ...).

    ``kind`` is what the fact holds and must be what the rulebook says: ``number``, ``date``, ``scale``,
    ``word`` or ``text``. ``supply`` is asked with the id of a thing and a day, and answers what the fact was
    then: a number, a day, or the words a person would write; None when it does not know. ``source`` is where
    it has it from, as the record will say. It is asked before a step is judged and for the page of a thing;
    lists, and what must be done, are told by the record alone, so that they ask nobody a hundred times.
    """

    scope: str
    fact: str
    kind: str
    source: str
    supply: Supply


def tell(listeners: Sequence[Listener], events: tuple[Event, ...]) -> None:
    """Tell each listener, whatever becomes of the others."""
    for listener in listeners if events else ():
        try:
            listener(events)
        except Exception:
            name = f"{getattr(listener, '__module__', '')}.{getattr(listener, '__qualname__', listener)}"
            log.exception(
                "the listener %s failed on events %d to %d", name, events[0].number, events[-1].number
            )


def installed_listeners() -> tuple[Listener, ...]:
    """The listeners that installed packages offer. RequestError when one cannot be had."""
    return tuple(_listeners())


def _listeners() -> Iterator[Listener]:
    for each in entry_points(group=LISTENERS):
        listener = _loaded(each)
        if not callable(listener):
            raise _unusable(LISTENERS, each.name, Text("den kan ikke kaldes", "it cannot be called"))
        yield listener


def installed_facts() -> tuple[FactSource, ...]:
    """The sources of facts that installed packages offer. RequestError when one cannot be had."""
    return tuple(_sources())


def _sources() -> Iterator[FactSource]:
    for each in entry_points(group=FACTS):
        source = _loaded(each)
        if not isinstance(source, FactSource):
            raise _unusable(FACTS, each.name, Text("den er ingen FactSource", "it is no FactSource"))
        yield source


def rules_called(name: Path) -> Path:
    """The folder of rules that a path says: itself, or the one an installed package offers by that name."""
    offered = entry_points(group=RULEBOOKS, name=str(name))
    if name.exists() or not offered:
        return name
    each = next(iter(offered))
    folder = _loaded(each)
    if not isinstance(folder, str | os.PathLike):
        raise _unusable(RULEBOOKS, each.name, Text("den er ingen sti", "it is no path"))
    return Path(os.fspath(folder))


def _loaded(each: EntryPoint) -> object:
    try:
        return each.load()
    except Exception as error:
        raise _unusable(each.group, each.name, Text(*[type(error).__name__] * 2)) from error


def _unusable(group: str, name: str, why: Text) -> RequestError:
    return RequestError(
        Text(
            f"udvidelsen `{name}` ({group}) kan ikke bruges: {why.da}; ret pakken, eller fjern den",
            f"the extension `{name}` ({group}) cannot be used: {why.en}; mend its package, or remove it",
        )
    )
