"""CSV: read as spreadsheets write it, every fault with row and column."""

import pytest

from tests.unit.tables import written


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_told_apart_by_the_heading(tmp_path, mark):
    read = written(tmp_path, "t.csv", f'"a{mark}x"{mark}b{mark}c\n1{mark}2{mark}3\n')
    assert read.columns == (f"a{mark}x", "b", "c")
    assert read.rows == [{f"a{mark}x": "1", "b": "2", "c": "3"}]
    assert read.notes


def test_a_table_of_one_column_needs_no_separator(tmp_path):
    assert written(tmp_path, "t.csv", "number\nÆØ-1\n").rows == [{"number": "ÆØ-1"}]


def test_the_line_excel_hides_names_the_separator(tmp_path):
    read = written(tmp_path, "t.csv", "sep=;\r\na,b;c\r\n1;2\r\n")
    assert read.columns == ("a,b", "c")
    assert read.numbers == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_unicode_is_read_with_and_without_its_mark(tmp_path, encoding):
    read = written(tmp_path, "t.csv", "navn;x\nKøge;1\n".encode(encoding))
    assert read.rows == [{"navn": "Køge", "x": "1"}]
    assert len(read.notes) == 1


def test_windows_letters_are_read_and_said(tmp_path):
    read = written(tmp_path, "t.csv", "navn;x\nKøge – ’a’;1\n".encode("cp1252"))
    assert read.rows == [{"navn": "Køge – ’a’", "x": "1"}]
    assert "Windows-1252" in read.notes[1]


def test_a_broken_letter_far_into_the_file_is_seen_before_the_first_row(tmp_path):
    read = written(tmp_path, "t.csv", b"a;b\n" + b"x;y\n" * 50_000 + b"\xe6;1\n")
    assert "Windows-1252" in read.notes[1]
    assert read.rows[-1] == {"a": "æ", "b": "1"}


def test_a_line_break_in_quotes_belongs_to_the_cell_and_rows_are_counted_as_a_spreadsheet_does(tmp_path):
    read = written(tmp_path, "t.csv", 'a;b\n"x\r\ny ""z""";1\n\n2;3\n')
    assert read.rows == [{"a": 'x\r\ny "z"', "b": "1"}, {"a": "2", "b": "3"}]
    assert read.numbers == [2, 4]


def test_text_stays_text(tmp_path):
    read = written(tmp_path, "t.csv", "a;b;c\n007;12345678901234567890;1/4\n")
    assert read.rows == [{"a": "007", "b": "12345678901234567890", "c": "1/4"}]


def test_a_guard_before_a_formula_is_taken_off_and_an_apostrophe_that_is_none_stays(tmp_path):
    read = written(tmp_path, "t.csv", "a;b\n'=1+1;'anførsel'\n''-x;'\n")
    assert read.rows == [{"a": "=1+1", "b": "'anførsel'"}, {"a": "'-x", "b": "'"}]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a;b\n1;2;3\n", "row 2: there is something in cell 3, and there are 2 columns"),
        ("a;b\n1;2\n3\n", "row 3: the row has 1 cells, and there are 2 columns"),
        ("a;;c\n1;2;3\n", "row 2: the cell in column 2 has no heading; write one, or empty the column"),
        ("a;b\n1;x\0y\n", "row 2, column `b`: the cell holds the character U+0000"),
        ("a;b\n1;x\x1by\n", "row 2, column `b`: the cell holds the character U+001B"),
        ("a;b\n1;" + "x" * 40_000 + "\n", "row 2, column `b`: the cell has 40000 characters"),
        ("a;b\n1;" + "x" * 1_000_000 + "\n", "row 2: a cell has more than 32767 characters"),
        ("a;b\n1;" + "x" * 3_000_000 + "\n", "row 2: the line has more than 2000000 characters"),
        ('a;b\n1;"x\n', "row 2: the quotes do not match"),
        ('a;b\n1;"x" y\n', "row 2: the quotes do not match"),
        ("a;b;a\n1;2;3\n", "row 1, column `a`: the column is there twice"),
        ("a\x00;b\n1;2\n", "row 1, column `a\x00`: the cell holds the character U+0000"),
        (
            ";".join(f"c{i}" for i in range(201)) + "\n",
            "row 1: there are 201 columns; there can be at most 200",
        ),
        ("", "row 1: the names of the columns belong here"),
        ("\n1;2\n", "row 1: the names of the columns belong here"),
        (b"PK\x03\x04" + b"x" * 40, "the file is a workbook, not CSV"),
        ("a;b".encode("utf-16"), "the file is UTF-16"),
        ("a;b".encode("utf-16-le"), "the file is UTF-16"),
        (b"a;b\n\xff\x81;2\n", "the file is neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_column(tmp_path, content, problem):
    problems = written(tmp_path, "t.csv", content).problems
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_everything_wrong_in_the_rows_is_told_not_the_first_alone(tmp_path):
    read = written(tmp_path, "t.csv", "a;b\nx\0;y\0\n1;2\n3;4;5\n")
    assert [problem[:6] for problem in read.problems] == ["row 2,", "row 2,", "row 4:"]
    assert {"a": "1", "b": "2"} in read.rows


def test_a_file_that_is_no_table_is_told_so(tmp_path):
    assert "must end in .csv, .xlsx or .jsonl" in written(tmp_path, "t.pdf", "x").problems[0]
    assert "save as .xlsx" in written(tmp_path, "t.xls", "x").problems[0]
    from governance.model import RequestError
    from governance.tables import open_table

    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RequestError), open_table(path):
            pass


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a;b\nKøge;1\nx;2\n".encode() + b"\xc3\x28;3\n", 4),
        (b"a;b\r\n\xc3\x28;1\r\n" + "Køge;1\r\n".encode(), 2),
        (b"\xef\xbb\xbfa;b\n\xe6;1\n", 2),
        ("a;b\nKøge;1\n".encode() + b"x;y\n" * 50_000 + b"\x81;1\n", 50_003),
        (b"a;b\n\xe6;1\n" + b"x;y\n" * 50_000 + "Køge;1\n".encode(), 2),
        ("a;b\nKøge;".encode() + b"\xc3", 2),
    ],
)
def test_a_file_that_is_utf_8_but_for_a_byte_is_refused_with_the_line_and_never_guessed_at(
    tmp_path, content, line
):
    read = written(tmp_path, "t.csv", content)
    assert (len(read.problems), read.rows) == (1, [])
    assert read.problems[0].startswith(f"line {line}: there are bytes here that are not UTF-8")


def test_a_letter_that_lies_across_two_reads_is_whole(tmp_path):
    start = b"a;b\n"
    rows = b"x;\n" * (((1 << 16) - 1 - len(start)) // 3)
    rows = b"x" * ((1 << 16) - 1 - len(start + rows)) + rows
    assert len(start + rows) == (1 << 16) - 1
    read = written(tmp_path, "t.csv", start + rows + "ø;1\n".encode())
    assert read.rows[-1] == {"a": "ø", "b": "1"}


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_called_by_its_name(tmp_path, encoding):
    read = written(tmp_path, "t.csv", "a;b\n1;2\n".encode(encoding))
    assert read.problems == ["the file is UTF-32; save it as UTF-8"]
