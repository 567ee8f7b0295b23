"""Whatever the bytes, a rule file is read or refused, never crashed on; what is read is what ruamel reads."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML, YAMLError

from governance.faults import RuleError
from governance.files import CODES, Document, parse_document
from governance.files.collector import MOST_FAULTS, Collector
from governance.files.events import events_of

RULES = """steps:
- step: beslut
  label: {da: Beslut, en: "De\\"cide"}
  from: {states: [indstillet, 'udskudt'], clause: K21}
  text: |
    én linje

    en til
  # a comment
  rules:
    - id: større
      otherwise: >-
        Større opgaver
        godkendes
"""
SIMPLE = [
    *(
        "a",
        "b: ",
        "k: v\n",
        '"a": 1\n',
        "- x\n",
        "x: [1, 2]\n",
        "y: {a: 1}\n",
        "k:\n",
        "x y",
        "é",
        "1",
        "~",
        "12:30",
    ),
    *("\n", "\n ", "\n  ", "\n    ", " ", "- ", "? ", ": ", ":", "::", "a:b", "-", "--", "#c", " # c\n"),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "|",
        ">",
        "|-\n  ",
        ">+\n ",
        "|2\n",
        "---",
        "...",
        "\n---\n",
        "@",
        "`",
        "?",
    ),
]
SPECIAL = [
    *("!", "!t ", "!!str ", "!<x", "&", "&a ", "*", "*a", "<<", "<<: *a", "%", "%YAML 1.2\n", "%TAG ! !\n"),
    *("\\", "\\n", "\\x41", "\\ud800", "\\UFFFFFFFF", "\\0", "\t", "\r", "\r\n", "\0", "\x85", "\u2028"),
    *("\u0430", "\u200b", "\ufeff", "\u202e", "a\u030a", "\u0301", "\ue000", "\U0001f642"),
]
yaml_like = st.lists(st.sampled_from(SIMPLE), max_size=25).map("".join)
hostile_like = st.lists(st.sampled_from(SIMPLE + SPECIAL), max_size=25).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    content = bytearray(RULES.encode())
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 8)))
        content[start:end] = draw(st.sampled_from(SIMPLE + SPECIAL)).encode() * draw(
            st.sampled_from([1, 1, 2, 40])
        )
    return bytes(content)


def judge(content: bytes) -> Document | None:
    """The document, or None after looking at the faults; any error but `RuleError` fails the test."""
    try:
        return parse_document("regler.yaml", content)
    except RuleError as error:
        faults = error.faults
    lines = content.decode(errors="replace").replace("\r\n", "\n").split("\n")
    assert 1 <= len(faults) <= MOST_FAULTS + 1
    assert [(f.line, f.column) for f in faults] == sorted({(f.line, f.column) for f in faults})
    for fault in faults:
        assert fault.code in CODES
        assert fault.help
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        assert str(fault).isprintable()
    return None


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\x00")
@example(b"\x00\x00")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    judge(content)


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    judge(text.encode(errors="surrogatepass"))


@given(hostile_like)
@example("a: !<")
@example("a: '\n---\n'")
@example('a: "\\')
@example("%")
def test_anything_like_yaml_is_read_or_refused(text: str) -> None:
    judge(text.encode())


@given(mutated())
def test_a_damaged_rule_file_is_read_or_refused(content: bytes) -> None:
    judge(content)


def walk(value: object, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], object]:
    found = {path: value}
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        found |= walk(child, (*path, key))
    return found


@given(yaml_like.map(lambda text: "k: " + text))
def test_every_value_and_key_that_is_read_has_a_place_and_nothing_else_has(text: str) -> None:
    document = judge(text.encode())
    assume(document is not None and "?" not in text)  # a key after `?` may begin with a sign of its own
    paths = walk(document.data)
    assert document.values.keys() == paths.keys()
    assert document.keys.keys() == {path for path in paths if path and isinstance(path[-1], str)}
    for (line, column), path in ((place, path) for path, place in document.keys.items()):
        assert text.split("\n")[line - 1][column - 1 :].lstrip("'\"").startswith(str(path[-1])[:1])


def events(found) -> list[tuple[object, ...]]:
    return [
        (type(e), getattr(e, "value", ""), getattr(e, "style", ""), e.start_mark.line, e.start_mark.column)
        for e in found
    ]


@given(yaml_like)
@example("a: x\n y\nb: [x\n  y, z]")
@example("a #b")
@example("a: b\n   # c\n  d")
@example("[a:b, c: d, e:]")
def test_the_strict_scanner_finds_what_ruamels_own_finds(text: str) -> None:
    faults = Collector("regler.yaml")
    try:
        expected = events(YAML(typ="safe", pure=True).parse(text))
    except YAMLError:
        with pytest.raises(RuleError):
            list(events_of(text, faults))
    else:
        assert events(events_of(text, faults)) == expected


@given(hostile_like)
def test_reading_the_same_bytes_again_gives_the_same(text: str) -> None:
    first, second = judge(text.encode()), judge(text.encode())
    assert first == second
