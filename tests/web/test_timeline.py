"""Where the bars and marks of the time line stand."""

from datetime import date

import pytest

from governance.model import Text
from governance.service import MeetingLine, Said, TimelineView
from governance.service.rotationviews import SeatLineView, SeatStretchView
from web import timeline

YEAR = ("2025-01-01", "2025-12-31")
FULL = timeline.LEFT + timeline.WIDE


@pytest.fixture(autouse=True)
def danish(app):
    with app.test_request_context("/seats"):
        yield


def stretch(from_, to, held="certain", who="Køge"):
    said = Text(f"{who}, {from_} – {to}", f"{who}, {from_} – {to}")
    return SeatStretchView(from_, to, held, "" if held in ("vacant", "unknown") else who, said)


def drawn(*lines, meetings=(), today=date(2025, 7, 2), shown=date(2025, 7, 2)):
    seats = tuple(SeatLineView(f"s{number}", stretches) for number, stretches in enumerate(lines, start=1))
    view = TimelineView(Said("b", Text("b", "b")), *YEAR, seats)
    return timeline.picture(view, shown, today, meetings)


def meeting(when):
    nothing = Text("", "")
    return MeetingLine(when, "Et møde", Said("b", nothing), when, Text(when, when), Said("x", nothing), 0, ())


def test_bars_go_from_day_to_day_and_fill_the_span():
    (row,) = drawn((stretch("2025-01-01", "2025-07-01"), stretch("2025-07-02", "2025-12-31", "vacant"))).rows
    first, second = row.bars
    assert first.x == timeline.LEFT
    assert first.x + first.width == pytest.approx(second.x, abs=0.2)
    assert second.x + second.width == pytest.approx(FULL, abs=0.2)
    assert second.words == "ledig"
    assert first.y == second.y


def test_a_single_day_is_wide_enough_to_be_seen_and_says_its_words_elsewhere():
    (row,) = drawn((stretch("2025-03-01", "2025-03-01"),)).rows
    (bar,) = row.bars
    assert (bar.width, bar.words) == (timeline.THINNEST, "")
    assert "Køge" in bar.said


def test_two_who_hold_a_seat_at_once_lie_below_each_other():
    both = (stretch("2025-01-01", "2025-12-31"), stretch("2025-03-01", "2025-12-31", "perhaps", "Nyborg"))
    picture = drawn(both, (stretch("2025-01-01", "2025-12-31"),))
    upper, lower = picture.rows[0].bars
    assert lower.y == upper.y + timeline.LANE
    assert lower.words == "måske Nyborg"
    assert picture.rows[1].y > lower.y + timeline.LANE


def test_terms_that_end_on_one_day_are_marked_and_one_alone_is_not():
    ends = (stretch("2025-01-01", "2025-09-09"), stretch("2025-09-10", "2025-12-31", "vacant"))
    stays = (stretch("2025-01-01", "2025-09-09", "perhaps"), stretch("2025-09-10", "2025-12-31"))
    assert [mark.words for mark in drawn(ends, ends, stays).endings] == ["2 perioder slutter"]
    assert drawn(ends, stays).endings == ()


def test_a_meeting_on_a_day_is_a_mark_and_one_of_a_month_a_band():
    picture = drawn((stretch(*YEAR),), meetings=[meeting("2025-03"), meeting("2025-09-09"), meeting("2025")])
    assert [mark.width > 0 for mark in picture.meetings] == [True, False]
    assert drawn((stretch(*YEAR),), meetings=[meeting("2026-09-09"), meeting("")]).meetings == ()


def test_today_and_the_day_shown_have_a_line_each():
    assert [mark.words for mark in drawn((stretch(*YEAR),)).days] == ["i dag"]
    other = drawn((stretch(*YEAR),), shown=date(2025, 2, 1))
    assert [mark.words for mark in other.days] == ["den viste dag", "i dag"]
    assert drawn((stretch(*YEAR),), today=date(2027, 1, 1), shown=date(2027, 1, 1)).days == ()
