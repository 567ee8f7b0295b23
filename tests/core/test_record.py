"""The record as a fold of its events."""

from dataclasses import replace
from datetime import date

from governance.model import FactRecorded, Origin
from governance.record import fold, replaced
from governance.values import Choice, Span, number, word
from tests.example import Pen, decided, on


def test_an_items_state_follows_from_its_acts():
    pen = decided()
    assert pen.record()["W"].state == "decided"
    assert [act.act for act in pen.record()["W"].acts] == ["score", "recommendation", "decision"]


def test_a_corrected_step_no_longer_counts_and_the_state_falls_back():
    pen = decided()
    pen.correct("W", pen.events[-1].number)
    assert pen.record()["W"].state == "recommended"


def test_a_correction_may_say_what_is_right():
    pen = Pen()
    pen.add("W")
    wrong = pen.fact("W", "estimate", number(1))
    pen.correct("W", wrong, FactRecorded("estimate", number(2)))
    known = pen.record()["W"].facts["estimate"]
    assert (known.value, known.event) == (number(2), wrong)


def test_a_correction_that_is_itself_corrected_lets_the_first_event_count_again():
    pen = Pen()
    pen.add("W")
    first = pen.fact("W", "estimate", number(1))
    second = pen.correct("W", first)
    pen.correct("W", second)
    assert set(replaced(pen.events)) == {second}
    assert pen.record()["W"].facts["estimate"].value == number(1)


def test_what_had_not_happened_by_a_day_is_not_in_the_record_of_that_day():
    pen = decided()
    assert pen.record(date(2025, 2, 2))["W"].state == "recommended"
    assert "W" not in pen.record(date(2024, 12, 31))


def test_an_act_of_a_month_may_have_happened_from_its_first_day():
    pen = Pen(origin=Origin.HISTORY)
    pen.add("W", when=Span(None, date(2025, 1, 1)))
    pen.step("W", "score", Span(date(2025, 3, 1), date(2025, 3, 31)), votes=number(1))
    assert pen.record(date(2025, 3, 1))["W"].state == "scored"
    assert pen.record(date(2025, 2, 28))["W"].state == "new"


def test_a_thing_entered_live_is_complete_and_one_entered_as_history_is_open_until_someone_vouches():
    pen = Pen()
    pen.add("W")
    assert pen.record()["W"].closed
    old = Pen(origin=Origin.HISTORY)
    old.add("W")
    assert not old.record()["W"].closed
    old.complete("W", on(2025, 9, 10))
    assert old.record()["W"].closed
    assert not old.record(date(2025, 9, 9))["W"].closed


def test_an_act_dated_before_an_earlier_one_is_marked_late():
    pen = decided(estimate=number(1))
    pen.step("W", "approve", on(2025, 2, 1))
    assert [act.late for act in pen.record()["W"].acts] == [False, False, False, True]


def test_an_event_about_a_thing_that_was_never_added_changes_nothing():
    pen = Pen()
    pen.fact("W", "estimate", number(1))
    assert fold(pen.events) == {}


def test_every_change_counts_in_the_version_and_every_recording_is_kept():
    pen = Pen()
    pen.add("W")
    pen.fact("W", "estimate", number(1))
    pen.fact("W", "estimate", number(2))
    entity = pen.record()["W"]
    assert entity.version == 3
    assert [(name, known.value) for name, known in entity.told] == [
        ("estimate", number(1)),
        ("estimate", number(2)),
    ]


def test_adding_a_thing_again_changes_its_title_and_links_only():
    pen = Pen()
    pen.add("W")
    pen.fact("W", "size", word("S"))
    pen.add("W", parent="P")
    entity = pen.record()["W"]
    assert entity.links == {"parent": "P"}
    assert "size" in entity.facts


def test_an_event_that_was_wrong_still_counts_in_the_version_as_does_its_correction():
    pen = decided()
    before = pen.record()["W"].version
    pen.correct("W", pen.events[-1].number)
    assert pen.record()["W"].version == before + 1


def test_a_late_act_counts_but_leaves_the_state_that_later_acts_gave():
    pen = decided(estimate=number(1))
    pen.step("W", "reopen", on(2025, 3, 1))
    pen.events.append(replace(pen.events[4], number=len(pen.events) + 1, on=on(2025, 2, 4)))
    late = pen.events[-1].payload
    pen.events[-1] = replace(
        pen.events[-1], payload=replace(late, request=replace(late.request, on=on(2025, 2, 4)))
    )
    entity = pen.record()["W"]
    assert (entity.state, entity.acts[-1].late) == ("new", True)


def test_a_correction_counts_from_the_place_of_what_it_corrects():
    pen = Pen()
    pen.add("W")
    wrong = pen.fact("W", "estimate", number(1))
    pen.fact("W", "estimate", number(3), on(2025, 1, 3))
    pen.correct("W", wrong, FactRecorded("estimate", number(2)))
    assert [known.value for _, known in pen.record()["W"].told] == [number(2), number(3)]


def test_a_fact_that_may_be_one_of_several_words_has_no_one_word_and_a_date_that_is_not_told_is_unknown():
    pen = Pen()
    pen.add("W")
    pen.fact("W", "size", Choice(frozenset({"S", "M"})))
    pen.fact("W", "conclusion", word("postponed"))
    pen.fact("W", "date", Span(date(2025, 3, 1), None))
    thing = pen.record()["W"]
    assert (thing.word("size"), thing.word("conclusion"), thing.word("date")) == (None, "postponed", None)
    assert (thing.span("date"), thing.span("size"), thing.span("to")) == (
        Span(date(2025, 3, 1), None),
        Span(),
        Span(),
    )
    assert (thing.word("none"), thing.span("none")) == (None, Span())
