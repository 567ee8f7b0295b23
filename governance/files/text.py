"""From the bytes of a rule file to text of which every character can be seen and means one thing."""

import re
import unicodedata
from itertools import islice

from governance.files.collector import MOST_FAULTS, Collector, Position

MOST_BYTES = 128_000
MOST_MARKS = 30
"""Combining marks in a row: Unicode's stream-safe text format (UAX #15, section 13)."""

_SAVE_AS_UTF_8 = "gem filen som UTF-8 uden BOM"
_OTHER_ENCODINGS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (re.compile(rb"\xff\xfe\x00\x00|\x00\x00\xfe\xff|\x00\x00\x00[^\x00]|[^\x00]\x00\x00\x00"), "UTF-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff|(?:\x00[^\x00]){2}|(?:[^\x00]\x00){2}"), "UTF-16"),
    (re.compile(rb"\+/v[89+/]"), "UTF-7"),
)
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\r\x85\u2028\u2029")
_BLANK_LETTERS = frozenset(  # shown as nothing, though Unicode counts them as letters, marks or symbols
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_BREAKS_SYNTAX = frozenset({"yaml-tab", "yaml-line-end", "yaml-control-character"})
_FORBIDDEN = {
    "yaml-tab": ("tabulatortegn", "brug mellemrum"),
    "yaml-line-end": ("linjeskift, der hverken er LF eller CRLF:", "gem filen med almindelige linjeskift"),
    "yaml-control-character": ("styretegn", "fjern det"),
    "yaml-direction-character": ("tegn, der vender skriveretningen:", "fjern det"),
    "yaml-invisible-character": ("usynligt tegn", "fjern det, eller skriv et almindeligt mellemrum"),
    "yaml-unassigned-character": ("tegn uden fælles betydning i Unicode:", "fjern det"),
}


def text_of(content: bytes, faults: Collector) -> str:
    """The text of a rule file, its lines ended by LF; raises `RuleError` if it cannot be YAML at all."""
    if len(content) > MOST_BYTES:
        message = f"filen fylder over {MOST_BYTES} byte, mere end en regelfil må"
        faults.stop("yaml-too-large", (1, 1), message, "del den i flere filer")
    text = _decoded(content, faults).replace("\r\n", "\n")
    _refuse_characters(text, faults)
    _refuse_stacked_marks(text, faults)
    _refuse_other_forms(text, faults)
    return text


def place(text: str, index: int) -> Position:
    """Line and column of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def named(char: str) -> str:
    """A character as a message names it, for one that may look like another or like nothing."""
    return f"`U+{ord(char):04X}` {unicodedata.name(char, '')}".rstrip()


def _decoded(content: bytes, faults: Collector) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        faults.stop("yaml-byte-order-mark", (1, 1), "filen begynder med `U+FEFF` (BOM)", _SAVE_AS_UTF_8)
    for beginning, encoding in _OTHER_ENCODINGS:
        if beginning.match(content):
            faults.stop(f"yaml-{encoding.lower()}", (1, 1), f"filen er gemt som `{encoding}`", _SAVE_AS_UTF_8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        message = f"byten `0x{content[error.start]:02X}` er ikke gyldig UTF-8"
        faults.stop("yaml-not-utf-8", place(before, len(before)), message, _SAVE_AS_UTF_8)


def _refuse_characters(text: str, faults: Collector) -> None:
    used = set(text)
    found = {char: code for char in used if (code := _code_of(char))}
    if not found:
        return
    anywhere = re.compile(f"[{re.escape(''.join(found))}]")
    for match in islice(anywhere.finditer(text), MOST_FAULTS + 1):
        code = found[match[0]]
        what, mend = _FORBIDDEN[code]
        faults.add(code, place(text, match.start()), f"{what} {named(match[0])}", mend)
        if code == "yaml-line-end":  # what follows has no sure line number
            break
    if not _BREAKS_SYNTAX.isdisjoint(found.values()):
        raise faults.error()


def _code_of(char: str) -> str:
    if char == "\n" or (char.isprintable() and char not in _BLANK_LETTERS):
        return ""
    if char == "\t":
        return "yaml-tab"
    if char in _LINE_ENDS:
        return "yaml-line-end"
    if char in _DIRECTION:
        return "yaml-direction-character"
    kinds = {
        "Cc": "yaml-control-character",
        "Cn": "yaml-unassigned-character",
        "Co": "yaml-unassigned-character",
    }
    return kinds.get(unicodedata.category(char), "yaml-invisible-character")


def _refuse_stacked_marks(text: str, faults: Collector) -> None:
    """Stops, since bringing a long row of marks in order takes time that grows with its square."""
    marks = "".join(filter(unicodedata.combining, set(text)))
    if marks and (row := re.search(f"[{re.escape(marks)}]{{{MOST_MARKS + 1}}}", text)):
        message = f"flere end {MOST_MARKS} løse accenter efter hinanden: {named(row[0][0])}"
        faults.stop("yaml-stacked-marks", place(text, row.start()), message, "fjern dem")


def _refuse_other_forms(text: str, faults: Collector) -> None:
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        composed = unicodedata.normalize("NFC", line)
        if composed == line:
            continue
        differs = next(
            (i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed)
        )
        message = f"{named(line[differs])} står ikke i normalform C"
        mend = f"skriv `{composed[differs : differs + 1]}` som ét tegn ({named(composed[differs])})"
        faults.add("yaml-not-nfc", (number, differs + 1), message, mend)
