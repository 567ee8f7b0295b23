"""The listing is a fold of the events: kept by each, held by the audit, and read a page at a time."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text, update

from governance.model import RequestError
from governance.service import (
    Office,
    add_item,
    add_person,
    advance,
    audit_verify,
    correct,
    erase_person,
    item,
    items,
    items_board,
    items_page,
    record_fact,
    todo,
    waiting,
)
from governance.store import reading
from governance.store.listing import by_number, in_danish_order, list_all
from governance.store.schema import listing, tallies
from tests.benchmarks.filling import enter_pattern, fill
from tests.callers import BEGAN, READER, SECRETARIAT, caller
from tests.service.asking import new
from tests.service.raw import files_with
from tests.service.test_statements import statements

VENDOR = caller("leverandøren", Office("mandat", "netcompany", from_=BEGAN))
NAME = "Zackarias Qvistgaard"
TITLES = {
    "ÆØ-2": "Ål i åen",
    "ÆØ-10": "aften",
    "ÆØ-1": "Økonomi",
    "ÆØ-3": "Ældre",
    "ÆØ-20": "Zoner",
    "ÆØ-4": "Édith",
}


def rows(gov):
    with reading(gov.engine) as connection:
        found = connection.execute(select(listing).order_by(listing.c.id)).mappings()
        counted = connection.execute(select(tallies).where(tallies.c.number > 0)).mappings()
        return [dict(row) for row in found], sorted(tuple(row.values()) for row in counted)


def numbers(page):
    return [each.line.id for each in page.lines]


@pytest.fixture
def entitled(each_gov):
    for id_, title in TITLES.items():
        add_item(each_gov, id_, "aendringsoenske", title)
    return each_gov


def test_items_stand_by_number_as_people_count_and_by_title_as_danes_sort(entitled):
    assert numbers(items_page(entitled)) == ["ÆØ-1", "ÆØ-2", "ÆØ-3", "ÆØ-4", "ÆØ-10", "ÆØ-20"]
    assert numbers(items_page(entitled, sort="-number"))[0] == "ÆØ-20"
    by_title = ["aften", "Édith", "Zoner", "Ældre", "Økonomi", "Ål i åen"]
    assert [each.line.title for each in items_page(entitled, sort="title").lines] == by_title
    assert [each.line.title for each in items_page(entitled, sort="-title").lines] == by_title[::-1]


def test_items_stand_by_state_in_the_order_of_the_process_and_by_their_last_change(entitled):
    advance(entitled, "ÆØ-3", "meld-klar", "kombit")
    record_fact(entitled, "ÆØ-10", "stoerrelse", "M", source="x")
    assert numbers(items_page(entitled, sort="state"))[-1] == "ÆØ-3"
    assert numbers(items_page(entitled, sort="-state"))[0] == "ÆØ-3"
    assert numbers(items_page(entitled, sort="-changed"))[:2] == ["ÆØ-10", "ÆØ-3"]
    states = [(each.of.id, each.count) for each in items_page(entitled).states]
    assert states == [("indmeldt", 5), ("klar", 1)]
    pages = [items_page(entitled, sort="-state", page=page, per_page=2) for page in (1, 2, 3)]
    walked = [id_ for page in pages for id_ in numbers(page)]
    assert walked == numbers(items_page(entitled, sort="-state"))


def test_filters_narrow_what_is_found_and_the_totals_tell_of_how_many(entitled):
    advance(entitled, "ÆØ-3", "meld-klar", "kombit")
    page = items_page(entitled, state="indmeldt", search="æØ-", per_page=2, page=2)
    assert (page.total, page.everything, page.page, page.pages) == (5, 6, 2, 3)
    assert numbers(page) == ["ÆØ-4", "ÆØ-10"]
    assert numbers(items_page(entitled, search="ÅL ÅEN")) == ["ÆØ-2"]
    assert items_page(entitled, kind="spor").total == 0
    board = items_board(entitled, each=2)
    assert [(each.state.id, each.count, len(each.items)) for each in board.columns] == [
        ("indmeldt", 5, 2),
        ("klar", 1, 1),
    ]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "/", "'"])
def test_a_sign_that_means_something_to_the_database_is_only_itself(entitled, sign):
    assert items_page(entitled, search=sign).total == 0
    add_item(entitled, "ÆØ-77", "aendringsoenske", f"100{sign}")
    assert numbers(items_page(entitled, search=f"100{sign}")) == ["ÆØ-77"]


def test_a_page_shows_the_same_lines_as_the_whole_list(entitled):
    whole = {line.id: line for line in items(entitled)}
    in_order = [whole[id_] for id_ in sorted(whole, key=by_number)]
    assert [each.line for each in items_page(entitled).lines] == in_order


def test_what_is_asked_wrongly_is_told_all_at_once(entitled):
    with pytest.raises(RequestError) as told:
        items_page(entitled, state="indmelt", kind="sporr", sort="nummer")
    assert len(told.value.problems) == 3


def test_every_event_keeps_the_listing_as_if_it_were_made_anew(entitled):
    advance(entitled, "ÆØ-3", "meld-klar", "kombit")
    refused = advance(entitled, "ÆØ-4", "bestil", "kombit")
    assert not refused.allowed
    wrong = record_fact(entitled, "ÆØ-20", "stoerrelse", "M", source="x").event
    correct(entitled, wrong, reason="en fejl", value="L")
    gone = add_item(entitled, "ÆØ-6", "aendringsoenske", "Aldrig").event
    correct(entitled, gone, reason="aldrig sket")
    kept = rows(entitled)
    assert items_page(entitled, search="aldrig").total == 0
    with entitled.engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            list_all(connection)
    assert rows(entitled) == kept
    assert audit_verify(entitled).problems == ()


def test_an_erased_title_is_gone_from_the_listing_and_from_the_files(each_gov):
    new(each_gov, "ÆØ-1")
    add_item(each_gov, "ÆØ-2", "aendringsoenske", f"Ønske fra {NAME}")
    ref = add_person(each_gov, NAME).ref
    assert numbers(items_page(each_gov, search="qvistgaard")) == ["ÆØ-2"]
    assert files_with(each_gov, NAME.casefold())
    assert erase_person(each_gov, ref, reason="bedt om det").swept
    assert items_page(each_gov, search="qvistgaard").total == 0
    assert numbers(items_page(each_gov, search="slettet")) == ["ÆØ-2"]
    assert files_with(each_gov, NAME, NAME.casefold()) == []
    assert audit_verify(each_gov).problems == ()


@pytest.mark.parametrize("column", ["kind", "state", "by_number", "by_title", "words", "changed"])
def test_the_audit_names_a_row_of_the_listing_that_the_events_did_not_make(entitled, column):
    other = 1 if column == "changed" else "andet"
    with entitled.engine.begin() as connection:
        connection.execute(update(listing).where(listing.c.id == "ÆØ-3").values({column: other}))
    assert [each.place.da for each in audit_verify(entitled).problems] == ["listing ÆØ-3"]


def test_the_audit_names_a_row_that_is_missing_and_a_tally_that_counts_wrongly(entitled):
    with entitled.engine.begin() as connection:
        connection.execute(text("DELETE FROM listing WHERE id = 'ÆØ-3'"))
        connection.execute(text("UPDATE tallies SET number = 7"))
    found = [(each.place.da, each.text.da) for each in audit_verify(entitled).problems]
    assert found == [
        ("listing ÆØ-3", "mangler"),
        ("tallies aendringsoenske/indmeldt", "`number` er `7`, men skulle være `6`"),
    ]


def test_a_list_takes_as_many_statements_among_many_items_as_among_few(each_gov):
    enter_pattern(each_gov)
    asked = {
        "page": lambda: items_page(each_gov),
        "last page": lambda: items_page(each_gov, page=10**6),
        "by title": lambda: items_page(each_gov, sort="-title"),
        "by state": lambda: items_page(each_gov, sort="state"),
        "of a state": lambda: items_page(each_gov, state="bestilt"),
        "found": lambda: items_page(each_gov, search="ønske"),
        "board": lambda: items_board(each_gov),
        "item": lambda: item(each_gov, "moenster"),
        "to do": lambda: todo(each_gov, per_page=25),
        "to do, last page": lambda: todo(each_gov, per_page=25, page=10**6),
        "to do, for a body": lambda: todo(each_gov, per_page=25, body="netcompany"),
        "start, of all": lambda: waiting(replace(each_gov, caller=SECRETARIAT)),
        "start, of a body": lambda: waiting(replace(each_gov, caller=VENDOR)),
        "start, of a reader": lambda: waiting(replace(each_gov, caller=READER)),
    }

    def counts():
        found = {}
        for name, ask in asked.items():
            with statements(each_gov) as sent:
                ask()
            found[name] = len(sent)
        return found

    fill(each_gov, 500)
    among_few = counts()
    assert audit_verify(each_gov).problems == ()
    fill(each_gov, 5_000)
    assert items_page(each_gov).total > 490
    assert todo(each_gov).total > 490
    assert counts() == among_few


def test_the_order_of_danish_letters_and_of_numbers_of_any_length():
    assert sorted(["å", "ø", "æ", "z", "é", "a"], key=in_danish_order) == ["a", "é", "z", "æ", "ø", "å"]
    ids = ["B-2", "b-10", "A-007", "A-6", "A-" + "9" * 40, "A"]
    assert sorted(ids, key=by_number) == ["A", "A-6", "A-007", "A-" + "9" * 40, "B-2", "b-10"]
