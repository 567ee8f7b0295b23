"""What a cell of a sheet says, as text; or why it cannot be taken."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.model import Text
from governance.tables.workbook.xml import Event

MOST_EXACT = 10**15
"""Excel keeps fifteen digits; a longer number has lost some."""

_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES = {14: "dmy", 15: "dmy", 16: "dm", 17: "my", 18: "h", 19: "h", 20: "h", 21: "h", 22: "dmyh"}
_BUILT_IN = {
    **_DATES,
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dmy"),
    **dict.fromkeys((45, 46, 47), "h"),
}

FORMULA = Text(
    "cellen er en formel; indsæt dens værdi i stedet (Indsæt speciel, Værdier)",
    "the cell is a formula; put its value there instead (Paste Special, Values)",
)
LONG = Text(
    "tallet er for langt til, at Excel har gemt alle cifre; skriv det som tekst",
    "the number is too long for Excel to have kept every digit; write it as text",
)
YEARLESS = Text(
    "datoen vises uden år, og året kan være Excels eget; skriv den fuldt ud",
    "the date is shown without a year, and the year may be Excel's own; write it in full",
)
UNREADABLE = Text("cellens værdi kan ikke læses", "the value of the cell cannot be read")


@dataclass(frozen=True, slots=True)
class Styles:
    """Which parts of a date the style of a cell shows, by number of style; "" for a plain number."""

    shown: Sequence[str]
    from_1904: bool

    def of(self, style: str) -> str:
        """The letters d, m, y and h a style shows."""
        return self.shown[int(style)] if style.isdigit() and int(style) < len(self.shown) else ""


def read_styles(events: Iterator[Event], *, from_1904: bool) -> Styles:
    """The styles of a workbook."""
    formats: dict[str, str] = {}
    shown: list[str] = []
    inside = False
    for event in events:
        if event.name == "cellXfs":
            inside = event.kind == "start"
        elif event.kind == "start" and event.name == "numFmt":
            formats[event.attributes.get("numFmtId", "")] = event.attributes.get("formatCode", "")
        elif event.kind == "start" and event.name == "xf" and inside:
            number = event.attributes.get("numFmtId", "0")
            built_in = _BUILT_IN.get(int(number), "") if number.isdigit() else ""
            shown.append(_letters(formats[number]) if number in formats else built_in)
    return Styles(tuple(shown), from_1904)


def _letters(code: str) -> str:
    bare = _ASIDE.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "general" in bare:
        return ""
    letters = {"h" if letter in "hs" else letter for letter in bare if letter in "dmyhs"}
    return "".join(letter for letter in "dmyh" if letter in letters)


def cell_text(kind: str, style: str, said: str, strings: Sequence[str], styles: Styles) -> str | Text:
    """The text of a cell by its kind (the letters of the format), or what is wrong with it."""
    try:
        match kind:
            case "e":
                return Text(
                    f"cellen viser fejlen {said[:20]}; ret den", f"the cell shows the error {said[:20]}"
                )
            case "s":
                return unescaped(strings[int(said)]) if said else ""
            case "inlineStr" | "str":
                return unescaped(said)
            case "b":
                return "ja" if said == "1" else "nej"
            case "d":
                return said.removesuffix("Z").removesuffix("T00:00:00")
        return _number(said, styles.of(style), from_1904=styles.from_1904) if said else ""
    except (ValueError, OverflowError, IndexError):
        return UNREADABLE


def unescaped(text: str) -> str:
    """Characters that XML cannot hold, written ``_x000D_`` in a sheet."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(said: str, shown: str, *, from_1904: bool) -> str | Text:
    value = float(said)
    if not math.isfinite(value):
        return UNREADABLE
    if shown:
        return _date(value, shown, from_1904=from_1904)
    if abs(value) >= MOST_EXACT:
        return LONG
    return str(int(value)) if value.is_integer() else f"{value:.15g}"


def _date(value: float, shown: str, *, from_1904: bool) -> str | Text:
    """A date as far as the cell shows it: a month or year alone has no day."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no zone
    when = start + timedelta(seconds=round(value * 86_400))
    if "h" in shown and not set(shown) & {"d", "y"}:
        return f"{when:%H:%M}"
    if "y" not in shown:
        return YEARLESS
    day = f"{when.year:04}" + (f"-{when.month:02}" if set(shown) & {"m", "d"} else "")
    day += f"-{when.day:02}" if "d" in shown else ""
    return f"{day}T{when:%H:%M}" if "h" in shown and (when.hour or when.minute) else day
