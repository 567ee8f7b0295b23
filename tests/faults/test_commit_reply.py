"""The line breaks just before or just after the server commits: nobody knows, until the key is sent again."""

import re
from itertools import cycle, islice
from secrets import token_hex

import pytest
from sqlalchemy.engine import make_url

from governance.audit import head
from governance.service import add_item
from governance.store import reading
from tests.callers import SECRETARIAT
from tests.counts import count
from tests.faults.group import opened
from tests.faults.proxy import proxy_before
from tests.faults.sentences import UNKNOWN
from tests.faults.standing import stands
from tests.faults.workers import command, sent
from tests.faults.writers import nth
from web import create_app

CARRIED = re.compile(r'name="(csrf_token|seen|version|once)" value="([^"]*)"')
TIMES = count(reduced=30, full=300)


@pytest.fixture
def gov(postgres_url):
    """The association by the straight way, to see what the record holds."""
    with opened(postgres_url) as made:
        add_item(made, "S-1", "sag", "Sagen")
        yield made


@pytest.fixture
def proxy(postgres_server):
    with proxy_before(postgres_server) as made:
        yield made


@pytest.fixture
def through(gov, proxy):
    """The association as a user reaches it, through the proxy."""
    address = make_url(gov.engine.url).update_query_dict({"host": str(proxy.folder)})
    with opened(address.render_as_string(hide_password=False)) as made:
        yield made


def stored(gov):
    return int(head_of(gov).split(":")[0])


def head_of(gov):
    with reading(gov.engine) as connection:
        return head(connection)


def test_a_command_sent_again_with_its_key_is_stored_once_and_answered_as_the_record_says(
    gov, through, proxy
):
    for each, moment in enumerate(islice(cycle(["before", "after"]), TIMES)):
        asked, held = nth("S", each), stored(gov)
        proxy.cut = moment
        cut_off = sent(through, asked)
        assert (cut_off.to, cut_off.text, proxy.cut) == ("problem", UNKNOWN, "")
        assert stored(gov) == held + (moment == "after")
        came = sent(through, asked)
        assert (came.to, came.event) == ("allowed", held + 1)
        assert sent(through, asked) == came
        assert head_of(gov) == f"{came.event}:{came.hash}"
    assert len(stands(gov)) == TIMES + 1


@pytest.mark.parametrize(
    ("version", "told", "held"),
    [(1, "conflict", 2), (None, "allowed", 3)],
    ids=["it would be told as a conflict, though it stands", "it would be stored twice"],
)
def test_without_its_key(gov, through, proxy, version, told, held):
    proxy.cut = "after"
    note = command("advance", "S-1", "noter", "udvalget", person="en", version=version)
    assert sent(through, note).to == "problem"
    assert sent(through, note).to == told
    assert stored(gov) == held


def test_a_page_whose_answer_was_cut_off_does_not_say_that_nothing_was_stored(gov, through, proxy):
    client = create_app(through, secret_key=token_hex(), caller_of=lambda: SECRETARIAT).test_client()
    carried = dict(CARRIED.findall(client.get("/items/S-1").text))
    sent_ = {**carried, "form": "advance", "target": "noter", "body": "udvalget"}
    proxy.cut = "after"
    answer = client.post("/items/S-1", data=sent_)
    assert stored(gov) == 2
    assert answer.status_code == 503
    assert "det vides ikke, om det blev gemt" in answer.text
    assert "ntet er gemt" not in answer.text
    again = {**sent_, **dict(CARRIED.findall(answer.text))}
    assert client.post("/items/S-1", data=again).status_code == 303
    assert client.post("/items/S-1", data=sent_).status_code == 303
    assert stored(gov) == 2
