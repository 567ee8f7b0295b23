"""What is written is read back letter for letter, in every format, in memory that does not grow."""

import csv
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.model import RequestError
from governance.tables import open_table, write_table
from tests.counts import count
from tests.unit.tables import whole

FORMATS = [".csv", ".xlsx", ".jsonl"]

letters = st.characters(exclude_categories=["Cs"], exclude_characters=[chr(i) for i in range(32)] + [
    chr(i) for i in range(0x7F, 0xA0)
])  # fmt: skip
texts = st.text(letters | st.sampled_from("=+-@'\t\r\n;,\"_x0041_ 0"), max_size=12)
names = st.lists(
    st.from_regex(r"[a-zæøå][a-zæøå-]{0,8}", fullmatch=True), min_size=1, max_size=4, unique=True
)


@st.composite
def tables(draw):
    columns = draw(names)
    rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, texts)), max_size=5))
    return columns, [row for row in rows if any(text.strip() for text in row.values())]


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=count(reduced=60, full=2000), deadline=None)
@given(table=tables())
def test_a_table_is_read_back_as_it_was_written(tmp_path_factory, suffix, table):
    columns, rows = table
    path = tmp_path_factory.mktemp("round") / f"t{suffix}"
    write_table(path, columns, rows)
    read = whole(path)
    filled = [{name: text for name, text in row.items() if text} for row in read.rows]
    assert read.problems == []
    assert filled == [{name: text for name, text in row.items() if text} for row in rows]


RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1",
    "=cmd|' /C calc'!A0",
    "http://x.dk",
]


def test_no_text_acts_as_a_formula_or_link_in_a_spreadsheet(tmp_path):
    rows = [{"a": text} for text in RISKY]
    write_table(tmp_path / "t.csv", ["a"], rows)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        for (cell,), row in zip(list(csv.reader(file))[1:], rows, strict=True):
            assert cell == (row["a"] if row["a"].startswith("http") else f"'{row['a']}")
    write_table(tmp_path / "t.xlsx", ["a"], rows)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(RISKY)
    for suffix in FORMATS:
        write_table(tmp_path / f"again{suffix}", ["a"], rows)
        assert whole(tmp_path / f"again{suffix}").rows == rows


def test_danish_excel_opens_the_csv_with_its_letters_and_columns(tmp_path):
    write_table(tmp_path / "t.csv", ["navn", "x"], [{"navn": "Køge; by", "x": "1"}])
    assert (tmp_path / "t.csv").read_bytes() == '\ufeffnavn;x\r\n"Køge; by";1\r\n'.encode()


def test_the_same_table_is_the_same_file(tmp_path):
    for suffix in FORMATS:
        for name in ("one", "two"):
            write_table(tmp_path / f"{name}{suffix}", ["a"], [{"a": "x"}])
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_file_is_there_only_when_all_is_written(tmp_path):
    path = tmp_path / "t.xlsx"
    with pytest.raises(RequestError) as caught:
        write_table(path, ["a"], [{"a": "x"}, {"a": "x" * 40_000}])
    assert caught.value.problems[0].en.startswith("row 3, column `a`: a cell of a sheet holds at most")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_that_is_there_is_not_written_over(tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_text("den gamle")
    with pytest.raises(RequestError) as caught:
        write_table(path, ["a"], [{"a": "x"}])
    assert caught.value.problems[0].da == f"{path} findes allerede; vælg et andet navn"
    assert path.read_text() == "den gamle"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["t.pdf", "t.txt", "t.xlsm", "none/t.csv"])
def test_a_file_that_cannot_be_written_is_told_so(tmp_path, name):
    with pytest.raises(RequestError):
        write_table(tmp_path / name, ["a"], [])


def peak(path: Path) -> int:
    tracemalloc.start()
    with open_table(path) as table:
        assert sum(1 for _ in table.rows) > 0
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


@pytest.mark.parametrize("suffix", FORMATS)
def test_memory_does_not_grow_with_the_table(tmp_path, suffix):
    peaks = []
    for rows in (count(reduced=3_000, full=50_000), count(reduced=6_000, full=100_000)):
        path = tmp_path / f"{rows}{suffix}"
        write_table(path, ["a", "b"], ({"a": f"ÆØ-{i}", "b": f"Et ønske om nummer {i}"} for i in range(rows)))
        peaks.append(peak(path))
    assert peaks[1] <= 1.2 * peaks[0]
