"""The group over time: what the rules say from day to day, and who held which seat."""

from dataclasses import replace
from datetime import date

import pytest

from governance.conditions.nodes import Fact, Literal, Reading, Shift
from governance.faults import RuleError
from governance.model import Verdict
from governance.roster import Held, judged_spans, seat_timeline
from governance.rulebook import Rulebooks
from governance.values import day, month_of, number
from tests.core.towns import BEGUN, FIRST, LAST, group, timely
from tests.example import BOOK, BOOKS, Pen, on


def spans(pen: Pen, rule: str, subject: str = "group", books: Rulebooks = BOOKS):
    """What one rule says of one thing over the year, as (from, to, verdict)."""
    told = [
        (span.from_, span.to, finding.verdict)
        for span in judged_spans(pen.events, books, "group", FIRST, LAST)
        for finding in span.findings
        if (finding.rule, finding.subject) == (rule, subject)
    ]
    joined: list[tuple[date, date, Verdict]] = []
    for from_, to, verdict in told:
        if joined and joined[-1][2] is verdict:
            joined[-1] = (joined[-1][0], to, verdict)
        else:
            joined.append((from_, to, verdict))
    return joined


# --------------------------------------------------------------------------------------- spans


def test_a_rule_is_kept_to_the_last_day_of_a_term_and_broken_from_the_day_after():
    pen = group(Ask=BEGUN, Birk=BEGUN, El=BEGUN | {"last_day": on(2025, 5, 31)})
    assert spans(pen, "three-towns") == [
        (FIRST, date(2025, 5, 31), Verdict.KEPT),
        (date(2025, 6, 1), LAST, Verdict.BROKEN),
    ]


def test_between_the_first_and_the_last_day_a_term_may_end_a_rule_on_the_holders_is_unknown():
    pen = group(Ask=BEGUN, Birk=BEGUN, El=BEGUN | {"to": month_of(2025, 6)})
    assert spans(pen, "three-towns") == [
        (FIRST, date(2025, 6, 1), Verdict.KEPT),
        (date(2025, 6, 2), date(2025, 6, 30), Verdict.UNKNOWN),
        (date(2025, 7, 1), LAST, Verdict.BROKEN),
    ]


def test_a_span_without_any_change_is_judged_as_one_and_a_span_of_one_day_is_that_day():
    pen = group(Ask=BEGUN)
    (whole,) = judged_spans(pen.events, BOOKS, "group", date(2025, 2, 1), LAST)
    assert (whole.from_, whole.to) == (date(2025, 2, 1), LAST)
    (alone,) = judged_spans(pen.events, BOOKS, "group", LAST, LAST)
    assert (alone.from_, alone.to, alone.findings) == (LAST, LAST, whole.findings)


def test_a_change_of_reading_within_the_span_is_seen_on_its_day():
    pen = group(Ask=BEGUN, Birk=BEGUN)
    events, (first, last) = pen.events, (date(2026, 6, 1), date(2027, 6, 1))
    found = [
        (span.from_, next(each.verdict for each in span.findings if each.rule == "spread"))
        for span in judged_spans(events, BOOKS, "group", first, last)
    ]
    assert found == [(first, Verdict.BROKEN), (date(2027, 1, 1), Verdict.KEPT)]


def test_a_duty_is_open_until_its_last_day_unknown_while_that_may_have_passed_and_then_broken():
    shifted = Shift(
        Shift(Fact("deadline", "seat"), Reading("grace"), "days"), Literal(number(1)), "weeks", back=True
    )
    pen = group(Ask=BEGUN)
    pen.complete("seat-Ask", on(2025, 1, 1))
    pen.fact("seat-Ask", "deadline", on(2025, 6, 10), on(2025, 1, 1))
    assert spans(pen, "called-in-time", "seat-Ask", timely(shifted)) == [
        (FIRST, date(2025, 6, 6), Verdict.OPEN),
        (date(2025, 6, 7), date(2025, 6, 13), Verdict.UNKNOWN),
        (date(2025, 6, 14), LAST, Verdict.BROKEN),
    ]


def test_a_rule_in_force_between_two_dates_is_not_applicable_outside_them():
    rule = replace(
        BOOK.rules[1], id="for-a-while", from_=date(2025, 3, 1), to=date(2025, 3, 31), otherwise=None
    )
    books = Rulebooks((replace(BOOK, rules=(rule,)),))
    assert spans(group(Ask=BEGUN), "for-a-while", books=books) == [
        (FIRST, date(2025, 2, 28), Verdict.NOT_APPLICABLE),
        (date(2025, 3, 1), date(2025, 3, 31), Verdict.BROKEN),
        (date(2025, 4, 1), LAST, Verdict.NOT_APPLICABLE),
    ]


def test_another_rulebook_begins_another_stretch_even_when_it_says_the_same():
    later = replace(BOOK, from_=date(2025, 7, 1), digest="f" * 64)
    books = Rulebooks((replace(BOOK, to=date(2025, 6, 30)), later))
    found = judged_spans(group(Ask=BEGUN).events, books, "group", date(2025, 2, 1), LAST)
    assert [(span.from_, span.rulebook.digest) for span in found] == [
        (date(2025, 2, 1), "e" * 64),
        (date(2025, 7, 1), "f" * 64),
    ]
    assert found[0].findings == found[1].findings


def test_a_day_without_a_rulebook_is_an_error_and_never_judged_by_the_nearest_one():
    books = Rulebooks((replace(BOOK, to=date(2025, 6, 30)),))
    with pytest.raises(RuleError, match="no-rulebook-on-date"):
        judged_spans(group(Ask=BEGUN).events, books, "group", FIRST, LAST)


def test_the_last_day_of_the_calendar_can_be_judged():
    pen = group(Ask=BEGUN | {"to": day(date.max)})
    found = judged_spans(pen.events, BOOKS, "group", date(9990, 1, 1), date.max)
    assert [(span.from_, span.to) for span in found] == [(date(9990, 1, 1), date.max)]


# -------------------------------------------------------------------------------------- time line


def line(pen: Pen, seat: str = "seat-Ask"):
    found = {each.seat: each.stretches for each in seat_timeline(pen.record(), BOOK, "group", FIRST, LAST)}
    return [(each.from_, each.to, each.held, each.organisation) for each in found[seat]]


def test_a_time_line_tells_who_held_a_seat_who_may_have_and_when_it_was_empty():
    pen = group(Ask={"from": month_of(2025, 2), "last_day": on(2025, 6, 30)})
    pen.add("Birk/1", "term", seat="seat-Ask", organisation="Birk")
    pen.fact("Birk/1", "from", on(2025, 9, 1))
    assert line(pen) == [
        (date(2025, 1, 1), date(2025, 1, 31), Held.UNKNOWN, ""),
        (date(2025, 2, 1), date(2025, 2, 27), Held.PERHAPS, "Ask"),
        (date(2025, 2, 28), date(2025, 6, 30), Held.CERTAIN, "Ask"),
        (date(2025, 7, 1), date(2025, 8, 31), Held.VACANT, ""),
        (date(2025, 9, 1), date(2025, 12, 31), Held.CERTAIN, "Birk"),
    ]


def test_a_seat_that_was_empty_twice_is_told_so_twice():
    pen = group(Ask={"from": on(2024, 1, 1), "to": on(2025, 1, 31)})
    pen.add("Birk/1", "term", seat="seat-Ask", organisation="Birk")
    pen.fact("Birk/1", "from", on(2025, 3, 1))
    pen.fact("Birk/1", "to", on(2025, 9, 30))
    empty = [each[:2] for each in line(pen) if each[2] is Held.VACANT]
    assert empty == [(date(2025, 2, 1), date(2025, 2, 28)), (date(2025, 10, 1), LAST)]


def test_before_its_first_term_a_seat_is_empty_only_where_the_record_is_complete():
    pen = group(Ask={"from": on(2025, 3, 1)})
    assert line(pen)[0] == (FIRST, date(2025, 2, 28), Held.UNKNOWN, "")
    pen.complete("seat-Ask", on(2025, 4, 1))
    assert line(pen)[0] == (FIRST, date(2025, 2, 28), Held.VACANT, "")


def test_two_holders_at_once_lie_over_each_other_and_a_seat_nothing_is_told_of_is_unknown():
    pen = group(Ask={"from": on(2024, 1, 1), "to": on(2025, 6, 30)})
    pen.add("Birk/1", "term", seat="seat-Ask", organisation="Birk")
    pen.fact("Birk/1", "from", on(2025, 6, 1))
    pen.add("seat-x", "seat", body="group")
    assert line(pen) == [
        (FIRST, date(2025, 6, 30), Held.CERTAIN, "Ask"),
        (date(2025, 6, 1), LAST, Held.CERTAIN, "Birk"),
    ]
    assert line(pen, "seat-x") == [(FIRST, LAST, Held.UNKNOWN, "")]


def test_a_time_line_uses_what_was_told_later_of_earlier_days():
    pen = group(Ask={})
    pen.fact("Ask/1", "from", on(2025, 3, 1), on(2026, 5, 5))
    assert line(pen)[1] == (date(2025, 3, 1), LAST, Held.CERTAIN, "Ask")
