"""The words of a PDF as typst writes them: a reader that is enough for the tests."""

import re
import zlib

OBJECT = re.compile(rb"^(\d+) 0 obj\s*(.*?)\s*^endobj", re.DOTALL | re.MULTILINE)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
ASIDE = re.compile(rb"/Artifact\s*(?:<<.*?>>BDC|BMC).*?EMC", re.DOTALL)
HEXED = re.compile(rb"<([0-9A-Fa-f]+)>")
MARKED = re.compile(rb"<<.*?>>BDC", re.DOTALL)
CHOSEN = re.compile(rb"/(f\d+) [\d.]+ Tf")
ESCAPED = re.compile(rb"\\(\d{1,3}|.)", re.DOTALL)
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(content):
    """The text of all pages, lines and cells run together, without white space.

    What is not read aloud, such as the line at the foot of a page, is left out.
    """
    parts = {int(number): body for number, body in OBJECT.findall(content)}
    return squeezed("".join(_page(body, parts) for body in parts.values() if b"/Type/Page/" in body))


def squeezed(text):
    return re.sub(r"[\s\u00ad\u200b]", "", text)


def page_count(content):
    return int(re.search(rb"/Type/Pages/Count (\d+)", content)[1])


def _page(page, parts):
    found = re.search(rb"/Resources (\d+) 0 R", page)
    inside = re.search(rb"/Font<<(.*?)>>", parts[int(found[1])] if found else page)
    fonts = {
        name: _letters(int(number), parts) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", inside[1])
    }
    drawn = ASIDE.sub(b"", _inflated(parts[int(re.search(rb"/Contents (\d+) 0 R", page)[1])]))
    said, font, at = [], {}, 0
    while at < len(drawn):
        if drawn[at : at + 1] == b"(":
            codes, at = _string(drawn, at)
            said += _drawn(codes, font)
        elif hexed := HEXED.match(drawn, at):
            codes, at = bytes.fromhex(hexed[1].decode()), hexed.end()
            said += _drawn(codes, font)
        elif chosen := CHOSEN.match(drawn, at):
            font, at = fonts[chosen[1]], chosen.end()
        else:
            marked = MARKED.match(drawn, at)
            at = marked.end() if marked else at + 1
    return "".join(said)


def _drawn(codes, font):
    return [font[codes[place : place + 2]] for place in range(0, len(codes), 2)]


def _string(drawn, start):
    """A string in parentheses, which may hold others in pairs, and where it ends."""
    depth, at = 1, start + 1
    while depth:
        step = drawn[at : at + 1]
        depth += {b"(": 1, b")": -1}.get(step, 0)
        at += 2 if step == b"\\" else 1
    plain = ESCAPED.sub(_meant, drawn[start + 1 : at - 1])
    return plain, at


def _meant(found):
    said = found[1]
    return bytes([int(said, 8)]) if said.isdigit() else CONTROLS.get(said, said)


def _letters(number, parts):
    table = _inflated(parts[int(re.search(rb"/ToUnicode (\d+) 0 R", parts[number])[1])]).decode()
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}


def _inflated(body):
    return zlib.decompress(STREAM.search(body)[1])
