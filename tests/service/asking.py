"""What the tests of the use cases say again and again."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from governance.model import Event, RequestError, StepTaken, Verdict
from governance.notation import write_value
from governance.record import fold
from governance.service import add_item, advance
from governance.service.opening import looking
from governance.store import load_all, names

READY = [("meld-klar", "kombit"), ("prioriter", "referencegruppen"), ("indstil", "referencegruppen")]
DECIDED = [*READY, ("beslut", "projektgruppen")]


@dataclass(frozen=True)
class Everything:
    """All events, and who the references stand for, as of one moment."""

    events: tuple[Event, ...]
    names: Mapping[str, str]


def everything(gov):
    """The whole record."""
    with looking(gov) as connection:
        return Everything(load_all(connection), names(connection))


def value_of(gov, id_, fact):
    """A recorded fact of a thing, as it is written."""
    return write_value(fold(everything(gov).events)[id_].facts[fact].value)


def number_of(gov, step):
    """The number of the only event of a step."""
    (number,) = [
        event.number
        for event in everything(gov).events
        if isinstance(event.payload, StepTaken) and event.payload.request.step == step
    ]
    return number


def new(gov, id_="ÆØ-1", kind="aendringsoenske", **more):
    """Enter an item."""
    return add_item(gov, id_, kind, "Et ønske", **more)


def walk(gov, id_, steps, **more):
    """Take steps that are allowed."""
    for step, body in steps:
        assert advance(gov, id_, step, body, **more).allowed, step


def problems(act, *args, **kwargs):
    """The English sentences of the RequestError that an act must raise; each has a Danish one too."""
    with pytest.raises(RequestError) as error:
        act(*args, **kwargs)
    assert all(problem.da.strip() and problem.da != problem.en for problem in error.value.problems)
    return [problem.en for problem in error.value.problems]


def not_kept(findings):
    """What stands in the way: rule and verdict."""
    return {each.rule: each.verdict for each in findings if each.verdict in (Verdict.BROKEN, Verdict.UNKNOWN)}


def stored(gov):
    """Every event, and every version."""
    from governance.store import reading, versions

    with reading(gov.engine) as connection:
        return everything(gov).events, versions(connection)


def rows_agree_with_events(gov):
    """Each item row has the state of the fold, and counts the events that changed it."""
    from sqlalchemy import select

    from governance.model import StepRefused
    from governance.store import reading
    from governance.store.schema import things

    events, versions = stored(gov)
    record = fold(events)
    with reading(gov.engine) as connection:
        states = {row.id: row.state for row in connection.execute(select(things))}
    for id_, version in versions.items():
        own = [
            event for event in events if event.entity == id_ and not isinstance(event.payload, StepRefused)
        ]
        assert version == len(own), id_
        assert states[id_] == (record[id_].state if id_ in record else ""), id_
    return True
