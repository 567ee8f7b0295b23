"""The document of the API: whole, the same each time, and true."""

import json

import pytest
import schemathesis
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from governance.cli.commands import cli
from web.api import document, document_text
from web.api.danish import SUMMARIES
from web.api.document import TAGS
from web.api.operations import part
from web.api.pages import coded

OPERATIONS = [
    (path, method, each)
    for path, operations in document()["paths"].items()
    for method, each in operations.items()
    if method != "parameters"
]
NAMES = [each["operationId"] for _, _, each in OPERATIONS]


def test_it_is_a_valid_document_of_openapi_3_1():
    assert document()["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(document()).validate()
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_it_says_where_the_version_that_a_change_must_name_is_read():
    told = document()["info"]["description"]
    for path in ("/items/{id}", "/organisations/{id}"):
        assert f"`{path}`" in told
        assert "ETag" in document()["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["headers"]


def test_the_command_prints_it_alike_every_time():
    runs = {CliRunner().invoke(cli, ["openapi"]).output for _ in range(2)}
    assert runs == {document_text()}
    assert json.loads(document_text()) == document()


def test_every_address_of_the_api_stands_in_it(app):
    routed = {
        (rule.endpoint.removeprefix("api."), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routed == {(each["operationId"], method) for _, method, each in OPERATIONS}
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_tells_what_it_is_and_what_may_go_wrong(path, method, operation):
    assert operation["summary"].endswith((".", ":"))
    assert operation["tags"][0] in TAGS
    answers = set(operation["responses"])
    assert {"400", "401", "403", "429", "500", "503"} <= answers
    assert ("404" in answers) == ("{" in path)
    assert ({"413", "415"} <= answers) == ("requestBody" in operation)
    named = {each["name"]: each.get("required", False) for each in operation.get("parameters", ())}
    assert ("412" in answers) == ("If-Match" in named)
    assert ("428" in answers) == named.get("If-Match", False)


def test_what_a_request_carries_is_closed_and_every_field_is_explained():
    for _, _, operation in OPERATIONS:
        for said in operation.get("parameters", ()):
            assert said.get("description"), said
        for content in operation.get("requestBody", {}).get("content", {}).values():
            name = content["schema"]["$ref"].rpartition("/")[2]
            schema = document()["components"]["schemas"][name]
            assert schema["additionalProperties"] is False
            assert all(field.get("description") for field in schema["properties"].values()), name
            assert not {"recorder", "state", "version", "origin"} & schema["properties"].keys()


def test_every_operation_has_its_danish_summary():
    assert set(NAMES) == set(SUMMARIES)


def test_the_document_says_where_the_application_is_mounted(app):
    mounted = app.test_client().get("/api/v1/openapi.json", base_url="http://localhost/styring")
    assert mounted.json["servers"] == [{"url": "/styring"}]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_pages_about_the_api_show_every_operation_noun_and_problem(app, lang):
    client = app.test_client()
    page = client.get(f"/api/v1/?lang={lang}")
    assert page.status_code == 200
    assert all(said.in_language(lang) in page.text for said in TAGS.values())
    for name, (path, method, each) in zip(NAMES, OPERATIONS, strict=True):
        assert f"{method.upper()} {path}" in page.text, name
        if lang == "en" and method == "get":
            continue
        shown = client.get(f"/api/v1/docs/operations/{name}")
        assert shown.status_code == 200
        assert (SUMMARIES[name] if lang == "da" else each["summary"]).split("'")[0] in shown.text, name
    nouns = list(document()["components"]["schemas"])
    for name in nouns[:: 1 if lang == "da" else 20]:
        assert client.get(f"/api/v1/docs/schemas/{name}").status_code == 200, name
    assert client.get("/api/v1/docs/operations/nothing").status_code == 404
    assert "<script" not in page.text


def test_the_operations_are_those_of_one_blueprint():
    assert part.url_prefix == "/api/v1"


def test_what_stands_in_a_text_of_the_document_is_shown_as_text_and_never_as_markup():
    assert coded("a `b` <i>c</i> `<i>`") == "a <code>b</code> &lt;i&gt;c&lt;/i&gt; <code>&lt;i&gt;</code>"
    assert coded(None) == ""
