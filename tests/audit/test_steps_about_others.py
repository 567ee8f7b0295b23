"""A step that adds a thing is judged again with what it added, and a forged one is found."""

import pytest

from governance.service import add_item, advance, open_governance
from tests.audit.forging import event_of, forged, found
from tests.audit.record import Clock, exported

STEP = 2


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """An export of an item, and of a question asked about it."""
    path = tmp_path_factory.mktemp("heard") / "record.sqlite"
    gov = open_governance(f"sqlite:///{path}", now=Clock())
    add_item(gov, "ÆØ-1", "aendringsoenske", "Et ønske")
    assert advance(
        gov, "ÆØ-1", "hoer", "kombit", inputs={"question": "Kan det?", "asked_of": "panelet"}
    ).allowed
    yield exported(gov)
    gov.engine.dispose()


def test_a_step_and_what_it_added_are_as_they_were(heard):
    assert found(heard) == []


@pytest.mark.parametrize("about", ["", "ÆØ-1/consultation-2", "ÆØ-1"])
def test_a_step_that_is_said_to_be_about_something_else_is_named(heard, about):
    problems = found(forged(heard, event_of(STEP, lambda payload, _: payload.update(about=about))))
    said = f"`{about}`" if about else "``"
    assert ("begivenhed 2", f"`about` er {said}, men skulle være `ÆØ-1/consultation`") in problems


def test_an_input_that_is_no_fact_of_what_the_step_adds_is_named(heard):
    def edit(payload, _):
        payload["request"]["inputs"]["maal"] = payload["request"]["inputs"]["asked_of"]

    problems = found(forged(heard, event_of(STEP, edit)))
    assert "begivenhed 2" in {place for place, _ in problems}
    assert any("`maal`" in text for _, text in problems)


def test_an_input_of_another_kind_than_the_added_thing_holds_is_named(heard):
    def edit(payload, _):
        payload["request"]["inputs"]["asked"] = payload["request"]["inputs"]["asked_of"]

    problems = found(forged(heard, event_of(STEP, edit)))
    assert ("begivenhed 2", "`asked` har en værdi af en anden art") in problems
