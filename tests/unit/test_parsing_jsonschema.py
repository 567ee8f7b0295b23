"""The JSON Schema says the same of a rule file's shape as the reader does."""

import pytest
from jsonschema import Draft202012Validator

from governance.files import parse_document
from governance.parsing import json_schema
from tests.unit.garden import GARDEN, changed, faults_in
from tests.unit.mutants import documents

SHAPES = [
    ("for_each: body\n", "for_eech: body\n"),
    ("{id: katte, topic: {da: Om katte må gå frit, en: Whether cats may roam}}", "{id: katte}"),
    ("{da: Om katte må gå frit, en: Whether cats may roam}", "{da: Om katte må gå frit}"),
    ("place: 1, force: must", "place: en, force: must"),
    ("force: should\n", "force: skal\n"),
    ("{days: 3}", "{dage: 3}"),
    ("{id: haardhed,", "{id: Haardhed,"),
    ("{fact: jord, one_of: [toer, fugtig]}", "{fact: jord}"),
    ("{fact: jord, one_of: [toer, fugtig]}", "{fact: jord, is: toer, one_of: [toer]}"),
    ("{fact: jord, one_of: [toer, fugtig]}", "{not: {not: {fact: jord, is: []}}}"),
    ("    ours: true\n    force", "    clause: P1\n    ours: true\n    force"),
    ("[{value: 1/10}]", "[{value: 1/10, condition: {recorded: hegn}}]"),
    ("states: [ny], ours", "states: [], ours"),
    ("haver: 40", "haver: true"),
]


@pytest.fixture(scope="module")
def schema():
    Draft202012Validator.check_schema(json_schema())
    return Draft202012Validator(json_schema())


def data(text):
    return parse_document("have.yaml", text.encode()).data


def test_what_the_reader_takes_fits_the_schema(schema):
    assert list(schema.iter_errors(data(GARDEN))) == []
    assert [error.message for document in documents() for error in schema.iter_errors(document.data)] == []


@pytest.mark.parametrize(("old", "new"), SHAPES)
def test_a_shape_the_reader_refuses_does_not_fit_the_schema(schema, old, new):
    text = changed(old, new)
    assert faults_in(text)
    assert not schema.is_valid(data(text))


def test_no_mapping_takes_keys_of_other_names(schema):
    objects = {name: one for name, one in schema.schema["$defs"].items() if one.get("type") == "object"}
    assert objects
    assert all(one["additionalProperties"] is False for one in objects.values())


def test_a_condition_may_hold_conditions(schema):
    definitions = schema.schema["$defs"]
    assert definitions["NotCondition"]["properties"]["not"] == {"$ref": "#/$defs/Condition"}
    assert {"$ref": "#/$defs/NotCondition"} in definitions["Condition"]["anyOf"]
