"""What a rule file may not hold is told with its code, place, the author's input, and what would be right."""

import pytest

from governance.faults import Fault, RuleError
from governance.files import CODES, parse_document
from governance.files.collector import MOST_FAULTS
from tests.hostile_files import HOSTILE


def faults(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(RuleError) as refused:
        parse_document("regler.yaml", text.encode() if isinstance(text, str) else text)
    return refused.value.faults


def places(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in faults(text)]


FAULTY = [  # text, code, line, column, what the message names
    ("", "yaml-empty", 1, 1, "tom"),
    ("# kun en kommentar\n", "yaml-empty", 1, 1, "tom"),
    ("---\n...\n", "yaml-not-a-mapping", 2, 1, "None"),
    ("- a\n", "yaml-not-a-mapping", 1, 1, "liste"),
    ("\n\n  tekst\n", "yaml-not-a-mapping", 3, 3, "`tekst`"),
    (b"\xef\xbb\xbfa: 1", "yaml-byte-order-mark", 1, 1, "`U+FEFF`"),
    ("a: 1\n%YAML 1.2\n---\n", "yaml-directive", 2, 1, "`%YAML 1.2`"),
    ("%TAG ! x\n--- \na: 1", "yaml-directive", 1, 1, "`%TAG ! x`"),
    ("a: 1\n--- \nb: 1", "yaml-several-documents", 2, 1, "`---`"),
    ("a: !!str x", "yaml-tag", 1, 4, "`!!str`"),
    ("!lokal a: x", "yaml-tag", 1, 1, "`!lokal`"),
    ("a: [!<x> b]", "yaml-tag", 1, 5, "`!<x>`"),
    ("a:\n  &b c", "yaml-anchor", 2, 3, "`&b`"),
    ("a: [1, *b]", "yaml-alias", 1, 8, "`*b`"),
    ("*b : 1", "yaml-alias", 1, 1, "`*b`"),
    ("a: {<<: {b: 1}}", "yaml-merge-key", 1, 5, "`<<`"),
    ('"<<": {b: 1}', "yaml-merge-key", 1, 1, "`<<`"),
    ("a:\n  b: 1\n  b: 2", "yaml-duplicate-key", 3, 3, "`b`"),
    ("{a: 1, 'a': 2}", "yaml-duplicate-key", 1, 8, "`a`"),
    ("- a\nb: 1", "yaml-not-a-mapping", 1, 1, "liste"),
    ("12: x", "yaml-key-not-text", 1, 1, "`12`"),
    ("a: {true: x}", "yaml-key-not-text", 1, 5, "`true`"),
    ("a:\n  : x", "yaml-key-not-text", 2, 3, "``"),
    ("? [a]\n: x", "yaml-key-not-text", 1, 3, "`[`"),
    ("{{a: 1}: x}", "yaml-key-not-text", 1, 2, "`{`"),
    ("a: 1234567890123", "yaml-too-long-integer", 1, 4, "`1234567890123`"),
    ("k" * 129 + ": 1", "yaml-too-long-key", 1, 1, "`kkkk"),
    ("a:\n\tb: 1", "yaml-tab", 2, 1, "`U+0009`"),
    ("a: 1 \t# note", "yaml-tab", 1, 6, "`U+0009`"),
    ("a: x\x07", "yaml-control-character", 1, 5, "`U+0007`"),
    ("a: 1\u2028b: 2", "yaml-line-end", 1, 5, "`U+2028`"),
    ("a: ja\u202ejen", "yaml-direction-character", 1, 6, "`U+202E` RIGHT-TO-LEFT OVERRIDE"),
    ("a: et\u00a0ord", "yaml-invisible-character", 1, 6, "`U+00A0` NO-BREAK SPACE"),
    ("bo\u200bdy: 1", "yaml-invisible-character", 1, 3, "`U+200B` ZERO WIDTH SPACE"),
    ("a: \u3164", "yaml-invisible-character", 1, 4, "`U+3164` HANGUL FILLER"),
    ("a: x\ufe0f", "yaml-invisible-character", 1, 5, "`U+FE0F`"),
    ("a: 1\nb: \ue000", "yaml-unassigned-character", 2, 4, "`U+E000`"),
    ("a: " + "x\u0301\u0316" * 9 + "\u0316" * 31, "yaml-stacked-marks", 1, 29, "`U+0301`"),
    ("a: bla\u030ahat", "yaml-not-nfc", 1, 6, "`U+0061`"),
    ("a: 3 \u212b", "yaml-not-nfc", 1, 6, "`U+212B` ANGSTROM SIGN"),
    ("b\u043edy: 1", "yaml-foreign-letter", 1, 2, "`U+043E` CYRILLIC SMALL LETTER O"),
    ("'b\u043edy': 1", "yaml-foreign-letter", 1, 3, "`U+043E`"),
    ("by: {body: projektgrupp\u0435n}", "yaml-foreign-letter", 1, 24, "`U+0435` CYRILLIC SMALL LETTER IE"),
    ("a: [\uff41]", "yaml-foreign-letter", 1, 5, "`U+FF41` FULLWIDTH LATIN SMALL LETTER A"),
    ("a: \u0663", "yaml-foreign-letter", 1, 4, "`U+0663` ARABIC-INDIC DIGIT THREE"),
    ("a: ca\u2010dage", "yaml-foreign-letter", 1, 6, "`U+2010` HYPHEN"),
    ('a: "\\t"', "yaml-escape", 1, 5, "`\\t`"),
    ('a: "x\n  y\\x"', "yaml-escape", 2, 4, "`\\x`"),
    # syntax
    ("a: b: c", "yaml-syntax", 1, 5, "`a: b: c`"),
    ("a: 1\nb\nc: 2", "yaml-syntax", 2, 1, "`b`"),
    ("a: 'x\nb: 1", "yaml-syntax", 1, 4, "`a: 'x`"),
    ("a: [1, 2\nb: 1", "yaml-syntax", 2, 2, "`b: 1`"),
    ("a: {b: 1", "yaml-syntax", 1, 4, "`a: {b: 1`"),
    ("a: [1, 2}\n", "yaml-syntax", 1, 9, "`a: [1, 2}`"),
    ("a: ]", "yaml-syntax", 1, 4, "`a: ]`"),
    ("a: @b", "yaml-syntax", 1, 4, "`a: @b`"),
    ("a: - b", "yaml-syntax", 1, 4, "`a: - b`"),
    ("a: 'x'\n  - b", "yaml-syntax", 2, 3, "`- b`"),
    ("a:\n    b: 1\n  c: 2", "yaml-syntax", 3, 3, "`c: 2`"),
    ("a: |x\n  b", "yaml-syntax", 1, 5, "`a: |x`"),
    ("a: |\n     \n  b", "yaml-syntax", 3, 3, "`b`"),
    ("a: 'x' y", "yaml-syntax", 1, 8, "`a: 'x' y`"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "shown"), FAULTY, ids=lambda value: repr(value)[:30]
)
def test_each_fault_has_its_code_its_place_and_the_input(
    text: str | bytes, code: str, line: int, column: int, shown: str
) -> None:
    first, *_ = faults(text)
    assert (first.code, first.line, first.column) == (code, line, column)
    assert shown in first.message
    assert first.help
    assert str(first).startswith(f"regler.yaml:{line}:{column}: {code}: ")


def test_every_code_is_found_by_some_test() -> None:
    of_files = {row[1] for row in FAULTY} | {hostile.code for hostile in HOSTILE}
    assert of_files | {"yaml-too-large", "yaml-too-many-faults"} == {
        c for c in CODES if c.startswith("yaml-")
    }


def test_faults_of_every_kind_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        "%YAML 1.2\n---\na: !!str x\nb: &b [1, *c]\na: et\u00a0ord\n"
        "12: {<<: 1}\nf\u043e: '\\x'\ng: \"\\x41\"\nh: 1234567890123"
    )
    assert places(text) == [
        ("yaml-directive", 1, 1),
        ("yaml-tag", 3, 4),
        ("yaml-anchor", 4, 4),
        ("yaml-alias", 4, 11),
        ("yaml-duplicate-key", 5, 1),
        ("yaml-invisible-character", 5, 6),
        ("yaml-key-not-text", 6, 1),
        ("yaml-merge-key", 6, 6),
        ("yaml-foreign-letter", 7, 2),
        ("yaml-escape", 8, 5),
        ("yaml-too-long-integer", 9, 4),
    ]


def test_faults_before_broken_syntax_are_told_with_it() -> None:
    assert places("a: 1\na: 2\nb: [") == [("yaml-duplicate-key", 2, 1), ("yaml-syntax", 3, 5)]


def test_an_unclosed_bracket_is_told_with_the_line_where_it_begins() -> None:
    (fault,) = faults("a: 1\nb: [1, 2\nc: 3")
    assert (fault.code, fault.line) == ("yaml-syntax", 3)
    assert "linje 2" in fault.help


def test_a_key_that_stands_three_times_is_two_faults_that_name_the_first() -> None:
    second, third = faults("a: 1\nb: 2\na: 3\na: 4")
    assert (second.line, third.line) == (3, 4)
    assert "linje 1" in second.help
    assert "linje 1" in third.help


def test_one_place_has_one_fault() -> None:
    assert places("a\u200b: &x 1\na\u200b: 2") == [
        ("yaml-invisible-character", 1, 2),
        ("yaml-anchor", 1, 5),
        ("yaml-duplicate-key", 2, 1),
        ("yaml-invisible-character", 2, 2),
    ]


def test_very_many_faults_end_with_one_that_says_so() -> None:
    found = faults("a: [" + "*x," * 5000 + "]")
    assert len(found) == MOST_FAULTS + 1
    assert {fault.code for fault in found[:-1]} == {"yaml-alias"}
    assert found[-1].code == "yaml-too-many-faults"


def test_a_file_one_byte_too_large_is_refused() -> None:
    (fault,) = faults("a: 1 #" + "x" * 127_995)
    assert (fault.code, fault.line, fault.column) == ("yaml-too-large", 1, 1)


def test_every_code_has_one_english_line() -> None:
    for code, meaning in CODES.items():
        assert code == code.lower()
        assert meaning
        assert "\n" not in meaning
        assert not meaning.endswith(".")
