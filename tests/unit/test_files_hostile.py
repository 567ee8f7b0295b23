"""A file made to hang, crash or mislead is refused for what it is, where it is, before anything is built."""

import pytest

from governance.faults import RuleError
from governance.files import CODES, document, parse_document
from governance.files.collector import MOST_FAULTS
from governance.files.document import MOST_NODES
from tests.hostile_files import HOSTILE, Hostile


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_with_its_code_place_and_input(hostile: Hostile) -> None:
    with pytest.raises(RuleError) as refused:
        parse_document("fjendtlig.yaml", hostile.content)
    first, *others = refused.value.faults
    assert (first.code, first.line, first.column) == (hostile.code, hostile.line, hostile.column)
    assert hostile.shown in first.message
    assert first.help
    assert len(others) <= MOST_FAULTS
    assert {fault.code for fault in refused.value.faults} <= CODES.keys()
    assert all(len(str(fault)) < 300 and "\n" not in str(fault) for fault in refused.value.faults)


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_reading_stops_at_the_budget_and_not_at_the_end(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = 0
    events_of = document.events_of

    def counted(text, faults):
        nonlocal taken
        for event in events_of(text, faults):
            taken += 1
            yield event

    monkeypatch.setattr(document, "events_of", counted)
    with pytest.raises(RuleError):
        parse_document("fjendtlig.yaml", hostile.content)
    assert (
        taken <= 2 * MOST_NODES + 3
    )  # a node is one event, or two if it is closed; and the stream and document
