"""How dates, amounts and item numbers are written in lists, and what they are read as."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.faults import RuleError
from governance.notation import read_when
from governance.service import check_rules, rules_folder
from governance.service.danish import written_date, written_number
from governance.service.itemnumbers import ItemNumbers, item_numbers


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9.9.2025", "2025-09-09"),
        ("09-09-2025", "2025-09-09"),
        ("9/9-2025", "2025-09-09"),
        ("9/9 2025", "2025-09-09"),
        ("9. september 2025", "2025-09-09"),
        ("den 9. sept. 2025", "2025-09-09"),
        ("September 2025", "2025-09"),
        ("okt 2025", "2025-10"),
        ("May 2025", "2025-05"),
        ("2025-09-09T14:30", "2025-09-09"),
        ("..9.9.2025", "..2025-09-09"),
        ("marts 2025..juni 2025", "2025-03..2025-06"),
        ("2025-09-09", "2025-09-09"),
        ("2025", "2025"),
    ],
)
def test_a_danish_date_is_put_into_the_notation_of_the_record(written, meant):
    assert written_date(written) == meant
    read_when(meant)


@pytest.mark.parametrize(
    "text", ["31.2.2025", "13.13.2025", "9.9.25", "ma 2025", "foråret 2025", "i går", "", "..", "9.9", "1/2"]
)
def test_what_is_no_date_is_left_for_the_reader_to_refuse(text):
    assert written_date(text) == text


@given(st.dates())
def test_every_day_is_read_as_itself_however_it_is_written(day):
    for written in (
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day.day:02}-{day.month:02}-{day.year:04}",
        day.isoformat(),
    ):
        assert date.fromisoformat(written_date(written)) == day


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0,25", "1/4"),
        ("0.125", "1/8"),
        ("12,50", "25/2"),
        ("½", "1/2"),
        ("0,5..1", "1/2..1"),
        ("16", "16"),
        ("1/4", "1/4"),
        ("1.500", "1.500"),  # a thousand and a half, or one and a half
        ("mange", "mange"),
    ],
)
def test_a_decimal_is_put_as_a_fraction_unless_it_may_be_thousands(written, meant):
    assert written_number(written) == meant


SHIPPED = ItemNumbers("ÆØ", "-", 3, 5, ("ØÆ",), without_prefix=True)


@given(st.text(max_size=12))
def test_a_number_put_right_is_right(text):
    once = SHIPPED.read(text)
    assert SHIPPED.read(once) == once


DASHES = "- –\u2212\u2014\u2011 "


@given(st.integers(100, 99_999), st.sampled_from(["ÆØ", "æø", "ØÆ", "Æø", ""]), st.sampled_from(DASHES))
def test_every_slip_around_a_number_is_read_as_that_number(number, prefix, dash):
    assert SHIPPED.read(f" {prefix}{dash.strip() and f' {dash} '}{number} ") == f"ÆØ-{number}"


def test_what_dubu_ships_reads_the_slips_of_its_agenda():
    numbers = item_numbers(rules_folder())
    printed = ["ØÆ-1716", "1754", "æø 1605", "ÆØ – 1434", "ÆØ1434", "ÆØ-1434/2"]
    assert [numbers.read(each) for each in printed] == [
        "ÆØ-1716",
        "ÆØ-1754",
        "ÆØ-1605",
        "ÆØ-1434",
        "ÆØ-1434",
        "ÆØ-1434/2",
    ]
    assert [numbers.read(each) for each in ("12", "4.2", "tilbagemelding-01", "BHU-1716")] == [
        "12",
        "4.2",
        "tilbagemelding-01",
        "BHU-1716",
    ]


def test_without_a_folder_or_a_file_nothing_is_put_right(tmp_path):
    assert item_numbers(None) == item_numbers(tmp_path) == ItemNumbers()
    assert ItemNumbers().read(" ØÆ-1716 ") == "ØÆ-1716"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("item_numbers: {prefix: ÆØ, sepparator: '-'}", "unknown-key", 1),
        ("item_number: {prefix: ÆØ}", "unknown-key", 1),
        ("item_numbers:\n  separator: '-'", "missing-key", 2),
        ("item_numbers:\n  prefix: [ÆØ]", "wrong-type", 2),
        ("item_numbers:\n  prefix: ÆØ\n  digits: {least: 5, most: 3}", "conflicting-keys", 3),
        ("item_numbers:\n  prefix: ÆØ\n  digits: {least: 0}", "wrong-type", 3),
        ("item_numbers:\n  prefix: ÆØ\n  also_written: ØÆ", "wrong-type", 3),
        ("item_numbers:\n  prefix: ÆØ\n  without_prefix: ja", "wrong-type", 3),
        ("item_numbers: ÆØ", "wrong-type", 1),
        ("item_numbers: &a {prefix: ÆØ}", "yaml-anchor", 1),
    ],
)
def test_a_fault_in_the_file_of_slips_is_named_with_its_line(tmp_path, content, code, line):
    (tmp_path / "import.yaml").write_text(content + "\n", encoding="utf-8")
    with pytest.raises(RuleError) as error:
        item_numbers(tmp_path)
    assert (error.value.faults[0].code, error.value.faults[0].line) == (code, line)
    assert error.value.faults[0].file == "import.yaml"


def test_a_fault_in_the_file_of_slips_is_told_when_rules_are_checked(tmp_path):
    (tmp_path / "import.yaml").write_text("item_numbers: {prefixx: ÆØ}\n", encoding="utf-8")
    assert "unknown-key" in {fault.code for fault in check_rules(tmp_path)}
    assert check_rules(rules_folder()) == ()
