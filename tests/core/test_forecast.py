"""What is coming for the seats: ends, clusters, calls, meetings, and what is lost the day after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from governance.conditions.nodes import ActDone, Fact, Literal, Shift
from governance.model import Force, Request, StepTaken, Verdict
from governance.roster import forecast
from governance.rulebook import ActKind, Named, Process, Rule, Rulebooks, Step
from governance.values import Span, Truth, month_of, number, word
from tests.core.towns import BEGUN, FIRST, LAST, group, timely
from tests.example import BOOK, BOOKS, Pen, on, text

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
