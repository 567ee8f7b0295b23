"""The list of ordered changes, read back with another library."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from governance.documents import Order, Orders, orders_xlsx
from governance.model import Text
from governance.values import Span, day, month_of, number
from tests.documents.meeting_round import HALF_YEAR, WRITTEN

ORDER = Order(
    "ÆØ-1716",
    "Nye undertyper til ’Ansøgning/anmodning",
    Text("Ændringsønske", "Change request"),
    decided=day(date(2025, 4, 1)),
    approved=Span(),
    ordered=Span(None, date(2025, 9, 9)),
    size="XS",
    estimate=number("3/4"),
    unit="års budget",
    state=Text("Delvist leveret", "Delivered in part"),
    left="§ 42\n§ 88",
    source="dagsorden 9. september 2025",
)


def book(*rows, language="da", **changes):
    facts = {"group": Text("Referencegruppen", "The reference group"), "written": WRITTEN, "rows": rows}
    return openpyxl.load_workbook(BytesIO(orders_xlsx(Orders(**(facts | changes)), language)))


def row(order, language="da"):
    return book(order, language=language).worksheets[0][2]


def test_each_order_is_a_row_of_real_dates_numbers_and_texts():
    said = [cell.value for cell in row(ORDER)]
    assert said == [
        "ÆØ-1716",
        "Nye undertyper til ’Ansøgning/anmodning",
        "Ændringsønske",
        datetime(2025, 4, 1),  # noqa: DTZ001 - a sheet has no zone
        None,
        "senest 9. september 2025",
        "XS",
        0.75,
        "års budget",
        "Delvist leveret",
        "§ 42\n§ 88",
        "dagsorden 9. september 2025",
    ]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            "da",
            "Nummer Titel Art Besluttet Godkendt Bestilt Størrelse Estimat Enhed Status Mangler Kilde",
        ),
        (
            "en",
            "Number Title Kind Decided_on Approved_on Ordered_on Size Estimate Unit State Left_to_do Source",
        ),
    ],
)
def test_the_heading_stays_and_filters(language, headings):
    sheet = book(ORDER, ORDER, language=language).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [each.replace("_", " ") for each in headings.split()]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L3"
    assert sheet.title == {"da": "Bestilte ændringer", "en": "Ordered changes"}[language]
    assert all(dimension.width > 10 for dimension in sheet.column_dimensions.values())
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")


@pytest.mark.parametrize(("language", "shown"), [("da", "[$-406]dd-mm-yyyy"), ("en", "[$-809]dd mmm yyyy")])
def test_dates_are_shown_as_the_language_writes_them(language, shown):
    assert row(ORDER, language)[3].number_format == shown


@pytest.mark.parametrize(
    ("estimate", "value", "shown"),
    [
        (number(1500), 1500, "#,##0"),
        (number("3/4"), 0.75, "#,##0.##"),
        (HALF_YEAR, "½–1", "@"),
        (Span(number(2).low, None), "mindst 2", "@"),
        (Span(None, number(2).low), "højst 2", "@"),
    ],
)
def test_an_exact_estimate_is_a_number_and_a_rough_one_words(estimate, value, shown):
    cell = row(Order("1", "A", estimate=estimate))[7]
    assert (cell.value, cell.number_format) == (value, shown)


def test_a_date_known_to_the_month_is_words():
    assert row(Order("1", "A", decided=month_of(2025, 3)), "en")[3].value == "March 2025"


def test_what_is_not_known_is_an_empty_cell():
    assert [cell.value for cell in row(Order("1", "A"))][2:] == [None] * 10


def test_a_row_is_as_high_as_its_fullest_cell():
    def height(left):
        return book(Order("1", "A", left=left)).worksheets[0].row_dimensions[2].height

    one_line = None  # the sheet's own
    assert [height(left) for left in ("A", "A " * 40, "A\nB\nC", "Æ" * 4000)] == [one_line, 60, 45, 405]


def test_no_orders_are_a_heading_alone():
    sheet = book().worksheets[0]
    assert sheet.max_row == 1
    assert sheet.auto_filter.ref == "A1:L1"


def test_it_says_what_it_is_and_when_it_was_written():
    told = book(ORDER).properties
    assert (told.title, told.creator) == ("Bestilte ændringer, Referencegruppen", "Referencegruppen")
    assert told.created == WRITTEN.replace(tzinfo=None)


def test_a_text_longer_than_a_cell_is_cut():
    assert len(row(Order("1", "Æ" * 40_000))[1].value) == 32_767


def test_the_same_list_is_the_same_bytes_and_another_moment_others():
    first = orders_xlsx(Orders("G", WRITTEN, (ORDER,)), "da")
    assert orders_xlsx(Orders("G", WRITTEN, (ORDER,)), "da") == first
    assert orders_xlsx(Orders("G", WRITTEN.replace(day=1), (ORDER,)), "da") != first
