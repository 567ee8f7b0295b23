"""What is wrong with a table is told row by row, all at once, and nothing of it is stored."""

import pytest

from governance.model import RequestError
from governance.service import (
    add_item,
    import_table,
    template_view,
)
from tests.service.tables import EVENTS, GROUP, ITEMS, refused, taken, whole_group


def test_the_same_with_other_content_is_an_error_that_names_the_event_to_correct(each_gov, tmp_path):
    taken(each_gov, tmp_path, "items", ITEMS)
    problems = refused(each_gov, tmp_path, "items", ITEMS.replace("Screening", "En anden titel"))
    told = "row 2: the same was taken in before with other content (event 2); "
    assert problems == [told + "put it right by `governance correct 2`"]


def test_live_items_take_no_history_and_history_is_before_today(gov, tmp_path):
    add_item(gov, "ÆØ-1765", "aendringsoenske", "Screening", on="2025-01-01")
    taken(gov, tmp_path, "items", ITEMS.replace("ÆØ-1765", "ÆØ-1111"))
    rows = "1765;afklar;kombit;2025-11-19;k\n1754;afklar;kombit;2025-11-20;k\n"
    problems = refused(gov, tmp_path, "events", EVENTS.splitlines()[0] + "\n" + rows)
    assert "`ÆØ-1765` has been kept here from the start" in problems[0]
    assert "history is what happened before today" in problems[1]


def test_everything_wrong_is_told_at_once_with_row_and_column_and_nothing_is_stored(each_gov, tmp_path):
    content = """nummer;type;titel;hvornår;kilde;stoerrelse
ÆØ-1;ønske;Et;2024-01-01;k;
ÆØ-2;aendringsoenske;To;32.1.2024;k;XXL
;aendringsoenske;Tre;2027-01-01;k;
ÆØ-4;aendringsoenske;Fire;2024-01-01;;
ÆØ-5;spor;Fem;2024-01-01;k;M
ÆØ-6;aendringsoenske;Seks
ÆØ-7/../x;aendringsoenske;Syv;2024-01-01;k;
"""
    problems = refused(each_gov, tmp_path, "items", content)
    begins = [problem.partition("`;")[0].split(": ")[0] for problem in problems]
    assert begins == [
        "row 2, column `type`",
        "row 3, column `hvornår`",
        "row 3, column `stoerrelse`",
        "row 4, column `nummer`",
        "row 4, column `hvornår`",
        "row 5",
        "row 7",
        "row 8, column `nummer`",
    ]
    assert "did you mean" in problems[0] or "there are" in problems[0]
    assert "the source is missing" in problems[5]
    assert "3 cells" in problems[6]


def test_only_the_first_two_hundred_faults_are_told_and_how_many_more(gov, tmp_path):
    rows = "".join(f"ÆØ-{1000 + i};ukendt;Titel;2024;k;\n" for i in range(250))
    problems = refused(gov, tmp_path, "items", ITEMS.splitlines()[0] + "\n" + rows)
    assert len(problems) == 201
    assert problems[-1] == "and 50 more"


def test_columns_that_are_missing_unknown_or_twice_are_told_with_what_was_meant(gov, tmp_path):
    problems = refused(gov, tmp_path, "items", "nummer;tittel;number;Størelsen\nÆØ-1;x;y;z\n")
    assert problems[0] == "row 1, column `tittel`: the column `tittel` is not known; did you mean `titel`?"
    assert problems[1] == "row 1, column `number`: the column is the same as `nummer`"
    assert problems[2].startswith("row 1, column `Størelsen`: the column `Størelsen` is not known")
    assert problems[3:] == [
        "row 1: the column `kind` is missing",
        "row 1: the column `title` is missing",
    ]
    lines = '{"number": "ÆØ-1", "kind": "aendringsoenske", "titel": "x", "kilde": "k", "farve": "rød"}\n'
    (problem,) = refused(gov, tmp_path, "items", lines, "t.jsonl")
    assert problem.startswith("row 1, column `farve`: the column `farve` is not known")


def test_a_file_broken_off_in_the_middle_stores_nothing_and_tells_where(each_gov, tmp_path):
    problems = refused(each_gov, tmp_path, "items", ITEMS + 'ÆØ-3;aendringsoenske;"åben;2024;k;\n')
    assert problems == ['row 4: the quotes do not match; a cell with " is written "like ""this"""']


@pytest.mark.parametrize(
    ("template", "row", "problem"),
    [
        ("ballots", "9999;Horsens;moede-1;3;k", "row 2, column `sag`: there is no item `ÆØ-9999`"),
        (
            "ballots",
            "1754;Horsnes;moede-1;3;k",
            "row 2, column `kommune`: there is no organisation `Horsnes`; did",
        ),
        ("ballots", "1754;Horsens;moede-1;mange;k", "row 2, column `point`: `mange` does not fit `point`"),
        ("ballots", "1754;Horsens;moede-1;-3;k", "row 2, column `point`: `-3` is less than nothing"),
        ("attendance", "moede-9;Horsens;afbud;k", "row 2, column `møde`: there is no meeting `moede-9`"),
        ("attendance", "moede-1;Horsens;syg;k", "row 2, column `fremmøde`: `syg` does not fit `fremmøde`"),
        ("agenda", "moede-1;;Titel;;;k", "row 2, column `punkt`: the cell is empty; fill it"),
        ("terms", "plads-9;Horsens;2024;;k", "row 2, column `plads`: there is no seat `plads-9`"),
        ("terms", "plads-1;Horsens;i går;;k", "row 2, column `fra`: `i går` does not fit `fra`"),
        ("seats", "plads-3;refgruppen;k;2024", "row 2, column `organ`: there is no body `refgruppen`"),
        ("bodies", "folketinget;3;k;2024", "row 2, column `organ`: there is no body `folketinget`"),
        ("meetings", "m2;referencegruppen;;Titel;k", "row 2, column `dato`: the cell is empty; fill it"),
    ],
)
def test_what_a_row_names_must_be_there(gov, tmp_path, template, row, problem):
    whole_group(gov, tmp_path)
    (said,) = refused(gov, tmp_path, template, GROUP[template].splitlines()[0] + f"\n{row}\n")
    assert said.startswith(problem)


def test_an_unknown_template_is_told_with_what_was_meant(gov, tmp_path):
    with pytest.raises(RequestError) as error:
        import_table(gov, tmp_path / "t.csv", "itms")
    assert error.value.problems[0].en == "there is no template `itms`; did you mean `items`?"


def test_everything_wrong_with_one_row_is_told_at_once(each_gov, tmp_path):
    taken(each_gov, tmp_path, "items", ITEMS)
    content = "sag;kommune;møde;point;hvornår;kilde\n1605;Horsns;moede-x;seksten;2025-10;r\n"
    problems = refused(each_gov, tmp_path, "ballots", content)
    assert [problem.split(": ")[0] for problem in problems] == [
        "row 2, column `point`",
        "row 2, column `sag`",
        "row 2, column `møde`",
        "row 2, column `kommune`",
    ]
    content = "sag;skridt;organ;dato;kilde\n1605;afklar;kombit;32.1.2025;r\n"
    problems = refused(each_gov, tmp_path, "events", content)
    assert [problem.split(": ")[0] for problem in problems] == [
        "row 2, column `dato`",
        "row 2, column `sag`",
    ]


def test_the_same_twice_in_a_file_with_other_content_is_no_event_to_correct(gov, tmp_path):
    content = ITEMS + ITEMS.splitlines()[1].replace("Screening", "En anden titel") + "\n"
    (problem,) = refused(gov, tmp_path, "items", content)
    assert problem.startswith("row 4: the same stands earlier in the file with other content")
    assert "correct" not in problem


def test_past_events_offer_the_facts_that_a_step_takes_and_tell_where_others_belong(gov, tmp_path):
    taken(gov, tmp_path, "items", ITEMS)
    facts = template_view(gov, "events").facts
    assert "stemmer" in facts
    assert "estimat-aar" not in facts
    content = "sag;skridt;organ;dato;kilde;estimat-aar\n1765;afklar;kombit;2025-01;r;1/2\n"
    (problem,) = refused(gov, tmp_path, "events", content)
    assert problem.startswith("row 2, column `estimat-aar`: the step `afklar` does not take the fact")
    assert problem.endswith("take it in with the template items")


@pytest.mark.parametrize("end", ["til", "sidste dag"])
def test_a_term_that_certainly_ends_before_it_begins_names_both_columns(gov, tmp_path, end):
    whole_group(gov, tmp_path)
    head = f"plads;kommune;fra;{end};kilde\n"
    (problem,) = refused(gov, tmp_path, "terms", head + "plads-1;Horsens;1.5.2025;2025-04;r\n")
    assert problem == f"row 2: `{end}` (2025-04) is before `fra` (2025-05-01); put one of them right"
    assert taken(gov, tmp_path, "terms", head + "plads-1;Horsens;1.5.2025;2025-05;r\n").new == 1


def test_only_what_was_stored_before_is_offered_for_a_name_that_is_not_there(gov, tmp_path):
    head = "nummer;type;titel;kilde;spor af\n"
    rows = "XX-99;aendringsoenske;Et;k;\nXX-98;spor;To;k;ÆØ-777\n"
    assert refused(gov, tmp_path, "items", head + rows) == [
        "row 3, column `spor af`: there is no item `ÆØ-777`"
    ]
    taken(gov, tmp_path, "items", ITEMS)
    (problem,) = refused(gov, tmp_path, "items", head + rows)
    assert "ÆØ-17" in problem
    assert "XX" not in problem


def test_what_may_be_meant_is_offered_by_its_label(gov, tmp_path):
    with pytest.raises(RequestError) as error:
        taken(gov, tmp_path, "items", "nummer;type;titel;kilde\nÆØ-1;ændringsønsk;Et;k\n")
    assert error.value.problems[0].da.endswith("mente du `ændringsønske`?")
    assert error.value.problems[0].en.startswith("row 2, column `type`: there is no kind of item")
