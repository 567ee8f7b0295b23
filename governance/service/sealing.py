"""What ballots say is sealed until their round is closed: no view, list or report shows it before.

The file that ``audit export`` makes for an auditor holds everything, as the record does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from governance.model import Added, Corrected, Event, FactRecorded, Ruled, StepRefused, StepTaken, Text
from governance.record import fold
from governance.rulebook import Rulebook
from governance.service.ballots import BALLOT, ROUND, SCORES
from governance.store import ids_of, load_things
from governance.values import word

SEALED = Text("forseglet, til runden lukkes", "sealed until the round closes")
HIDDEN = word(SEALED.da)
"""What stands in the place of sealed scores."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The rounds and ballots that are sealed, by id."""

    ids: frozenset[str] = frozenset()

    def over(self, event: Event) -> Event:
        """An event as it may be shown: the scores it tells, and what follows from them, are hidden."""
        payload = event.payload
        if event.entity not in self.ids:
            return event
        match payload:
            case FactRecorded():
                return replace(event, payload=_hidden(payload))
            case Corrected(replacement=FactRecorded() as instead):
                return replace(event, payload=replace(payload, replacement=_hidden(instead)))
            case StepTaken() | StepRefused() if SCORES in payload.request.inputs:
                inputs = {**payload.request.inputs, SCORES: HIDDEN}
                request = replace(payload.request, inputs=inputs)
                findings = tuple(_unseen(each) for each in payload.findings)
                return replace(event, payload=replace(payload, request=request, findings=findings))
        return event


def _hidden(told: FactRecorded) -> FactRecorded:
    return replace(told, value=HIDDEN) if told.fact == SCORES else told


def in_both(text: Text) -> Text:
    """What is said of an event, with what stands for sealed scores in the language of the rest."""
    return Text(text.da, text.en.replace(SEALED.da, SEALED.en))


def _unseen(finding: Ruled) -> Ruled:
    """Which rule, and how it came out, but not what was seen."""
    return replace(finding, because=SEALED, mend=None)


def open_rounds(connection: Connection, book: Rulebook) -> frozenset[str]:
    """The rounds whose scores are sealed, as the record stands now."""
    rounds = fold(load_things(connection, ids_of(connection, [ROUND])))
    return frozenset(
        id_ for id_, each in rounds.items() if each.kind == ROUND and not book.is_final(ROUND, each.state)
    )


def ballots_in(rounds: Collection[str], events: Iterable[Event]) -> frozenset[str]:
    """The ballots that some events enter in the rounds."""
    return frozenset(
        event.entity
        for event in events
        if isinstance(event.payload, Added)
        and event.payload.kind == BALLOT
        and event.payload.links.get(ROUND) in rounds
    )
