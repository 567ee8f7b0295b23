"""A paper as PDF/UA-1, the standard for PDFs that can be read aloud."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from governance.documents.blocks import Block, Fields, Heading, Paper, Prose, Table
from governance.documents.missing import needed
from governance.documents.wording import OF, PAGE, say

MOMENT = ("year", "month", "day", "hour", "minute", "second")
REGIONS = {"da": "DK", "en": "GB"}
LATIN = 0x180
"""Up to here are the letters of European languages, which the fonts inside typst all have."""
NO_PICTURES = (range(0x2E80, 0xFB00), range(0x1F000, 0x110000))
"""Chinese, Korean, private and emoji: none is in those fonts, so typst need not be asked."""
LONGEST_WORD, LABEL, LINE, PIECE = 30, 18, 76, 4
"""Letters in the longest word left whole, in a label, in a line of a table, in a piece of a broken word."""
PROBE = b'#set document(title: "-")\n#sys.inputs.letter *#sys.inputs.letter*'

Shown = Callable[[str], bool]


def as_pdf(paper: Paper) -> bytes:
    """The bytes of the PDF, the same for the same paper: only the fonts inside typst are used.

    Letters no such font has (most emoji, Chinese) stand as their Unicode names in brackets, since PDF/UA
    refuses a letter without a picture. DocumentsMissing without the extra.
    """
    with needed():
        from typst import TypstError  # noqa: PLC0415 - an extra, needed only for this
    for shown in (_always, _has_picture):
        try:
            return _compiled(_data(paper, shown))
        except TypstError as error:
            if "could not be displayed" not in error.message:
                raise
    return _compiled(_data(paper, _is_latin))


def _compiled(data: Mapping[str, Any]) -> bytes:
    import typst  # noqa: PLC0415 - as above

    return typst.compile(
        files("governance.documents").joinpath("meeting.typ").read_bytes(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(data)},
        pdf_standards=["ua-1"],
    )


def _data(paper: Paper, shown: Shown) -> dict[str, Any]:
    """What the template reads."""

    def fit(text: str, longest: int = LONGEST_WORD) -> str:
        seen = "".join(each if shown(each) else _named(each) for each in filter(_seen, text))
        return re.sub(rf"[^ \n]{{{longest + 1},}}", lambda found: _broken(found[0]), seen)

    return {
        "name": paper.footer,
        "author": paper.author,
        "title": fit(paper.title),
        "kind": fit(paper.kind),
        "footer": fit(paper.footer),
        "blocks": [{"block": type(block).__name__, **_told(block, fit)} for block in paper.blocks],
        "lang": paper.language,
        "region": REGIONS[paper.language],
        "date": {part: getattr(paper.written, part) for part in MOMENT},
        "page": say(PAGE, paper.language),
        "of": say(OF, paper.language),
    }


def _told(block: Block, fit: Callable[..., str]) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"level": level, "text": fit(text)}
        case Prose(text, quiet):
            return {"text": fit(text), "quiet": quiet}
        case Fields(rows, marked, joined):
            fields = [
                {"label": fit(row.label, LABEL), "value": fit(row.value), "note": fit(row.note)}
                for row in rows
            ]
            return {"rows": fields, "marked": marked, "joined": joined}
        case Table(headings, rows, widths, caption, bars):
            longest = [min(LINE * width // sum(widths), LONGEST_WORD) for width in widths]
            return {
                "headings": [fit(cell, most) for cell, most in zip(headings, longest, strict=True)],
                "rows": [[fit(cell, most) for cell, most in zip(row, longest, strict=False)] for row in rows],
                "widths": widths,
                "caption": fit(caption),
                "bars": [round(bar * 100) for bar in bars],
            }


def _broken(word: str) -> str:
    """A word that may be broken, so that it stays on the page."""
    return "\u200b".join(word[start : start + PIECE] for start in range(0, len(word), PIECE))


def _named(letter: str) -> str:
    """[grinning face]."""
    return f"[{unicodedata.name(letter, '').lower() or f'U+{ord(letter):04X}'}]"


def _seen(letter: str) -> bool:
    """Whether a letter is more than a mark of direction, a joiner, a soft hyphen or a variant of a picture.

    A PDF takes those for a part of the letter before them, wherever that letter stands in the document.
    """
    if unicodedata.category(letter) == "Cf":
        return unicodedata.bidirectional(letter) == "AN"
    return not "\ufe00" <= letter <= "\ufe0f"


def _always(_letter: str) -> bool:
    return True


def _is_latin(letter: str) -> bool:
    return ord(letter) < LATIN


@lru_cache(maxsize=20_000)
def _has_picture(letter: str) -> bool:
    """Whether some font inside typst has the letter, upright and bold; asked of typst once a letter."""
    if _is_latin(letter) or any(ord(letter) in each for each in NO_PICTURES):
        return _is_latin(letter)
    import typst  # noqa: PLC0415 - as above

    try:
        typst.compile(
            PROBE,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"letter": letter},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True
