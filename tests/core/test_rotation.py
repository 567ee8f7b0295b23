"""The group over time: spans, what is coming, and who held which seat."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from governance.conditions.nodes import ActDone, Compare, Exists, Fact, Literal, Reading, Rows, Shift
from governance.faults import RuleError
from governance.model import Force, Origin, Request, StepTaken, Verdict
from governance.roster import Held, forecast, judged_spans, seat_timeline
from governance.rulebook import ActKind, DatedReading, FactKind, Named, Process, Rule, Rulebooks, Step
from governance.values import Kind, Span, Truth, day, month_of, number, word
from tests.example import BOOK, BOOKS, Pen, on, text

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
CALLS = Exists(Rows("calls", "seat", "call"), Compare(Fact("via", "call"), "is", Literal(word("letter"))))


def group(**towns: dict[str, Span]) -> Pen:
    """A seat for each town, and no others; what is not given of its term is not known."""
    pen = Pen(origin=Origin.HISTORY)
    pen.add("group", "body")
    pen.fact("group", "places", number(len(towns)), on(2025, 1, 1))
    for town, dates in towns.items():
        pen.add(f"seat-{town}", "seat", body="group")
        pen.add(f"{town}/1", "term", seat=f"seat-{town}", organisation=town)
        for name, when in dates.items():
            pen.fact(f"{town}/1", name, when, on(2025, 1, 1))
    return pen


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


BEGUN = {"from": on(2024, 1, 1)}


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


def timely(due) -> Rulebooks:
    """The rules with one more: a seat is called by a day."""
    rule = Rule("called-in-time", None, Force.MUST, "seat", CALLS, text("I tide"), due=due)
    grace = replace(BOOK.readings[0], id="grace", values=(DatedReading(Span(Fraction(3), Fraction(10))),))
    deadline = FactKind("deadline", "seat", Kind("date"), text("fristen"))
    book = replace(BOOK, rules=(rule,), facts=(*BOOK.facts, deadline), readings=(*BOOK.readings, grace))
    return Rulebooks((book,))


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


# ------------------------------------------------------------------------------------- what is coming


def seen(pen: Pen, books: Rulebooks = BOOKS, at: date = FIRST, until: date = LAST):
    return forecast(pen.record(at), books, "group", at, until)


def test_a_recorded_last_day_goes_before_the_agreed_end_and_what_is_not_recorded_is_said_as_that():
    pen = group(
        Ask=BEGUN | {"to": on(2025, 12, 31), "last_day": on(2025, 5, 31)},
        Birk=BEGUN | {"to": on(2025, 9, 30)},
        El=BEGUN,
    )
    found = seen(pen)
    assert [(each.organisation, each.when, each.told) for each in found.endings] == [
        ("Ask", on(2025, 5, 31), "last_day"),
        ("Birk", on(2025, 9, 30), "to"),
    ]
    assert [each.organisation for each in found.unended] == ["El"]
    assert (found.vacant, found.unknown, found.clusters) == ((), (), ())


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (on(2024, 12, 31), False),
        (on(2025, 1, 1), True),
        (on(2025, 12, 31), True),
        (on(2026, 1, 1), False),
        (Span(date(2025, 12, 1), date(2026, 2, 1)), True),
        (Span(None, date(2025, 2, 1)), True),
        (Span(date(2024, 6, 1), None), True),
    ],
)
def test_a_term_is_told_of_when_its_last_day_may_lie_in_the_time_asked_about(end, told):
    assert bool(seen(group(Ask=BEGUN | {"to": end})).endings) is told


def test_two_seats_that_end_in_one_month_are_a_cluster_and_two_in_neighbouring_months_are_not():
    close = group(Ask=BEGUN | {"to": on(2025, 6, 1)}, Birk=BEGUN | {"to": month_of(2025, 6)})
    (cluster,) = seen(close).clusters
    assert (cluster.year, cluster.month) == (2025, 6)
    assert [each.seat for each in cluster.endings] == ["seat-Ask", "seat-Birk"]
    apart = group(Ask=BEGUN | {"to": on(2025, 6, 30)}, Birk=BEGUN | {"to": on(2025, 7, 1)})
    assert seen(apart).clusters == ()


def test_an_end_known_less_well_than_to_the_month_is_in_no_cluster():
    year = Span(date(2025, 1, 1), date(2025, 12, 31))
    assert seen(group(Ask=BEGUN | {"to": on(2025, 6, 1)}, Birk=BEGUN | {"to": year})).clusters == ()


def test_two_terms_of_one_seat_are_no_cluster():
    pen = group(Ask=BEGUN | {"to": on(2025, 6, 1)})
    pen.add("Birk/1", "term", seat="seat-Ask", organisation="Birk")
    pen.fact("Birk/1", "from", on(2025, 6, 2), on(2025, 1, 1))
    pen.fact("Birk/1", "to", on(2025, 6, 20), on(2025, 1, 1))
    found = seen(pen)
    assert found.clusters == ()
    assert [each.heirs for each in found.endings] == [("Birk",), ()]


def test_seats_left_empty_are_told_with_the_day_they_fell_empty_and_stay_in_their_cluster():
    pen = group(
        Ask=BEGUN | {"last_day": on(2025, 5, 31)}, Birk=BEGUN | {"last_day": on(2025, 5, 30)}, El=BEGUN
    )
    found = seen(pen, at=date(2025, 8, 1))
    assert [(each.seat, each.since) for each in found.vacant] == [
        ("seat-Ask", on(2025, 6, 1)),
        ("seat-Birk", on(2025, 5, 31)),
    ]
    assert [len(each.endings) for each in found.clusters] == [2]
    assert [each.on for each in found.lost] == [date(2025, 5, 31), date(2025, 6, 1)]


def test_a_seat_of_which_nothing_is_recorded_is_neither_held_nor_vacant():
    pen = group(Ask=BEGUN)
    pen.add("seat-x", "seat", body="group")
    assert seen(pen).unknown == ("seat-x",)
    pen.complete("seat-x", on(2025, 1, 1))
    found = seen(pen)
    assert (found.unknown, [each.since for each in found.vacant]) == ((), [Span()])


# ----------------------------------------------------------------------------------------- calls


def ending(pen: Pen, books: Rulebooks = BOOKS, at: date = LAST):
    (found,) = forecast(pen.record(at), books, "group", at, at + timedelta(days=365)).endings
    return found


def called(pen: Pen, when: Span) -> Pen:
    pen.add("call", "call", when, seat="seat-Ask")
    pen.fact("call", "on", when, when)
    pen.fact("call", "via", word("letter"), when)
    return pen


def leaving() -> Pen:
    """It becomes known on 10 October 2025 that a term ends with June 2026."""
    pen = group(Ask=BEGUN)
    pen.fact("Ask/1", "to", on(2026, 6, 30), on(2025, 10, 10))
    return pen


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, Truth.FALSE),
        (on(2025, 10, 9), Truth.FALSE),
        (on(2025, 10, 10), Truth.TRUE),
        (month_of(2025, 10), Truth.UNKNOWN),
    ],
)
def test_a_call_counts_when_it_was_made_since_the_vacancy_was_known(when, expected):
    pen = leaving() if when is None else called(leaving(), when)
    calling = ending(pen).calling
    assert (calling.since, calling.called) == (on(2025, 10, 10), expected)
    assert [rule.id for rule in calling.asked_by] == ["called"]


def test_a_vacancy_is_known_since_its_end_was_first_told_as_it_is_now():
    pen = leaving()
    pen.fact("Ask/1", "to", on(2026, 6, 30), on(2025, 11, 11))
    assert ending(pen).calling.since == on(2025, 10, 10)
    pen.fact("Ask/1", "to", on(2026, 3, 31), on(2025, 11, 12))
    assert ending(pen).calling.since == on(2025, 11, 12)


def test_without_a_deadline_the_last_day_that_leaves_no_empty_day_is_the_last_one_of_the_term():
    found = ending(leaving())
    assert (found.latest, found.calling.deadline) == (date(2026, 6, 30), Span())
    rough = group(Ask=BEGUN | {"to": month_of(2026, 6)})
    assert ending(rough).latest == date(2026, 6, 1)
    open_ = group(Ask=BEGUN | {"to": Span(None, date(2026, 6, 30))})
    assert ending(open_).latest is None


def test_a_deadline_that_is_recorded_is_told():
    pen = leaving()
    pen.fact("seat-Ask", "deadline", on(2026, 5, 1), on(2025, 10, 10))
    due = Shift(Fact("deadline", "seat"), Literal(number(1)), "months", back=True)
    assert ending(pen, timely(due)).calling.deadline == on(2026, 4, 1)


def meeting(pen: Pen, id_: str, when: Span) -> None:
    pen.add(id_, "meeting", body="group")
    pen.fact(id_, "date", when, on(2025, 1, 2))


def test_the_meeting_to_announce_at_is_the_last_one_planned_no_later_than_the_last_day():
    pen = leaving()
    meeting(pen, "long past", on(2025, 11, 1))
    assert ending(pen).meeting is None
    for id_, when in {
        "past": on(2025, 12, 1),
        "early": on(2026, 2, 1),
        "late": on(2026, 6, 30),
        "perhaps": Span(date(2026, 6, 1), date(2026, 7, 31)),
        "after": on(2026, 7, 1),
    }.items():
        meeting(pen, id_, when)
    found = ending(pen)
    assert found.meeting is not None
    assert (found.meeting.id, found.meeting.on) == ("late", on(2026, 6, 30))


def test_a_meeting_that_has_come_to_rest_is_not_one_to_announce_at():
    states = (Named("planned", text("planlagt")), Named("cancelled", text("aflyst"), final=True))
    process = Process("meetings", text("Møder"), (Named("meeting", text("møde")),), "planned", states, ())
    pen = leaving()
    meeting(pen, "early", on(2026, 2, 1))
    meeting(pen, "late", on(2026, 6, 1))
    books = Rulebooks((replace(BOOK, processes=(process,)),))
    assert ending(pen, books).meeting.id == "late"
    pen.events = [
        replace(event, payload=replace(event.payload, state="cancelled"))
        if event.entity == "late" and hasattr(event.payload, "state")
        else event
        for event in pen.events
    ]
    assert ending(pen, books).meeting.id == "early"


def act_called(adds: str) -> Rulebooks:
    """Rules that ask for an act on a seat rather than for a thing of its own."""
    rule = Rule("called", None, Force.MUST, "seat", ActDone(("calling",), "seat"), text("Opslag"))
    step = Step("call", text("Slå op"), "calling", ("office",), None, ("open",), None, None, adds=adds)
    kinds = (Named("seat", text("plads")),)
    process = Process("seats", text("Pladser"), kinds, "open", (Named("open", text("åben")),), (step,))
    acts = (*BOOK.acts, ActKind("calling", text("et opslag")))
    return Rulebooks((replace(BOOK, rules=(rule,), processes=(process,), acts=acts),))


@pytest.mark.parametrize(("adds", "expected"), [("", Truth.TRUE), ("term", Truth.FALSE)])
def test_an_act_that_the_rules_on_a_seat_ask_for_is_a_call_unless_it_adds_something_else(adds, expected):
    pen = leaving()
    request = Request("call", "office", on(2025, 11, 1))
    pen.write("seat-Ask", StepTaken(request, "open", "open", "calling"), on(2025, 11, 1))
    assert ending(pen, act_called(adds)).calling.called is expected


# ------------------------------------------------------------------------------------ what is lost


def test_what_is_lost_is_told_rule_by_rule_with_the_words_no_longer_counted():
    pen = group(Ask=BEGUN, Birk=BEGUN, El=BEGUN | {"to": on(2025, 6, 30)})
    (lost,) = seen(pen).lost
    assert (lost.on, [each.organisation for each in lost.endings]) == (date(2025, 7, 1), ["El"])
    assert [(each.has.rule, each.had.verdict, each.has.verdict, each.gone) for each in lost.losses] == [
        ("three-towns", Verdict.KEPT, Verdict.BROKEN, ("El",)),
        ("spread", Verdict.KEPT, Verdict.BROKEN, ("East",)),
    ]


def test_a_rule_that_was_broken_already_still_tells_what_goes():
    pen = group(Birk=BEGUN, El=BEGUN | {"to": on(2025, 6, 30)})
    (lost,) = seen(pen).lost
    assert [(each.has.rule, each.had.verdict, each.has.verdict, each.gone) for each in lost.losses] == [
        ("three-towns", Verdict.BROKEN, Verdict.BROKEN, ("El",)),
        ("spread", Verdict.BROKEN, Verdict.BROKEN, ("East",)),
    ]


def test_a_change_of_the_rules_on_the_same_night_is_no_loss():
    """Two regions become one on 1 January 2027; who leaves the day before takes no region along."""
    pen = group(Ask=BEGUN, Birk=BEGUN, El=BEGUN | {"to": on(2026, 12, 31)})
    (lost,) = seen(pen, at=date(2026, 1, 1), until=date(2027, 1, 1)).lost
    assert [(each.has.rule, each.gone) for each in lost.losses] == [("three-towns", ("El",))]


def test_an_heir_of_the_same_kind_leaves_nothing_lost():
    pen = group(Ask=BEGUN, Birk=BEGUN, El=BEGUN | {"to": on(2025, 6, 30)})
    pen.add("El/2", "term", seat="seat-El", organisation="El")
    pen.fact("El/2", "from", on(2025, 7, 1), on(2025, 1, 1))
    (lost,) = seen(pen).lost
    assert lost.losses == ()


def test_nothing_is_said_lost_on_a_day_without_a_rulebook():
    pen = group(Ask=BEGUN | {"to": on(2025, 6, 30)})
    books = Rulebooks((replace(BOOK, to=date(2025, 5, 31)),))
    assert seen(pen, books).lost == ()


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
