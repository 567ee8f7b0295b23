"""The start page: what waits for whoever looks, by the offices they hold."""

import html
import re
from datetime import date
from secrets import token_hex

import pytest

from governance.service import Caller, Office, advance, cast, item, open_round, record_thing, todo, waiting
from governance.store import last_number, reading
from tests.benchmarks.filling import enter_pattern, fill
from tests.callers import NOBODY, PROJECT_GROUP, READER, SECRETARIAT, caller, member
from web import create_app

TRACK = "ÆØ-1434/1"
BEGAN = date(2020, 1, 1)


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def seen_by(governance, who, path="/", **asked):
    app = create_app(governance, secret_key=token_hex(), caller_of=lambda: who)
    return app.test_client().get(path, query_string=asked)


@pytest.fixture
def recommended(governance):
    """An item that waits for the project group."""
    for step in ("meld-klar", "prioriter", "indstil"):
        by = next(each for each in item(governance, TRACK).steps if each.id == step).by[0].id
        assert advance(governance, TRACK, step, by, on="2025-09-30").allowed
    return governance


@pytest.fixture
def round_open(governance):
    open_round(governance, "runde-1", "referencegruppen", closes="2025-10-05", choices=[TRACK, "ÆØ-1754"])
    return governance


def test_a_body_is_shown_what_waits_for_it_and_nothing_of_others(recommended):
    page = words(seen_by(recommended, PROJECT_GROUP).text)
    assert "Hvad der venter på dig" in page
    assert "Beslut" in page
    assert "Slå pladsen op" not in page
    assert "Slå pladsen op" in words(seen_by(recommended, SECRETARIAT).text)


def test_the_secretariat_is_shown_everything_with_whom_it_waits_for(recommended):
    page = words(seen_by(recommended, SECRETARIAT).text)
    assert "Alt, der venter på nogen" in page
    assert re.search(r"Beslut Redigeringsværktøj.*? Projektgruppen|projektgruppen: det næste skridt", page)


def test_what_is_late_stands_first(governance):
    links = {"body": "referencegruppen"}
    facts = {"date": "2025-10-05"}
    record_thing(governance, "snart", "meeting", links=links, facts=facts, source="mail", origin="live")
    tasks = waiting(governance).tasks
    assert tasks[0].late
    assert "forsinket" in words(seen_by(governance, SECRETARIAT).text)
    assert [each.id for each in waiting(governance).meetings] == ["snart"]


def test_a_meeting_that_was_held_today_is_no_longer_ahead(governance):
    at = "2025-09-09"
    assert [each.id for each in waiting(governance, on=at).meetings] == ["moede-2025-09-09"]
    assert advance(governance, "moede-2025-09-09", "afhold", "kombit", on=at).allowed
    assert waiting(governance, on=at).meetings == ()


def test_a_member_is_led_to_the_ballot_of_their_municipality_until_it_is_cast(round_open):
    view = waiting(round_open)
    names = view.rounds[0].missing
    who = member(names[0])
    page = seen_by(round_open, who).text
    assert f"Giv point for {names[0]}" in words(page)
    assert 'href="/rounds/runde-1#ballot"' in page
    assert f"Giv point for {names[0]}" not in words(seen_by(round_open, member(names[1])).text)
    assert cast(round_open, "runde-1", names[0], {TRACK: "3"}).allowed
    assert f"Giv point for {names[0]}" not in words(seen_by(round_open, who).text)


@pytest.fixture
def ordered(governance):
    """Sixty items that wait for the vendor."""
    enter_pattern(governance)
    with reading(governance.engine) as connection:
        fill(governance, last_number(connection) + 590)
    return governance


def test_a_page_of_what_waits_is_shown_and_the_way_to_the_rest(ordered):
    vendor = caller("leverandøren", Office("mandat", "netcompany", from_=BEGAN))
    page = seen_by(ordered, vendor)
    assert page.text.count("Det næste skridt") == 25
    assert "Der venter mere på dig" in words(page.text)
    assert 'href="/todo?body=netcompany&amp;days=14"' in page.text
    everybody = seen_by(ordered, SECRETARIAT).text
    assert 'href="/todo?days=14&amp;page=2"' in everybody
    assert "Slå pladsen op" in words(everybody)


def test_what_must_be_done_is_paged_and_can_be_told_for_one_body(ordered):
    first = seen_by(ordered, READER, "/todo").text
    told = todo(ordered, per_page=25)
    assert (told.total >= 60, told.pages) == (True, 3)
    assert f"{told.total} sager venter på et skridt" in words(first)
    assert "Side 1 af 3" in words(first)
    assert words(first).index("Slå pladsen op") < words(first).index("Levér")
    last = seen_by(ordered, READER, "/todo", page="3").text
    assert (last.count("andet-") > 0, "Slå pladsen op" in last) == (True, False)
    own = words(seen_by(ordered, READER, "/todo", body="netcompany", page="3").text)
    assert "Det, der venter på Netcompany, en side ad gangen" in own
    past = words(seen_by(ordered, READER, "/todo", body="netcompany", page="9").text)
    assert "Der venter ikke mere" in past
    wrong = seen_by(ordered, READER, "/todo", body="netcompani")
    assert (wrong.status_code, "netcompany" in wrong.text) == (400, True)


def test_an_office_of_yesterday_waits_for_nothing(recommended):
    before = caller(
        "før", Office("laeser", from_=BEGAN), Office("mandat", "projektgruppen", "", BEGAN, date(2025, 9, 30))
    )
    assert "Beslut" not in words(seen_by(recommended, before).text)


@pytest.mark.parametrize("language", ["da", "en"])
def test_whoever_nothing_waits_for_is_told_what_to_do_next(governance, language):
    page = seen_by(governance, READER, lang=language).text
    told = {"da": "Intet venter på dig", "en": "Nothing waits for you"}[language]
    assert told in words(page)
    for path in ("/todo", "/items", "/meetings"):
        assert f'href="{path}"' in page
    assert 'href="/items/new"' not in page


def test_whoever_holds_no_office_is_not_shown_it(governance):
    assert seen_by(governance, NOBODY).status_code == 403
    assert seen_by(governance, Caller("")).status_code == 403


def test_a_day_that_is_none_is_told(client):
    answer = client.get("/?on=i+morgen")
    assert answer.status_code == 400
    assert "i morgen" in words(answer.text)


def test_the_list_of_rounds_says_what_to_do_while_there_is_none(client, governance):
    assert "Der er ingen runde" in words(client.get("/rounds").text)
    links = {"body": "referencegruppen"}
    facts = {"choices": "ÆØ-1754"}
    record_thing(
        governance, "r <1>", "round", links=links, facts=facts, title="En <b>", on="2025-09-20", source="x"
    )
    page = client.get("/rounds").text
    assert "1 runde" in words(page)
    assert "En &lt;b&gt;" in page
    assert client.get("/rounds?on=2025-09-19").text.count('class="row"') == 0


def test_whoever_is_turned_away_is_told_what_they_hold_and_who_gives_more(governance):
    page = seen_by(governance, READER, "/items/new")
    assert page.status_code == 403
    told = words(page.text)
    assert "Kun sekretariatet fører registret" in told
    assert "Dine embeder i dag: Læser: ser registret." in told
    assert "Den, der passer konti, kan give et embede" in told
    assert "Du har intet embede i dag." in words(seen_by(governance, NOBODY, "/items").text)


def test_a_round_without_a_title_is_called_by_the_day_it_closes(round_open):
    page = words(seen_by(round_open, SECRETARIAT, "/rounds/runde-1").text)
    assert "Runde til 5. oktober 2025 Åben for point" in page
    assert page.count("runde-1") == 1
