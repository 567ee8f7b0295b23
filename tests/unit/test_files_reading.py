"""A good rule file becomes plain data, with the place of every key and value, and the digest of its bytes."""

import hashlib

import pytest

from governance.faults import RuleError
from governance.files import Document, parse_document
from governance.files.scalars import MOST_TEXT
from governance.files.scanner import MOST_DEPTH

RULES = """# a comment
--- # one document
step: beslut
label: {da: Beslut, "en": 'Decide'}
from:
- indstillet
-   udskudt # a comment
rules:
  - id: større
    otherwise: >-
      Større opgaver
      godkendes
  -
"""


def read(text: str) -> Document:
    return parse_document("regler.yaml", text.encode())


def value(text: str) -> object:
    return read(f"k: {text}").data["k"]


def test_a_rule_file_is_dictionaries_lists_and_text() -> None:
    assert read(RULES).data == {
        "step": "beslut",
        "label": {"da": "Beslut", "en": "Decide"},
        "from": ["indstillet", "udskudt"],
        "rules": [{"id": "større", "otherwise": "Større opgaver godkendes"}, None],
    }


def test_every_value_has_its_place() -> None:
    values = read(RULES).values
    assert values[()] == (3, 1)
    assert values["label",] == (4, 8)
    assert values["label", "en"] == (4, 27)
    assert values["from", 1] == (7, 5)
    assert values["rules", 0] == (9, 5)
    assert values["rules", 0, "otherwise"] == (10, 16)


def test_every_key_has_its_place_and_nothing_else_has() -> None:
    assert read(RULES).keys == {
        ("step",): (3, 1),
        ("label",): (4, 1),
        ("label", "da"): (4, 9),
        ("label", "en"): (4, 21),
        ("from",): (5, 1),
        ("rules",): (8, 1),
        ("rules", 0, "id"): (9, 5),
        ("rules", 0, "otherwise"): (10, 5),
    }


def test_a_column_is_a_character_and_not_a_byte() -> None:
    assert read("{æøå: å, k: x}").values["k",] == (1, 13)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("999999999999", 999_999_999_999),
    ],
)
def test_a_few_plain_words_and_whole_numbers_are_not_text(text: str, meaning: object) -> None:
    found = value(text)
    assert found == meaning
    assert type(found) is type(meaning)


@pytest.mark.parametrize(
    "text",
    [
        *("no", "yes", "on", "off", "True", "NULL", "y"),
        *("1.5", "1e3", ".inf", ".nan", "1_000", "+1", "007", "0x10", "0o17", "0b1"),
        *(
            "12:30",
            "1/4",
            "½-1",
            "2025-09-09",
            "2025-09-09T12:00:00Z",
            "marts 2025",
            "=",
            "ca-dage",
            "a:b",
            "a#b",
        ),
    ],
)
def test_everything_else_that_is_plain_is_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize("text", ["true", "null", "~", "", "12", "-0"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_quoted_is_text(text: str, quote: str) -> None:
    assert value(f"{quote}{text}{quote}") == text


@pytest.mark.parametrize("text", ["|\n  true", ">-\n  true"])
def test_a_block_of_text_is_text(text: str) -> None:
    assert str(value(text)).strip() == "true"


def test_quotes_backslashes_and_line_breaks_may_be_escaped() -> None:
    assert value(r'"a \"b\" c\\d\ne"') == 'a "b" c\\d\ne'


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tre ord \u0416", "tre ord \u0416"),
        ('"\u0416\u0443\u043a"', "\u0416\u0443\u043a"),
        ("|\n  \u0416\u0443\u043a", "\u0416\u0443\u043a"),
        ("§½ – “citat” €5 → 🙂", "§½ – “citat” €5 → 🙂"),
    ],
)
def test_free_text_may_hold_any_letter_that_can_be_seen(text: str, meaning: str) -> None:
    assert value(text) == meaning


def test_a_key_may_be_any_latin_text() -> None:
    keys = ["større", "K04b", "ÆØ-1434", "5.1", "2025-09-09", "half ½", "ß"]
    assert list(read("".join(f"{key}: 1\n" for key in keys)).data) == keys


def test_lines_may_end_in_crlf_without_moving_anything() -> None:
    crlf, lf = parse_document("a.yaml", RULES.replace("\n", "\r\n").encode()), read(RULES)
    assert (crlf.data, crlf.values, crlf.keys) == (lf.data, lf.values, lf.keys)


def test_the_digest_is_that_of_the_bytes_read() -> None:
    content = RULES.replace("\n", "\r\n").encode()
    assert parse_document("a.yaml", content).digest == hashlib.sha256(content).hexdigest()


def test_a_text_as_long_as_may_be_is_read_and_one_letter_more_is_not() -> None:
    assert value("x" * MOST_TEXT) == "x" * MOST_TEXT
    with pytest.raises(RuleError, match="yaml-too-long-scalar"):
        value("x" * (MOST_TEXT + 1))


def test_a_long_text_may_stand_deep_and_on_many_lines() -> None:
    lines = "".join(" " * 40 + "x" * 75 + "\n" for _ in range(50))
    assert len(str(value(f">\n{lines}"))) == 76 * 50


def test_values_may_stand_as_deep_as_is_allowed_and_no_deeper() -> None:
    assert value("[" * (MOST_DEPTH - 1) + "]" * (MOST_DEPTH - 1))
    with pytest.raises(RuleError, match="yaml-too-deep"):
        value("[" * MOST_DEPTH + "]" * MOST_DEPTH)


def test_a_long_comment_after_a_text_is_no_part_of_it() -> None:
    assert read("a: |\n  x\n\n" + "# comment\n" * 9000 + "b: 1").data == {"a": "x\n", "b": 1}


def test_an_empty_mapping_is_a_document() -> None:
    assert read("{}").data == {}
