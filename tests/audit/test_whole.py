"""What other commands write is proved like the rest: imported tables, erased people, adopted rules."""

import pytest

from governance.audit import recheck
from governance.service import audit_verify, erase_person, people
from tests.audit.record import exported
from tests.databases import database_url, postgres_url
from tests.service.conftest import Clock
from tests.service.conftest import opened as opened_dubu
from tests.service.conftest import rulebooks as rulebooks  # noqa: PLC0414 - a fixture
from tests.service.tables import EVENTS, taken, whole_group

__all__ = ["database_url", "postgres_url"]


@pytest.fixture
def dubu(database_url, rulebooks):
    """DUBU's rules over an empty record."""
    made = opened_dubu(database_url, rulebooks, Clock())
    yield made
    made.engine.dispose()


def test_tables_taken_in_are_decided_again_without_a_difference(dubu, tmp_path):
    whole_group(dubu, tmp_path)
    taken(dubu, tmp_path, "events", EVENTS)
    assert audit_verify(dubu).problems == ()
    answer = recheck(exported(dubu))
    assert (answer.problems, answer.erased) == ((), ())
    assert answer.decided == len(EVENTS.splitlines()) - 1


def test_a_person_erased_with_a_fact_a_decision_rested_on_leaves_a_record_that_proves_itself(own):
    ref = next(person.ref for person in people(own) if person.name == "Formanden")
    before = audit_verify(own).head
    erase_person(own, ref, reason="Bedt om det", also=("lille",))
    assert audit_verify(own, expect=[before]).problems == ()
    answer = recheck(exported(own))
    assert answer.problems == ()
    assert answer.erased
