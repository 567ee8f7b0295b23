"""Days, and ids that say what they stand for: `plads-2` is plads 2, `moede-2025-09-09` that day's meeting."""

from __future__ import annotations

import re
from datetime import date

from governance.model import Text

MONTHS_DA = tuple(
    "januar februar marts april maj juni juli august september oktober november december".split()  # noqa: SIM905 - reads as a list
)
MONTHS_EN = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - as above
)

_SEAT = re.compile(r"plads-(\d+)", re.ASCII)
_MEETING = re.compile(r"moede-(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_ROUND = re.compile(r"runde-(\d+)", re.ASCII)
_BESIDE = re.compile(r"([^/()]+)/([^/()]+)|([^/()]+) \(([^/()]+)\)")
"""Who holds a seat or comes to a meeting: `plads-2/Middelfart`, `Middelfart (plads-2)`."""


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
    if who[0].isdecimal():
        return Text(f"punkt {who} ({said.da})", f"point {who} ({said.en})")
    return Text(f"{who} ({said.da})", f"{who} ({said.en})")


def _alone(name: str) -> Text | None:
    if found := _SEAT.fullmatch(name):
        return Text(f"plads {found[1]}", f"seat {found[1]}")
    if found := _ROUND.fullmatch(name):
        return Text(f"runde {found[1]}", f"round {found[1]}")
    found = _MEETING.fullmatch(name)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        said = say_day(date(year, month, day))
    except ValueError:
        return None
    if found[3]:
        return Text(f"mødet den {said.da}", f"the meeting on {said.en}")
    return Text(f"mødet i {said.da.split(' ', 1)[1]}", f"the meeting in {said.en.split(' ', 1)[1]}")
