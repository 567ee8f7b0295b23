"""The list of ordered changes, as XLSX: real dates and numbers, never a formula."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

from governance.documents.papers import Order, Orders
from governance.documents.wording import in_utc, join, known_day, say, say_amount, say_line, say_when
from governance.model import Text
from governance.values import Span

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_CELL = 32_767
"""Letters a cell of a sheet can hold."""
TITLE = Text("Bestilte ændringer", "Ordered changes")
A4 = 9
"""The number of that size of paper."""
MOST_FOOTER = 200
DATES = {"da": "[$-406]dd-mm-yyyy", "en": "[$-809]dd mmm yyyy"}
COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("Nummer", "Number"), 18),
    (Text("Titel", "Title"), 42),
    (Text("Art", "Kind"), 16),
    (Text("Besluttet", "Decided on"), 13),
    (Text("Godkendt", "Approved on"), 13),
    (Text("Bestilt", "Ordered on"), 13),
    (Text("Størrelse", "Size"), 11),
    (Text("Estimat", "Estimate"), 11),
    (Text("Enhed", "Unit"), 22),
    (Text("Status", "State"), 16),
    (Text("Mangler", "Left to do"), 30),
    (Text("Kilde", "Source"), 24),
)
"""The heading of each, and its width in letters."""
LINE_HEIGHT, HIGHEST = 15, 405
"""Points in a line of a row, and in the highest row a sheet can have."""
SLACK = Fraction(6, 5)
"""Of a line, what words leave unfilled at its end."""

Cell = str | Span


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look."""

    heading: Any
    text: Any
    date: Any
    whole: Any
    part: Any


def orders_xlsx(orders: Orders, language: str) -> bytes:
    """A workbook of one sheet, a row an order under a heading that stays; the same list is the same bytes.

    A date known to the day is a date, an exact number a number; what is known roughly is told in words.
    """
    import xlsxwriter  # noqa: PLC0415 - most commands write no workbook

    language = "en" if language == "en" else "da"
    group, title = say_line(orders.group, language), say(TITLE, language)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        named = {"title": join((title, group)), "author": group}
        book.set_properties({**named, "created": in_utc(orders.written).replace(tzinfo=None)})
        sheet = book.add_worksheet(title)
        _lay_out(sheet, len(orders.rows), join((title, group), " · "), language)
        look = _formats(book, language)
        for place, (heading, _) in enumerate(COLUMNS):
            sheet.write_string(0, place, say(heading, language), look.heading)
        for number, order in enumerate(orders.rows, 1):
            cells = _cells(order, language)
            sheet.set_row(number, min(LINE_HEIGHT * _lines(cells, language), HIGHEST))
            for place, cell in enumerate(cells):
                _write(sheet, number, place, cell, look, language)
    return stream.getvalue()


def _formats(book: Any, language: str) -> _Formats:
    top = {"valign": "top"}
    heading = {"bold": True, "bg_color": "#E8EDF3", "bottom": 1, "text_wrap": True}
    return _Formats(
        book.add_format(top | heading),
        book.add_format(top | {"text_wrap": True, "num_format": "@"}),
        book.add_format(top | {"num_format": DATES[language], "align": "left"}),
        book.add_format(top | {"num_format": "#,##0"}),
        book.add_format(top | {"num_format": "#,##0.##"}),
    )


def _lay_out(sheet: Any, rows: int, footer: str, language: str) -> None:
    """Widths, the heading that stays and filters, and a print of A4 on its side."""
    for place, (_, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    page = say(Text("Side", "Page"), language)
    sheet.set_footer(f"&L{footer.replace('&', '&&')[:MOST_FOOTER]}&R{page} &P / &N")


def _cells(order: Order, language: str) -> tuple[Cell, ...]:
    return (
        say_line(order.number, language),
        say_line(order.title, language),
        say_line(order.kind, language),
        order.decided,
        order.approved,
        order.ordered,
        say_line(order.size, language),
        order.estimate,
        say_line(order.unit, language),
        say_line(order.state, language),
        say(order.left, language),
        say_line(order.source, language),
    )


def _write(sheet: Any, row: int, place: int, cell: Cell, look: _Formats, language: str) -> None:
    if isinstance(cell, Span):
        if (day := known_day(cell)) is not None:
            sheet.write_datetime(row, place, day, look.date)
            return
        if isinstance(cell.point, Fraction):
            shown = look.whole if cell.point.denominator == 1 else look.part
            sheet.write_number(row, place, float(cell.point), shown)
            return
        cell = _roughly(cell, language)
    if cell:
        sheet.write_string(row, place, cell[:MOST_CELL], look.text)


def _lines(cells: tuple[Cell, ...], language: str) -> int:
    """How many lines the fullest cell of a row takes in its column, about."""

    def taken(cell: Cell, width: int) -> int:
        exact = isinstance(cell, Span) and cell.point is not None
        said = "" if exact else _roughly(cell, language) if isinstance(cell, Span) else cell
        return sum(-(-len(line) * SLACK // width) or 1 for line in said.split("\n"))

    return max(taken(cell, width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))


def _roughly(span: Span, language: str) -> str:
    return say_amount(span, language) or say_when(span, language, "")
