"""Schemathesis over the whole API, as the secretariat: no fault of ours, and nothing undocumented."""

import re
import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import answering
from tests.counts import count
from tests.served import opened
from web.api import document

IDS = ["ÆØ-1434", "ÆØ-1434/1", "ÆØ-1605", "moede-2025-09-09", "moede-2025-09-09/3.1", "plads-1", "Horsens"]
KEPT = re.compile(r"/api/v1/(account|office)")
"""The paths that only an administrator may ask for."""
NOT_OURS = [positive_data_acceptance]
"""What fits the schema may still be refused: that is what the rules are for."""
OPERATIONS = [
    (path, method)
    for path, operations in document()["paths"].items()
    for method in ("get", "post")
    if method in operations
]


@pytest.fixture(scope="module")
def schema(with_accounts, tmp_path_factory):
    governance = opened(shutil.copy(with_accounts[0], tmp_path_factory.mktemp("answers") / "copy.sqlite"))
    app = answering(governance)
    app.wsgi_app = _from_here(app.wsgi_app)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    governance.engine.dispose()


def _from_here(wsgi_app):
    """Requests that come from this machine, read to the end and closed: schemathesis does neither."""

    def answered(environ, start):
        answer = wsgi_app({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()

    return answered


def of_a_thing_there_is(case):
    """Of the ids tried, every second is of a thing there is."""
    tried = str(case.path_parameters.get("id", ""))
    if len(tried) % 2:
        case.path_parameters["id"] = IDS[sum(map(ord, tried)) % len(IDS)]
    return case


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_documented(schema, tokens, path, method, mode):
    login = "administrator" if KEPT.match(path) else "sekretariat"
    operation, token = schema[path][method], {"Authorization": f"Bearer {tokens[login]}"}

    @given(case=operation.as_strategy(generation_mode=mode).map(of_a_thing_there_is))
    @settings(max_examples=count(reduced=1, full=100), suppress_health_check=list(HealthCheck))
    def answered(case):
        case.call_and_validate(headers=token, excluded_checks=NOT_OURS)

    answered()
