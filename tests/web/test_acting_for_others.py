"""Whoever acts, scores or writes in the place of somebody else is refused, and nothing is stored."""

from http import HTTPStatus

import pytest

from governance.service import accounts, events_page, open_round, seats
from tests.callers import BODY, EVERYTHING, PROJECT_GROUP, member
from tests.web.attackers import API, app, asking, newest, sent

__all__ = ["app", "asking"]
ITEM, ROUND = "ÆØ-1434/1", "runde-1"


@pytest.fixture
def others(governance):
    """A round that is open, a member of it, and another organisation that sits in it too."""
    open_round(governance, ROUND, BODY, closes="2025-10-20", choices=[ITEM], on="2025-09-15")
    asked = (each.holder for each in seats(governance).seats if each.occupied == "ja")
    return member("Horsens"), next(each for each in asked if each and each != "Horsens")


@pytest.mark.parametrize("step", ["giv-point", " giv-point ", "ret-point\t"])
@pytest.mark.parametrize(
    ("first", "second"), [("organisation", " organisation"), (" organisation", "organisation")]
)
def test_nobody_scores_for_another_by_naming_the_organisation_twice(
    governance, client, asking, others, step, first, second
):
    asking[0], other = others
    before = newest(governance)
    for mine, its in ((first, second), (second, first)):
        inputs = {mine: "Horsens", its: other, "scores": f"{ITEM}=1"}
        answer = sent(client, f"/steps/{ROUND}", step=step, body=BODY, inputs=inputs)
        assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN)
    assert newest(governance) == before


def test_nobody_scores_for_another_in_any_form(governance, client, asking, others):
    asking[0], other = others
    before = newest(governance)
    score = {f"score.{ITEM}": "1", "organisation": other}
    steps = {"fact.organisation": other, "fact.scores": f"{ITEM}=1", "body": BODY}
    answers = [
        client.post(f"/rounds/{ROUND}", data={"form": "cast", "target": "cast", **score}),
        client.post(f"/rounds/{ROUND}", data={"form": "cast", "target": "change", **score}),
        client.post(f"/rounds/{ROUND}", data={"form": "advance", "target": " giv-point ", **steps}),
        client.post(f"/items/{ROUND}", data={"form": "advance", "target": "ret-point", **steps}),
        sent(client, f"/ballots/{ROUND}", organisation=other, scores={ITEM: "1"}),
        sent(client, f"/ballots/{ROUND}", organisation=f" {other}", scores={ITEM: "1"}, change=True),
        client.get(f"{API}/rounds/{ROUND}?own={other}"),
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
    assert newest(governance) == before


def test_a_ballot_is_cast_in_the_name_of_no_other_body_and_on_no_earlier_day(
    governance, client, asking, others
):
    asking[0], _ = others
    before = newest(governance)
    own = {"organisation": "Horsens", "scores": {ITEM: "1"}}
    assert sent(client, f"/ballots/{ROUND}", body="kombit", **own).status_code == HTTPStatus.FORBIDDEN
    late = sent(client, f"/ballots/{ROUND}", on="2025-09-30", **own)
    assert (late.status_code, "fra i dag" in late.text) == (HTTPStatus.BAD_REQUEST, True)
    assert newest(governance) == before
    assert sent(client, f"/ballots/{ROUND}", **own).status_code == HTTPStatus.OK


@pytest.mark.parametrize("body", ["kombit", " kombit ", "kommunestyregruppen"])
def test_nobody_acts_for_a_body_they_hold_no_office_in(governance, client, asking, body):
    asking[0] = PROJECT_GROUP
    before = newest(governance)
    for step in ("afvis", " afvis ", "bestil"):
        form = {"form": "advance", "target": step, "body": body}
        assert client.post(f"/items/{ITEM}", data=form).status_code == HTTPStatus.FORBIDDEN
        assert sent(client, f"/steps/{ITEM}", step=step, body=body).status_code == HTTPStatus.FORBIDDEN
    point = "moede-2025-09-09/3.1"
    said = {"conclusion": " konkluder-prioritering ", "body": body}
    assert sent(client, f"/conclusions/{point}", **said).status_code == HTTPStatus.FORBIDDEN
    assert newest(governance) == before


def test_what_the_service_decides_is_not_taken_from_a_form(governance, client, asking):
    asking[0] = PROJECT_GROUP
    form = {"form": "advance", "target": "afvis", "body": "projektgruppen", "reason": "nej"}
    more = {"recorder": "En anden", "account": "a-1", "state": "bestilt", "scopes": "record"}
    before = newest(governance)
    told = client.post(
        f"/items/{ITEM}", data={**form, **more, "form": "tell", "source": "x", "origin": "history"}
    )
    assert told.status_code == HTTPStatus.FORBIDDEN
    named = client.post(f"/items/{ITEM}", data={**form, **more, "person": "En anden"})
    assert named.status_code == HTTPStatus.FORBIDDEN
    assert newest(governance) == before
    client.post(f"/items/{ITEM}", data={**form, **more})
    (made,) = [each.event for each in events_page(governance).lines if each.event.number > before]
    assert made.recorder == PROJECT_GROUP.person
    assert "En anden" not in repr(made)


@pytest.mark.parametrize(
    "name", ["recorder", "origin", "administrator", "account", "state", "version", "id_"]
)
def test_what_the_service_decides_is_not_taken_from_a_program(governance, client, asking, name):
    asking[0] = EVERYTHING
    before = newest(governance)
    for path, body in {
        f"/steps/{ITEM}": {"step": "bestil", "body": "kombit"},
        f"/facts/{ITEM}": {"facts": {"estimat": "1"}, "source": "x"},
        "/accounts": {"login": "ny", "person": "Ny"},
    }.items():
        assert sent(client, path, **body, **{name: "x"}).status_code == HTTPStatus.BAD_REQUEST
    assert newest(governance) == before
    assert not accounts(governance)
