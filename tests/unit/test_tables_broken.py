"""Whatever bytes a table file holds, it is read or refused in sentences; nothing else happens."""

import random
import zipfile

import pytest
import xlsxwriter

from governance.tables import write_table
from tests.counts import count
from tests.unit.tables import whole

ROWS = [{"a": f"ÆØ-{i}", "b": 'x "y"\n'} for i in range(20)]
PIECES = [
    b"9" * 30,
    b"-1",
    b"1e400",
    b"nan",
    b"<a>",
    b"</c>",
    b'r="B2"',
    b't="s"',
    b't="d"',
    b"\xff",
    b"&#0;",
]


def damaged(content, rng):
    """A few bytes changed, taken out or put in."""
    bytes_ = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        place, kind = rng.randrange(len(bytes_)), rng.random()
        if kind < 0.5:
            bytes_[place] = rng.randrange(256)
        elif kind < 0.7:
            del bytes_[place : place + rng.randrange(1, 20)]
        else:
            bytes_[place:place] = rng.choice(PIECES)
    return bytes(bytes_) or b"x"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_a_damaged_file_is_read_or_refused_in_sentences(tmp_path, suffix):
    rng = random.Random(suffix)
    path = tmp_path / f"t{suffix}"
    write_table(path, ["a", "b"], ROWS)
    content = path.read_bytes()
    for _ in range(count(reduced=150, full=20_000)):
        path.write_bytes(damaged(content, rng))
        assert all(len(problem) > 10 for problem in whole(path).problems)


def test_damaged_xml_in_a_sound_workbook_is_read_or_refused_in_sentences(tmp_path):
    rng = random.Random(1)
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, [row["a"], number])
            sheet.write_number(number, 2, 45_000 + number, day)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    read = [
        name for name in parts if name.endswith(("sheet1.xml", "Strings.xml", "workbook.xml", "styles.xml"))
    ]
    for _ in range(count(reduced=150, full=20_000)):
        broken = rng.choice(read)
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, damaged(content, rng) if name == broken else content)
        assert all(len(problem) > 10 for problem in whole(path).problems)
