"""The list of items and the board: what is found, in which order, a page at a time, in plain links."""

import re
from html import unescape

import pytest

from governance.service import add_item, open_governance
from tests.callers import SECRETARIAT
from tests.served import NOW
from web import create_app

ROW = re.compile(r'<td data-label="[^"]*"><span class="number">([^<]+)</span>')
LINK = re.compile(r'href="([^"]+)"')
MANY = 60


def numbers(page):
    return [unescape(each) for each in ROW.findall(page)]


def words(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def links(page):
    return [unescape(each) for each in LINK.findall(page)]


@pytest.fixture
def empty(tmp_path):
    """The pages over a record without items."""
    gov = open_governance(f"sqlite:///{tmp_path / 'empty.sqlite'}", now=lambda: NOW)
    yield gov
    gov.engine.dispose()


@pytest.fixture
def fresh(empty):
    return create_app(empty, secret_key="x" * 32, caller_of=lambda: SECRETARIAT).test_client()


@pytest.fixture
def many(empty, fresh):
    for number in range(1, MANY + 1):
        add_item(empty, f"ÆØ-{number}", "aendringsoenske", f"Ønske {MANY - number:03}")
    return fresh


def test_numbers_are_sorted_by_size_and_a_page_holds_no_more_than_its_share(many):
    page = many.get("/items").text
    assert numbers(page) == [f"ÆØ-{number}" for number in range(1, 26)]
    assert "1–25 af 60" in words(page)
    assert "/items?page=2" in links(page)
    assert numbers(many.get("/items?page=3").text) == [f"ÆØ-{number}" for number in range(51, 61)]


def test_a_page_past_the_last_shows_the_last_and_one_that_is_no_number_the_first(many):
    assert numbers(many.get("/items?page=99").text)[-1] == "ÆØ-60"
    assert numbers(many.get("/items?page=sidste").text)[0] == "ÆØ-1"
    assert numbers(many.get(f"/items?page={'9' * 5000}").text)[0] == "ÆØ-1"


def test_a_heading_sorts_by_its_column_and_turns_it_round_when_it_is_sorted_by(many):
    page = many.get("/items?sort=title&q=ønske").text
    assert numbers(page)[0] == "ÆØ-60"
    assert 'aria-sort="ascending"' in page
    assert "/items?q=%C3%B8nske&sort=-title" in links(page)
    assert "/items?q=%C3%B8nske&sort=state" in links(page)
    turned = many.get("/items?sort=-title").text
    assert numbers(turned)[0] == "ÆØ-1"
    assert 'aria-sort="descending"' in turned


def test_what_is_asked_for_stays_in_the_address_of_the_next_page_and_of_the_other_language(many):
    page = many.get("/items?q=ønske&state=indmeldt&sort=-changed").text
    assert "/items?q=%C3%B8nske&state=indmeldt&sort=-changed&page=2" in links(page)
    assert any("sort=-changed" in each and "lang=en" in each for each in links(page))


@pytest.mark.parametrize("search", ["ØNSKE 007", "007 ønske", "æø-53"])
def test_a_search_finds_words_of_the_number_or_title_in_letters_of_either_size(many, search):
    assert numbers(many.get("/items", query_string={"q": search}).text) == ["ÆØ-53"]


@pytest.mark.parametrize("search", ["%", "_", "/", "\\", "Ønske_007"])
def test_a_sign_that_means_something_to_the_database_means_itself_in_a_search(many, search):
    assert numbers(many.get("/items", query_string={"q": search}).text) == []


def test_the_board_shows_each_state_with_its_first_items_and_leads_to_the_list_of_them(client):
    page = client.get("/items?view=board").text
    assert "Sager efter tilstand" in words(page)
    assert re.search(r'<h2 id="state-\d+">Indmeldt <span class="count">\d+', page)
    assert "/items?state=indmeldt" in links(page)
    assert 'href="/items/%C3%86%C3%98-' in page


def test_the_board_counts_all_and_shows_the_first_five_of_a_state(many):
    page = many.get("/items?view=board").text
    assert 'Indmeldt <span class="count">60</span>' in page
    assert "55 flere" in words(page)
    assert words(page).count("Ønske 0") == 5


def test_a_record_without_items_says_how_the_first_one_comes_there(fresh):
    assert "Der er ingen sager endnu" in words(fresh.get("/items").text)
    assert "Der er ingen sager endnu" in words(fresh.get("/items?view=board").text)


def test_a_search_that_finds_nothing_leads_to_what_there_is(many):
    page = many.get("/items?q=findes-ikke&state=indmeldt").text
    assert "Ingen sager passer" in words(page)
    assert "/items" in links(page)
    assert "/items?q=findes-ikke" in links(page)


def test_an_order_or_state_that_is_not_there_is_told_with_what_there_is(many):
    answer = many.get("/items?sort=titel&state=indmelt")
    assert answer.status_code == 400
    assert "mente du »title«?" in words(answer.text)
    assert "mente du »indmeldt«?" in words(answer.text)


def test_the_list_as_known_before_anything_was_recorded_leads_to_what_is_known_now(client):
    page = client.get("/items?known=2025-09-12&sort=-title").text
    assert numbers(page) == []
    assert "Ingen sag var kendt den dag" in words(page)
    assert "Vis de sager, der kendes nu" in words(page)
