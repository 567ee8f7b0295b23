"""A token of the API does nothing its scope does not name, and its owner's other tokens are no exception."""

import pytest

from governance.service import make_token, tokens
from tests.api.client import Client


@pytest.fixture
def robot(app, governance):
    """Makes a client with a token of the reader's within a scope."""

    def made(*scopes):
        return Client(app, make_token(governance, "robot", scopes, "2025-12-31", named="laeser").token)

    return made


def test_a_token_that_only_reads_revokes_no_other(governance, robot):
    reader = robot("read")
    before = tokens(governance, named="laeser")
    for each in reader.call("list_tokens").json:
        refused = reader.call("revoke_token", token=each["id"])
        assert refused.status_code == 403
        assert "whose scope has `keep`" in refused.json["problems"][0]["text"]["en"]
    assert [each.open for each in tokens(governance, named="laeser")] == [True] * len(before)


def test_a_token_that_keeps_revokes_those_of_its_owner_and_makes_none(governance, robot):
    keeper = robot("read", "keep")
    assert "make_token" not in keeper.operations
    (older,) = [each for each in keeper.call("list_tokens").json if each["name"] != "robot"]
    assert keeper.call("revoke_token", token=older["id"]).status_code == 200
    assert {each["name"] for each in keeper.call("list_tokens").json if each["open"]} == {"robot"}
