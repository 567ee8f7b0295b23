"""Days, and ids that begin with the word of a kind: `plads-2` is plads 2, `moede-2025-09` a meeting."""

from __future__ import annotations

import re
from datetime import date

from governance.model import Text
from governance.prose.nouns import KINDS, SCOPES

MONTHS_DA = tuple(
    "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905 - reads as a list
)
MONTHS_EN = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - as above
)

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_NAMED = {
    spelling: kind
    for kind in ("seat", "meeting", "round")
    for spelling in (KINDS[kind].da, KINDS[kind].da.translate(_PLAIN), KINDS[kind].en)
}
"""The kinds that people give such ids, by the words they begin with."""
_ALONE = re.compile(rf"({'|'.join(_NAMED)})-(?:(\d{{1,3}})|(\d{{4}})-(\d\d)(?:-(\d\d))?)", re.ASCII)
_BESIDE = re.compile(r"([^/()]+)/([^/()]+)|([^/()]+) \(([^/()]+)\)")
"""Who holds a seat or comes to a meeting: `plads-2/Middelfart`, `Middelfart (plads-2)`."""
_POINT = re.compile(r"\d+(?:\.\d+)*", re.ASCII)


def say_day(day: date) -> Text:
    """9. september 2025."""
    return Text(
        f"{day.day}. {MONTHS_DA[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}",
    )


def spoken(name: str) -> Text:
    """An id in the words and the day it is made of; any other is itself."""
    alone = _alone(name)
    if alone is not None:
        return alone
    found = _BESIDE.fullmatch(name)
    if found is None:
        return Text(name, name)
    of, who = (found[1], found[2]) if found[1] else (found[4], found[3])
    said = _alone(of)
    if said is None:
        return Text(name, name)
    if who == "?":
        return Text(f"{said.da} (ukendt indehaver)", f"{said.en} (holder not known)")
    if _POINT.fullmatch(who):
        return Text(f"punkt {who} ({said.da})", f"point {who} ({said.en})")
    return Text(f"{who} ({said.da})", f"{who} ({said.en})")


def _alone(name: str) -> Text | None:
    found = _ALONE.fullmatch(name)
    if found is None:
        return None
    kind = _NAMED[found[1]]
    if found[2]:
        return Text(f"{KINDS[kind].da} {found[2]}", f"{KINDS[kind].en} {found[2]}")
    try:
        day = say_day(date(int(found[3]), int(found[4]), int(found[5] or 1)))
    except ValueError:
        return None
    the = SCOPES[kind]
    if found[5]:
        return Text(f"{the.da} den {day.da}", f"{the.en} on {day.en}")
    return Text(f"{the.da} i {day.da.split(' ', 1)[1]}", f"{the.en} in {day.en.split(' ', 1)[1]}")
