"""Files made to hang, crash or mislead a reader of rules: name, bytes, and the fault that must come first."""

from typing import NamedTuple

from governance.files.text import MOST_BYTES

LARGE = 100_000


class Hostile(NamedTuple):
    """One such file; the fault's code, line and column, and what its message must name."""

    name: str
    content: bytes
    code: str
    line: int
    column: int
    shown: str


def _file(name: str, content: str | bytes, code: str, line: int, column: int, shown: str) -> Hostile:
    raw = content.encode() if isinstance(content, str) else content
    return Hostile(name, raw[:MOST_BYTES], code, line, column, shown)


def _times(text: str) -> str:
    return text * (LARGE // len(text))


def _laughs(merge: str) -> str:
    lines = [f"k{i}: &k{i} {merge.format(', '.join([f'*k{i - 1}'] * 9))}" for i in range(1, 10)]
    return "\n".join(["k0: &k0 {a: ha}", *lines])


_STEP = "- {step: beslut, by: {body: projektgruppen, clause: K22}, to: besluttet}\n"
_PROSE = "- da: Større opgaver skal godkendes i kommunestyregruppen, før de bestilles hos leverandøren\n"

HOSTILE = (
    # bombs of meaning
    _file("alias bomb", _laughs("[{0}]"), "yaml-anchor", 1, 5, "`&k0`"),
    _file("merge key bomb", _laughs("{{<<: [{0}]}}"), "yaml-anchor", 1, 5, "`&k0`"),
    _file(
        "tag that runs code", "a: !!python/object/apply:os.system [x]", "yaml-tag", 1, 4, "!!python/object"
    ),
    _file("many tags", _times("- !!python/object x\n"), "yaml-not-a-mapping", 1, 1, "en liste"),
    _file("many tags in keys", _times("!!python/object k: x\n"), "yaml-tag", 1, 1, "!!python/object"),
    _file("many anchors", _times("a: &a 1\n"), "yaml-anchor", 1, 4, "`&a`"),
    _file("many directives", _times("%YAML 1.2\n"), "yaml-directive", 1, 1, "`%YAML 1.2`"),
    _file("many documents", "a: 1\n" + _times("---\n"), "yaml-several-documents", 2, 1, "`---`"),
    # depth
    _file("open brackets", _times("["), "yaml-too-deep", 1, 25, "`24`"),
    _file("open braces", _times("{"), "yaml-too-deep", 1, 25, "`24`"),
    _file("open brackets on lines", "a: " + _times("[\n"), "yaml-too-deep", 24, 1, "`24`"),
    _file("lists in lists", "a:\n " + _times("- "), "yaml-too-deep", 2, 48, "`24`"),
    _file("keys of keys", _times("? "), "yaml-key-not-text", 1, 3, "`{`"),
    _file("keys of keys in braces", _times("{a"), "yaml-too-deep", 1, 49, "`24`"),
    _file("steps inward", "".join(" " * i + "a:\n" for i in range(400)), "yaml-too-deep", 25, 25, "`24`"),
    # number
    _file("commas", "a: [" + _times(",") + "]", "yaml-syntax", 1, 5, "`a: [,,"),
    _file("numbers", "a: [" + _times("1,") + "]", "yaml-too-many-nodes", 1, 9_999, "`5000`"),
    _file("empty lists", "a: [" + _times("[],") + "]", "yaml-too-many-nodes", 1, 14_996, "`5000`"),
    _file("quotes", "a: [" + _times('"x",') + "]", "yaml-too-many-nodes", 1, 19_993, "`5000`"),
    _file("empty entries", "a:\n" + _times("-\n"), "yaml-too-many-nodes", 4_999, 2, "`5000`"),
    _file(
        "deep and wide",
        "a:\n" + _times("- " + "[" * 20 + "]" * 20 + "\n"),
        "yaml-too-many-nodes",
        251,
        20,
        "`5000`",
    ),
    _file("steps", "a:\n" + _times(_STEP), "yaml-too-many-nodes", 456, 18, "`5000`"),
    _file("one key again and again", _times("a: 1\n"), "yaml-duplicate-key", 2, 1, "`a`"),
    _file("a late fault", "a:\n" + _PROSE * 1300 + "b: 1\nb: 2\n", "yaml-duplicate-key", 1303, 1, "`b`"),
    # length
    _file("plain text", "a: " + _times("x"), "yaml-too-long-scalar", 1, 4, "`xxx"),
    _file("plain words", "a: " + _times("x "), "yaml-too-long-scalar", 1, 4, "`x x"),
    _file("plain lines", "a:\n" + _times(" x\n"), "yaml-too-long-scalar", 2, 2, "`x\\n"),
    _file("quoted text", 'a: "' + _times("x") + '"', "yaml-too-long-scalar", 1, 4, '`"xxx'),
    _file("quoted line breaks", 'a: "' + _times("\n") + '"', "yaml-too-long-scalar", 1, 4, '`"\\n'),
    _file("single quotes", "a: '" + _times("''") + "'", "yaml-too-long-scalar", 1, 4, "`'''"),
    _file("literal text", "a: |\n" + _times(" x\n"), "yaml-too-long-scalar", 1, 4, "`|\\n x"),
    _file("literal blank lines", "a: |\n" + _times("\n"), "yaml-too-long-scalar", 1, 4, "`|\\n"),
    _file("folded text", "a: >\n" + _times(" x\n"), "yaml-too-long-scalar", 1, 4, "`>\\n x"),
    _file("words after brackets", "a: " + "[" * 20 + _times("x "), "yaml-too-long-scalar", 1, 24, "`x x"),
    _file("long key", "x" * 1000 + ": 1", "yaml-too-long-key", 1, 1, "`xxx"),
    _file("very long key", "a: 1\n" + _times("x") + ": 1", "yaml-syntax", 2, 1, "`xxx"),
    _file("very long number", "a: " + "9" * 4000, "yaml-too-long-integer", 1, 4, "`999"),
    # nothing at all
    _file("comments", _times("#\n"), "yaml-empty", 1, 1, "tom"),
    _file("one comment", "#" + _times("x"), "yaml-empty", 1, 1, "tom"),
    _file("blank lines", _times("\n"), "yaml-empty", 1, 1, "tom"),
    _file("spaces", _times(" "), "yaml-empty", 1, 1, "tom"),
    # quotes and escapes
    _file("open quote", 'a: "' + _times('\\"'), "yaml-syntax", 1, 4, '`a: "'),
    _file("open quotes", "a: 1\n" + _times('b: "x\n'), "yaml-syntax", 3, 5, '`b: "x`'),
    _file("escapes", 'a: "' + _times("\\x41") + '"', "yaml-escape", 1, 5, "`\\x41`"),
    _file("escaped NUL", 'a: "x\\0"', "yaml-escape", 1, 6, "`\\0`"),
    _file("escaped surrogate", 'a:\n  b: "\\ud800"', "yaml-escape", 2, 7, "`\\ud800`"),
    _file("escape beyond Unicode", 'a: "\\UFFFFFFFF"', "yaml-escape", 1, 5, "`\\UFFFFFFFF`"),
    _file("escape beyond Unicode, not closed", 'a: "\\UFFFFFFFF', "yaml-syntax", 1, 4, "`a: "),
    _file("escaped zero width", '"a\\u200b": 1', "yaml-escape", 1, 3, "`\\u200b`"),
    # encodings and characters
    _file("UTF-16", "a: 1".encode("utf-16"), "yaml-utf-16", 1, 1, "`UTF-16`"),
    _file("UTF-16 without a mark", "a: 1".encode("utf-16-be"), "yaml-utf-16", 1, 1, "`UTF-16`"),
    _file("UTF-32", "a: 1".encode("utf-32"), "yaml-utf-32", 1, 1, "`UTF-32`"),
    _file("UTF-32 without a mark", "a: 1".encode("utf-32-le"), "yaml-utf-32", 1, 1, "`UTF-32`"),
    _file("UTF-7", "\ufeffå: 1".encode("utf-7"), "yaml-utf-7", 1, 1, "`UTF-7`"),
    _file("Latin-1", "a: 1\nb: blå".encode("latin-1"), "yaml-not-utf-8", 2, 6, "`0xE5`"),
    _file("overlong UTF-8", b"a: \xc0\xaf", "yaml-not-utf-8", 1, 4, "`0xC0`"),
    _file("surrogate in UTF-8", b"\xc3\xa5: \xed\xa0\x80", "yaml-not-utf-8", 1, 4, "`0xED`"),
    _file("lines ended by CR", _times("a: 1\r"), "yaml-line-end", 1, 5, "`U+000D`"),
    _file("NUL", "a: x\0y", "yaml-control-character", 1, 5, "`U+0000`"),
    _file("many zero widths", "\u200b" * 40_000, "yaml-invisible-character", 1, 1, "`U+200B`"),
    _file(
        "many different unseen letters",
        "a: " + "".join(map(chr, range(0xF0000, 0xF0000 + 31_000))),
        "yaml-unassigned-character",
        1,
        4,
        "`U+F0000`",
    ),
    _file("many stacked marks", "a: e" + "\u0316\u0301" * 20_000, "yaml-stacked-marks", 1, 5, "`U+0316`"),
    _file("many loose marks", "a:\n" + " - a\u030a\n" * 20_000, "yaml-not-nfc", 2, 4, "`U+0061`"),
    _file(
        "many different letters",
        "".join(f"{chr(i)}: 1\n" for i in range(0x4E00, 0x8E00)),
        "yaml-foreign-letter",
        1,
        1,
        "`U+4E00`",
    ),
    _file("Cyrillic key", "body: 1\nb\u043edy: 2", "yaml-foreign-letter", 2, 2, "`U+043E`"),
)
