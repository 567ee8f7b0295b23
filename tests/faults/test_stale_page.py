"""A page opened before the item went away from its state, and sent when it has come back to it."""

import html
import re
from secrets import token_hex

import pytest

from governance.model import Conflict
from governance.service import add_item, advance, history, item
from tests.callers import SECRETARIAT
from tests.faults.group import opened
from tests.faults.standing import stands
from web import create_app

CARRIED = re.compile(r'name="(csrf_token|seen|version|once)" value="([^"]*)"')


@pytest.fixture
def gov(database_url):
    with opened(database_url) as made:
        add_item(made, "S-1", "sag", "Sagen")
        yield made


def away_and_back(gov):
    """The state is as it was; what has happened since is that the matter rested, and was resumed."""
    before = item(gov, "S-1").line.state
    advance(gov, "S-1", "hvil", "bestyrelsen", reason="Vi mangler et svar")
    advance(gov, "S-1", "genoptag", "bestyrelsen")
    assert item(gov, "S-1").line.state == before


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_command_on_the_version_seen_before_is_a_conflict_that_says_what_happened(gov):
    seen = item(gov, "S-1").line.version
    away_and_back(gov)
    with pytest.raises(Conflict) as conflict:
        advance(gov, "S-1", "noter", "udvalget", person="en", version=seen)
    assert [said.da for said in conflict.value.meanwhile] == [
        "Lad hvile (bestyrelsen): åben → hviler",
        "Genoptag (bestyrelsen): hviler → åben",
    ]
    assert [said.en for said in conflict.value.meanwhile] == [
        "Let rest (the board): open → resting",
        "Resume (the board): resting → open",
    ]
    assert len(stands(gov)) == 3


def test_its_form_is_not_taken_and_the_page_says_what_happened(gov):
    client = create_app(gov, secret_key=token_hex(), caller_of=lambda: SECRETARIAT).test_client()
    carried = dict(CARRIED.findall(client.get("/items/S-1").text))
    away_and_back(gov)
    typed = {"form": "advance", "target": "noter", "body": "udvalget", "reason": "Skrevet før"}
    answer = client.post("/items/S-1", data={**carried, **typed})
    assert answer.status_code == 409
    told = words(answer.text)
    meanwhile = told[told.index("Sagen er ændret") : told.index("Kan gøres nu")]
    assert "Lad hvile" in meanwhile
    assert "Genoptag" in meanwhile
    assert ">\nSkrevet før</textarea>" in answer.text
    assert [event.kind for event in history(gov, "S-1")] == ["added", "step", "step"]
    now = dict(CARRIED.findall(answer.text))
    again = client.post("/items/S-1", data={**now, **typed})
    assert again.status_code == 303
    assert len(stands(gov)) == 4


def test_without_the_version_it_would_be_taken(gov):
    away_and_back(gov)
    assert advance(gov, "S-1", "noter", "udvalget", person="en").allowed
