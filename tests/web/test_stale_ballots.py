"""A ballot that was changed after the page was opened: the page says so and keeps what was typed."""

import re

import pytest

from governance.service import cast, open_round, round_
from tests.web.test_pages import words

ROUND = "runde-1"
CHOICE = "ÆØ-1754"


@pytest.fixture
def stale(client, governance):
    """What the form that changes Køge's ballot carries unseen, as it was before the others acted."""
    open_round(governance, ROUND, "referencegruppen", closes="2025-10-20", choices=[CHOICE])
    assert cast(governance, ROUND, "Køge", {CHOICE: "5"}).allowed
    page = client.get(f"/rounds/{ROUND}").text
    form = next(part for part in page.split("<form") if 'name="target" value="change"' in part)
    unseen = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form.partition("</form>")[0])
    return {**dict(unseen), "organisation": "Køge", "on": "2025-10-01", f"score.{CHOICE}": "2"}


def test_a_stale_ballot_is_told_without_scores_and_what_was_typed_is_kept(client, governance, stale):
    assert cast(governance, ROUND, "Horsens", {CHOICE: "4"}).allowed
    assert cast(governance, ROUND, "Køge", {CHOICE: "3"}, change=True, recorder="En kollega").allowed
    answer = client.post(f"/rounds/{ROUND}", data=stale)
    assert answer.status_code == 409
    alert = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert "Ret point (referencegruppen)" in words(alert)
    assert "af En kollega" in words(alert)
    assert "Giv point" not in words(alert)
    assert "As judged" not in alert
    assert "Som afgjort" not in words(alert)
    form = next(part for part in answer.text.split("<form") if 'name="target" value="change"' in part)
    assert f'name="score.{CHOICE}" inputmode="numeric" autocomplete="off" value="2"' in form
    assert round_(governance, ROUND, own="Køge").own == {CHOICE: "3"}


def test_a_ballot_sent_after_others_cast_theirs_is_taken(client, governance, stale):
    assert cast(governance, ROUND, "Horsens", {CHOICE: "4"}).allowed
    assert client.post(f"/rounds/{ROUND}", data=stale).status_code == 303
    assert round_(governance, ROUND, own="Køge").own == {CHOICE: "2"}
