"""What can be put on the agenda of a meeting, under which number, and who comes."""

import pytest

from governance.model import Conflict
from governance.service import (
    add_item,
    advance,
    agenda_proposals,
    conclude,
    meeting,
    note_attendance,
    note_attendances,
    put_on_agenda,
    record_fact,
    record_thing,
)
from tests.service.asking import problems, stored
from tests.service.meeting import DAY, MEETING, agenda, group, planned

SECOND, THIRD = "møde-2", "møde-3"


def proposed(gov, meeting_=MEETING, **more):
    return {each.item.id: (each.section.id, each.why.en) for each in agenda_proposals(gov, meeting_, **more)}


def two_meetings(gov, clock, items=3):
    group(gov, clock, items=items)
    planned(gov)
    planned(gov, SECOND, "2026-06-10")


def test_an_item_is_proposed_where_its_kind_and_state_belong(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    add_item(gov, "ÆØ-8", "aendringsoenske", "Ikke klar")
    add_item(gov, "H-1", "henvendelse", "En henvendelse")
    add_item(gov, "E-1", "emne", "Et emne")
    assert proposed(gov) == {
        "ÆØ-1": ("prioritering", "ready"),
        "ÆØ-8": ("aendringsoensker", "ready"),
        "H-1": ("henvendelser", "ready"),
        "E-1": ("eventuelt", "ready"),
    }


def test_an_item_whose_state_no_section_takes_is_not_proposed(gov, clock):
    group(gov, clock, items=2)
    planned(gov)
    assert advance(gov, "ÆØ-1", "parker", "kombit").allowed
    assert proposed(gov).keys() == {"ÆØ-2"}


def test_nothing_is_proposed_twice_nor_what_is_on_the_agenda(gov, clock):
    two_meetings(gov, clock)
    agenda(gov, "ÆØ-1")
    assert proposed(gov).keys() == {"ÆØ-2", "ÆØ-3"}
    assert proposed(gov, SECOND).keys() == {"ÆØ-1", "ÆØ-2", "ÆØ-3"}
    names = [each.item.id for each in agenda_proposals(gov, SECOND)]
    assert len(names) == len(set(names))


def test_what_an_earlier_meeting_postponed_is_proposed_though_its_state_is_not_ready(gov, clock):
    """A parked item stands under no section by its state; postponed, it is followed up."""
    two_meetings(gov, clock)
    agenda(gov, "ÆØ-1", "ÆØ-2", "ÆØ-3")
    for number in (1, 2, 3):
        assert advance(gov, f"ÆØ-{number}", "parker", "kombit").allowed
    clock.set(DAY)
    assert conclude(gov, f"{MEETING}/6.1", "udsaet-punkt").allowed
    assert conclude(gov, f"{MEETING}/6.2", "ingen-konklusion").allowed
    noted = {"conclusion": "Taget til efterretning"}
    assert conclude(gov, f"{MEETING}/6.3", "konkluder-orientering", inputs=noted).allowed
    assert proposed(gov, SECOND) == {
        "ÆØ-1": ("aendringsoensker", f"postponed to a later meeting ({MEETING})"),
        "ÆØ-2": ("aendringsoensker", f"discussed without a conclusion ({MEETING})"),
    }


def test_only_the_latest_earlier_meeting_says_what_is_left_open(gov, clock):
    two_meetings(gov, clock, items=1)
    planned(gov, THIRD, "2026-09-10")
    agenda(gov, "ÆØ-1")
    agenda(gov, "ÆØ-1", meeting=SECOND)
    clock.set(DAY)
    assert conclude(gov, f"{MEETING}/6.1", "udsaet-punkt").allowed
    clock.set("2026-06-10")
    assert conclude(gov, f"{SECOND}/6.1", "konkluder-parkering").allowed
    assert proposed(gov, THIRD) == {}
    assert proposed(gov, SECOND) == {}


def test_a_later_meeting_leaves_nothing_open_for_an_earlier_one(gov, clock):
    two_meetings(gov, clock, items=1)
    agenda(gov, "ÆØ-1", meeting=SECOND)
    assert advance(gov, "ÆØ-1", "parker", "kombit").allowed
    clock.set("2026-06-10")
    assert conclude(gov, f"{SECOND}/6.1", "udsaet-punkt").allowed
    assert proposed(gov, MEETING) == {}


def test_proposals_as_they_were_known(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    clock.set("2026-01-20")
    add_item(gov, "ÆØ-8", "aendringsoenske", "Kom senere")
    assert proposed(gov).keys() == {"ÆØ-1", "ÆØ-8"}
    assert proposed(gov, known="2026-01-10").keys() == {"ÆØ-1"}


def test_points_are_numbered_by_section_and_stand_in_order(gov, clock):
    group(gov, clock, items=12)
    planned(gov)
    put_on_agenda(gov, MEETING, "prioritering", item="ÆØ-12", point="6.11")
    agenda(gov, *[f"ÆØ-{number}" for number in range(1, 12)])
    put_on_agenda(gov, MEETING, "velkomst", title="Velkomst")
    numbers = [point.number for _, points in meeting(gov, MEETING).sections for point in points]
    assert numbers == ["1.1", *[f"6.{number}" for number in range(1, 13)]]


def test_a_point_of_another_number_stands_under_other_points(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    put_on_agenda(gov, MEETING, "velkomst", title="Bilag", point="A")
    ((section, (point,)),) = meeting(gov, MEETING).sections
    assert (section.label.en, point.number) == ("Other points", "A")


def test_everything_wrong_with_a_point_is_told_at_once(gov, clock):
    group(gov, clock, items=1)
    planned(gov)
    agenda(gov, "ÆØ-1")
    events = stored(gov)[0]
    said = problems(put_on_agenda, gov, MEETING, "prioritet", item="ÆØ-1")
    assert said[-1] == "`ÆØ-1` is on the agenda already"
    assert said[0].startswith("there is no section `prioritet`")
    assert problems(put_on_agenda, gov, MEETING, "velkomst")
    assert problems(put_on_agenda, gov, MEETING, "velkomst", item="ÆØ-77")
    taken = problems(put_on_agenda, gov, MEETING, "velkomst", title="x", point="6.1")
    assert taken[0].startswith(f"`{MEETING}/6.1` is there already")
    assert stored(gov)[0] == events


def test_what_is_no_meeting_has_no_agenda(gov, clock):
    group(gov, clock, items=1)
    said = ["`ÆØ-1` is no meeting; see the meetings with `governance meetings list`"]
    assert problems(agenda_proposals, gov, "ÆØ-1") == said
    assert problems(put_on_agenda, gov, "ÆØ-1", "velkomst", title="x") == said
    assert problems(note_attendance, gov, "ÆØ-1", "Odense", "afbud") == said
    assert problems(meeting, gov, "ÆØ-1") == said


def attendance(gov, **more):
    return {each.organisation.id: each.status.id for each in meeting(gov, MEETING, **more).attendances}


def test_the_latest_word_on_who_comes_counts(each_gov, clock):
    group(each_gov, clock, items=0)
    planned(each_gov)
    note_attendance(each_gov, MEETING, "Odense", "ventet")
    note_attendance(each_gov, MEETING, "Vejle", "ventet")
    clock.set(DAY)
    note_attendance(each_gov, MEETING, "Odense", "afbud")
    assert attendance(each_gov) == {"Odense": "afbud", "Vejle": "ventet"}
    assert attendance(each_gov, on="2026-02-01") == {"Odense": "ventet", "Vejle": "ventet"}
    assert attendance(each_gov, known="2026-01-10") == {"Odense": "ventet", "Vejle": "ventet"}


def test_who_comes_is_said_in_one_of_three_words_of_an_organisation_there_is(gov, clock):
    group(gov, clock, items=0)
    planned(gov)
    assert problems(note_attendance, gov, MEETING, "Odense", "måske")
    assert "did you mean" in problems(note_attendance, gov, MEETING, "Odens", "afbud")[0]
    assert attendance(gov) == {}


def test_the_role_of_those_who_take_part_is_told(gov, clock):
    group(gov, clock, items=0)
    planned(gov)
    links = {"body": "referencegruppen", "organisation": "KL"}
    facts = {"role": "observatoer", "from": "2026-01-05"}
    record_thing(gov, "del/KL", "participant", links=links, facts=facts, origin="live", source="x")
    note_attendance(gov, MEETING, "KL", "til-stede")
    (view,) = meeting(gov, MEETING).attendances
    assert (view.status.id, view.role.id) == ("til-stede", "observatoer")


def test_what_was_seen_before_it_changed_is_a_conflict_and_stores_nothing(gov, clock):
    group(gov, clock)
    planned(gov)
    seen = meeting(gov, MEETING).version
    note_attendance(gov, MEETING, "KL", "ventet", version=0)
    record_fact(gov, MEETING, "date", DAY, source="x")
    before = stored(gov)
    with pytest.raises(Conflict):
        put_on_agenda(gov, MEETING, "velkomst", title="Nyt", version=seen)
    with pytest.raises(Conflict):
        note_attendance(gov, MEETING, "KL", "afbud", version=0)
    with pytest.raises(Conflict):
        note_attendances(gov, MEETING, {"Odense": "ventet", "KL": "afbud"}, seen={"KL": 0})
    told = problems(note_attendances, gov, MEETING, {"Odense": "x", "Nogen": "ventet"}, seen={})
    assert len(told) == 2
    assert stored(gov) == before
    assert put_on_agenda(gov, MEETING, "velkomst", title="Nyt", version=seen + 1).allowed
    both = {"Odense": "ventet", "KL": "afbud"}
    assert note_attendances(
        gov, MEETING, both, seen={"KL": meeting(gov, MEETING).attendances[0].version}
    ).allowed
    assert {each.status.id for each in meeting(gov, MEETING).attendances} == {"ventet", "afbud"}
