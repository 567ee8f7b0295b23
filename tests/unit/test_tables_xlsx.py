"""XLSX: what others write is read as text, and what attacks is refused."""

import io
import zipfile
import zlib
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from governance.tables import write_table
from tests.unit.tables import whole, written

XML = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(tmp_path, rows, name="t.xlsx", **formats):
    """A workbook as openpyxl writes it; ``formats`` by address."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for address, code in formats.items():
        made.active[address].number_format = code
    made.save(tmp_path / name)
    return whole(tmp_path / name)


def changed(tmp_path, part, change, name="t.xlsx"):
    """A plain workbook with one of its parts replaced."""
    (tmp_path / "plain.xlsx").unlink(missing_ok=True)
    write_table(tmp_path / "plain.xlsx", ["a", "b"], [{"a": "x", "b": "y"}])
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as old,
        zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = change(content)
            if content is not None:
                new.writestr(info.filename, content)
    return whole(tmp_path / name)


def sheet(tmp_path, data):
    """A workbook whose sheet holds the data given."""
    xml = f"{XML}<worksheet {SHEET}><sheetData>{data}</sheetData></worksheet>"
    return changed(tmp_path, "xl/worksheets/sheet1.xml", lambda _: xml.encode())


WHEN = datetime(2025, 9, 9, 14, 30)  # noqa: DTZ001 - a sheet has no zone
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


def test_whole_numbers_dates_and_answers_become_text(tmp_path):
    rows = [["a", "b", "c", "d", "e"], [1754, 1754.0, 0.1 + 0.2, True, "007"]]
    assert book(tmp_path, rows).rows == [{"a": "1754", "b": "1754", "c": "0.3", "d": "ja", "e": "007"}]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (date(2025, 9, 9), "dd-mm-yyyy", "2025-09-09"),
        (WHEN, "yyyy-mm-dd h:mm", "2025-09-09T14:30"),
        (WHEN.replace(hour=0, minute=0), "yyyy-mm-dd h:mm", "2025-09-09"),
        (date(2025, 9, 1), "mmm-yy", "2025-09"),
        (date(2025, 9, 1), '[$-406]mmmm" "yyyy', "2025-09"),
        (date(2025, 1, 1), "yyyy", "2025"),
        (time(9, 30), "h:mm", "09:30"),
        (date(2025, 9, 9), "General", "45909"),
        (12, '0" dage"', "12"),
        (12, "#,##0.00_);[Red](#,##0.00)", "12"),
    ],
)
def test_a_date_is_known_as_far_as_the_cell_shows_it(tmp_path, value, code, text):
    read = book(tmp_path, [["a"], [value]], A2=code)
    assert (read.rows, read.problems) == ([{"a": text}], [])


def test_a_date_shown_without_a_year_is_refused_for_the_year_may_be_invented(tmp_path):
    problems = book(tmp_path, [["a"], [date(2026, 4, 1)]], A2="d-mmm").problems
    assert problems[0].startswith("row 2, column `a` (A2): the date is shown without a year")


def test_dates_from_1904_are_read_as_such(tmp_path):
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append(["a"])
    made.active.append([date(2025, 9, 9)])
    made.save(tmp_path / "t.xlsx")
    assert whole(tmp_path / "t.xlsx").rows == [{"a": "2025-09-09"}]


def test_formulas_and_errors_are_refused_with_the_address_of_the_cell(tmp_path):
    problems = book(tmp_path, [["a", "b"], ["=1+1", "x"], ["y", "#N/A"]]).problems
    assert problems[0].startswith("row 2, column `a` (A2): the cell is a formula")
    assert problems[1].startswith("row 3, column `b` (B3): the cell shows the error #N/A")


def test_a_formula_in_the_heading_is_refused_too(tmp_path):
    assert "row 1 (A1): the cell is a formula" in book(tmp_path, [["=A2", "b"], ["x", "y"]]).problems[0]


def test_a_number_too_long_to_be_exact_is_refused(tmp_path):
    problems = book(tmp_path, [["a"], [1234567890123456]]).problems
    assert problems[0].startswith("row 2, column `a` (A2): the number is too long")


def test_texts_that_cells_share_rich_text_and_escapes_are_read(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        bold = made.add_format({"bold": True})
        page.write_row(0, 0, ["a", "b", "c"])
        page.write_rich_string(1, 0, "én ", bold, "to", " tre")
        page.write_string(1, 1, "x\r\ny _x0041_")
        page.write_string(1, 2, " = ")
        page.write_row(2, 0, ["a", "a", "a"])
    read = whole(path)
    assert read.rows == [
        {"a": "én to tre", "b": "x\r\ny _x0041_", "c": " = "},
        {"a": "a", "b": "a", "c": "a"},
    ]


def test_how_a_text_is_spoken_is_no_part_of_it(tmp_path):
    spoken = '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t><rPh><t>y</t></rPh></is></c></row>'
    assert sheet(tmp_path, HEAD + spoken).rows == [{"a": "x"}]


def test_the_first_visible_sheet_is_read_and_the_others_are_said(tmp_path):
    made = openpyxl.Workbook()
    made.active.sheet_state = "hidden"
    made.create_sheet("To").append(["a"])
    made["To"].append(["x"])
    made.create_sheet("Tre")
    made.save(tmp_path / "t.xlsx")
    read = whole(tmp_path / "t.xlsx")
    assert read.rows == [{"a": "x"}]
    assert read.notes == ["read from the sheet `To`", "the workbook's other sheets (1) were not read"]


def test_blank_rows_keep_their_numbers_and_cells_without_address_their_order(tmp_path):
    assert book(tmp_path, [[], ["a", "b"], [], ["x", None], [None, "y"]]).numbers == [4, 5]
    data = HEAD + "<row><c><v>1</v></c></row><row r='5'><c><v>2</v></c></row>"
    read = sheet(tmp_path, data)
    assert (read.rows, read.numbers) == ([{"a": "1"}, {"a": "2"}], [2, 5])


def test_a_cell_beyond_the_columns_is_refused_with_its_address(tmp_path):
    problems = book(tmp_path, [["a", "b"], ["x", "y", "z"]]).problems
    assert problems == ["row 2 (C2): there is something in cell 3, and there are 2 columns"]


@pytest.mark.parametrize("size", [40_000, 1_000_000])
def test_a_cell_that_is_too_long_is_refused_however_it_is_kept(tmp_path, size):
    long = "x" * size
    inline = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{long}</t></is></c></row>'
    assert sheet(tmp_path, HEAD + inline).problems[0].startswith("row 2, column `a` (A2): the cell has")
    shared = f"{XML}<sst {SHEET}><si><t>a</t></si><si><t>{long}</t></si></sst>"
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet().write_column(0, 0, ["a", "b"])
    parts = {}
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, shared if name == "xl/sharedStrings.xml" else content)
    assert whole(path).problems[0].startswith("row 2, column `a` (A2): the cell has")


@pytest.mark.parametrize("text", ["_x0000_", "_xD800_", "_x001B_"])
def test_a_character_that_cannot_be_stored_is_refused_however_it_is_escaped(tmp_path, text):
    cell = f'<row r="2"><c r="A2" t="inlineStr"><is><t>{text}</t></is></c></row>'
    assert f"the character U+{text[2:6]}" in sheet(tmp_path, HEAD + cell).problems[0]


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "xl/styles.xml"]
)
def test_an_xml_bomb_is_refused_in_every_part(tmp_path, part):
    problems = changed(tmp_path, part, lambda old: old.replace(b"?>", b"?>" + BOMB.encode(), 1)).problems
    assert len(problems) == 1
    assert "declares a DTD" in problems[0]


def test_a_part_that_unpacks_as_a_bomb_does_is_refused_unread(tmp_path):
    row = b"<row><c><v>1</v></c></row>"
    problems = sheet(tmp_path, (HEAD.encode() + row * 1_000_000).decode()).problems
    assert len(problems) == 1
    assert "as a zip bomb does" in problems[0]


def test_a_part_that_says_it_is_smaller_than_it_is_is_found_out(tmp_path):
    write_table(tmp_path / "t.xlsx", ["a"], [{"a": "x" * 30_000}] * 20)
    content = bytearray((tmp_path / "t.xlsx").read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    declared = info.file_size.to_bytes(4, "little")
    while (place := content.find(declared)) >= 0:
        content[place : place + 4] = (info.file_size // 2).to_bytes(4, "little")
    read = written(tmp_path, "small.xlsx", bytes(content))
    assert len(read.problems) == 1
    assert "cut short or damaged" in read.problems[0] or "XML error" in read.problems[0]


def test_a_small_part_that_is_large_a_long_tag_and_deep_nesting_are_refused(tmp_path):
    large = changed(tmp_path, "xl/styles.xml", lambda _: zlib.decompress(zlib.compress(b" " * 9_000_000)))
    assert "at most 8000000" in large.problems[0]
    filler = "".join(chr(0x4E00 + i % 9_000 * 7 % 20_000) for i in range(3_000_000))
    assert "a tag is too long" in sheet(tmp_path, f'{HEAD}<row x="{filler}"/>').problems[0]
    assert "nested too deep" in sheet(tmp_path, HEAD + "<a>" * 1000).problems[0]


@pytest.mark.parametrize("keep", [0, 3, 30, 400, 2000, -10])
def test_a_workbook_cut_short_is_told_so_with_one_sentence(tmp_path, keep):
    write_table(tmp_path / "t.xlsx", ["a"], [{"a": f"{i}"} for i in range(1000)])
    read = written(tmp_path, "cut.xlsx", (tmp_path / "t.xlsx").read_bytes()[:keep])
    assert len(read.problems) == 1
    assert "workbook" in read.problems[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "has a password or is in the old format"),
        (b"a;b\n1;2\n", "is not a workbook"),
    ],
)
def test_other_files_with_the_name_of_a_workbook_are_told_apart(tmp_path, content, said):
    assert said in written(tmp_path, "t.xlsx", content).problems[0]


def test_a_zip_that_is_no_workbook_names_the_part_that_is_missing(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as made:
        made.writestr("hello.txt", "hello")
    assert "_rels/.rels: it is missing" in whole(tmp_path / "t.xlsx").problems[0]
    assert (
        "sheet1.xml: it is missing"
        in changed(tmp_path, "xl/worksheets/sheet1.xml", lambda _: None).problems[0]
    )


def test_a_flipped_byte_in_the_sheet_is_found_by_its_checksum(tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as new:
        (tmp_path / "plain.xlsx").unlink(missing_ok=True)
        write_table(tmp_path / "plain.xlsx", ["a"], [{"a": "rigtigt"}])
        with zipfile.ZipFile(tmp_path / "plain.xlsx") as old:
            for name in old.namelist():
                new.writestr(name, old.read(name))
    read = written(tmp_path, "t.xlsx", path.read_bytes().replace(b"rigtigt", b"forkert"))
    assert "cut short or damaged" in read.problems[0]


def test_rows_out_of_order_are_refused(tmp_path):
    data = HEAD + '<row r="7"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>'
    assert "row 3 is out of place" in sheet(tmp_path, data).problems[0]


def test_an_encoding_that_is_none_is_refused(tmp_path):
    problems = changed(
        tmp_path, "xl/workbook.xml", lambda old: old.replace(b'encoding="UTF-8"', b'encoding="UTF-9"')
    ).problems
    assert "xl/workbook.xml: XML error in line 1" in problems[0]
