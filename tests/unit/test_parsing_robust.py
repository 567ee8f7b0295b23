"""Whatever stands in a rule file, reading it gives a rulebook or its faults, and nothing else."""

import copy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from governance.faults import RuleError
from governance.files import parse_document
from governance.parsing import CODES, parse_rulebook
from tests.unit.garden import FILE, GARDEN

DOCUMENT = parse_document(FILE, GARDEN.encode())
PATHS = [path for path in DOCUMENT.values if path]
SHAPES = [
    {},
    {"fact": "pris", "is": 3},
    {"reading": "dyr"},
    {"days": {}},
    {"_schema": 1},
    {"all": [{"not": {}}]},
    {"fact": "on", "of": "request"},
    [[]],
    [None, {}],
    "1/0",
    "2024-02-30",
]
JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(SHAPES))


@st.composite
def broken_data(draw):
    data = copy.deepcopy(DOCUMENT.data)
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=4)):
        inside = data
        try:
            for step in path[:-1]:
                inside = inside[step]
            if draw(st.integers(0, 3)):
                inside[path[-1]] = copy.deepcopy(draw(JUNK))
            else:
                del inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    return data


@given(broken_data())
def test_a_file_of_any_shape_is_read_or_refused(data):
    faults = ()
    try:
        parse_rulebook([replace(DOCUMENT, data=data)], "")
    except RuleError as error:
        faults = error.faults
    assert {fault.code for fault in faults} <= set(CODES)
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)
    assert list(faults) == sorted(faults, key=lambda fault: (fault.line, fault.column, fault.code))
