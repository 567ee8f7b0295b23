"""Seats and terms over time as a picture: where each bar and mark stands. The template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from governance.service import MeetingLine, TimelineView
from governance.service.rotationviews import SeatStretchView
from web.language import month, say

LEFT, WIDE, TOP, LANE, GAP = 84, 1000, 62, 22, 7
"""Pixels: the seats' names, the days, the axis with its marks, a bar, and the space between two seats."""
LETTER = 7.2
"""Pixels a letter of a bar's words takes at most."""
THINNEST = 4
SEVERAL = 2
"""So many terms ending on one day are marked."""
MONTHS_APART, MONTH = 3, 60
"""How many months stand between two that are named, and the pixels a name takes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Days in a row on which a seat stands alike; ``words`` are left out where they do not fit."""

    x: float
    y: float
    width: float
    held: str
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A seat with its bars, one below the other where several hold it at once."""

    seat: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a day, or on the days up to ``x + width``."""

    x: float
    words: str
    width: float = 0
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, in pixels from the upper left."""

    width: float
    height: float
    bottom: float
    rows: tuple[Row, ...]
    months: tuple[Mark, ...]
    meetings: tuple[Mark, ...]
    endings: tuple[Mark, ...]
    days: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins."""
        total = (self.last - self.first).days + 1
        return round(LEFT + WIDE * (day - self.first).days / total, 1)

    def covers(self, day: date) -> bool:
        """Whether the day is on the picture."""
        return self.first <= day <= self.last


def picture(view: TimelineView, shown: date, today: date, meetings: Iterable[MeetingLine]) -> Picture:
    """The time line with its meetings, the days on which several terms end, today and the day shown."""
    scale = _Scale(date.fromisoformat(view.from_), date.fromisoformat(view.to))
    rows, y = [], float(TOP)
    for line in view.seats:
        bars, lanes = _bars(line.stretches, scale, y)
        rows.append(Row(line.seat, y, bars))
        y += lanes * LANE + GAP
    days = {today: _("today"), shown: _("the day shown")} if today != shown else {today: _("today")}
    return Picture(
        width=LEFT + WIDE + 6,
        height=y + 30,
        bottom=y,
        rows=tuple(rows),
        months=tuple(_months(scale)),
        meetings=tuple(_meetings(meetings, scale)),
        endings=tuple(_endings(view, scale)),
        days=tuple(Mark(scale.at(day), words) for day, words in sorted(days.items()) if scale.covers(day)),
    )


def _bars(stretches: Sequence[SeatStretchView], scale: _Scale, y: float) -> tuple[tuple[Bar, ...], int]:
    """The bars of a seat, each in the first lane that is free by then; and how many lanes that took."""
    bars, free = [], [scale.first]
    for each in stretches:
        begins, ends = date.fromisoformat(each.from_), date.fromisoformat(each.to)
        lane = next((number for number, day in enumerate(free) if day <= begins), len(free))
        after = ends + timedelta(days=1) if ends < date.max else ends
        free[lane : lane + 1] = [after]
        x = scale.at(begins)
        width = max(
            round(WIDE * ((ends - begins).days + 1) / ((scale.last - scale.first).days + 1), 1), THINNEST
        )
        words = {
            "perhaps": _("perhaps %(who)s", who=each.organisation),
            "vacant": _("vacant"),
            "unknown": _("not known"),
        }.get(each.held, each.organisation)
        fits = len(words) * LETTER < width - 6
        bars.append(Bar(x, y + lane * LANE, width, each.held, words if fits else "", say(each.said)))
    return tuple(bars), len(free)


def _months(scale: _Scale) -> Iterable[Mark]:
    """The first day of every third month, where there is room to name it."""
    for year in range(scale.first.year, scale.last.year + 1):
        for number in range(1, 13, MONTHS_APART):
            day = date(year, number, 1)
            if scale.covers(day) and scale.at(day) < LEFT + WIDE - MONTH:
                yield Mark(scale.at(day), month(day))


def _meetings(lines: Iterable[MeetingLine], scale: _Scale) -> Iterable[Mark]:
    for line in lines:
        days = _days_of(line.date)
        if days is not None and scale.covers(days[0]) and scale.covers(days[1]):
            x = scale.at(days[0])
            words = f"{line.title or line.id} ({say(line.said_date)})"
            yield Mark(x, words, round(scale.at(days[1]) - x, 1))


def _days_of(written: str) -> tuple[date, date] | None:
    """The first and the last day a date can be, when it is one day or one month."""
    try:
        day = date.fromisoformat(written if written.count("-") > 1 else f"{written}-01")
    except ValueError:
        return None
    if written.count("-") > 1:
        return day, day
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day, following - timedelta(days=1)


def _endings(view: TimelineView, scale: _Scale) -> Iterable[Mark]:
    """The days on which several seats lose who held them."""
    ends: dict[date, int] = {}
    for line in view.seats:
        begins = {(each.organisation, each.from_) for each in line.stretches}
        for each in line.stretches:
            last = date.fromisoformat(each.to)
            if not each.organisation or last >= scale.last:
                continue
            after = last + timedelta(days=1)
            if (each.organisation, after.isoformat()) not in begins:
                ends[last] = ends.get(last, 0) + 1
    for day, count in sorted(ends.items()):
        if count >= SEVERAL:
            words = ngettext("%(num)s term ends", "%(num)s terms end", count)
            yield Mark(scale.at(day), str(words))
