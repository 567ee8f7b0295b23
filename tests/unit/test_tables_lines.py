"""JSON Lines: flat objects, read strictly."""

import pytest

from tests.unit.tables import written


def test_each_line_names_its_own_columns_and_numbers_keep_their_digits(tmp_path):
    lines = '\ufeff{"a": "x", "n": 12345678901234567890.10}\n\n{"b": true, "c": null, "d": false}\n'
    read = written(tmp_path, "t.jsonl", lines)
    assert read.rows == [{"a": "x", "n": "12345678901234567890.10"}, {"b": "ja", "c": "", "d": "nej"}]
    assert read.numbers == [1, 3]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a": "1", "a": "2"}', "row 1: `a` is there twice"),
        ('{"a": NaN}', "row 1: `NaN` is no number"),
        ('{"a": -Infinity}', "row 1: `-Infinity` is no number"),
        ('{"a": ["x"]}', "row 1, column `a`: there are lists or objects"),
        ('{"a": {"b": 1}}', "row 1, column `a`: there are lists or objects"),
        ('{"a": {"b": 1, "b": 2}}', "row 1: `b` is there twice"),
        ('["a"]', "row 1: write an object"),
        ("7", "row 1: write an object"),
        ('{"a": 1', "row 1: the line is not JSON"),
        ('{"a": "x\ty"}', "row 1: the line is not JSON"),
        ("{'a': 1}", "row 1: the line is not JSON"),
        ('{"a": "\\u0000"}', "row 1, column `a`: the cell holds the character U+0000"),
        ('{"a": "\\ud800"}', "row 1, column `a`: the cell holds the character U+D800"),
        ('{"\\udfff": "x"}', "row 1, column `\\udfff`: the cell holds the character U+DFFF"),
        ('{"a": "' + "x" * 1_000_000 + '"}', "row 1, column `a`: the cell has 1000000 characters"),
        ("[" * 200_000, "row 1: there are lists or objects"),
        ('{"a":' * 200_000, "row 1: there are lists or objects"),
        (b'{"a": "\xe6"}', "row 1: the line is not UTF-8"),
        ("{" + ",".join(f'"c{i}": 1' for i in range(201)) + "}", "row 1: the line has 201 columns"),
        ("x" * 5_000_000, "row 1: the line has more than 4000000 bytes"),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_column(tmp_path, line, problem):
    problems = written(tmp_path, "t.jsonl", line).problems
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)


def test_a_line_that_is_wrong_does_not_stop_the_others(tmp_path):
    read = written(tmp_path, "t.jsonl", '{"a": 1}\nx\n{"a": 3}\n')
    assert [row for row in read.rows if row] == [{"a": "1"}, {"a": "3"}]
    assert len(read.problems) == 1
