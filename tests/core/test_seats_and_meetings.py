"""Terms in a row, years with their terms, meetings and rounds as rows, and what else a step is about."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from governance.conditions.judge import judge
from governance.conditions.nodes import Compare, Fact, Literal
from governance.model import Added, Origin, Request, RequestError, Verdict
from governance.prose import say_finding, say_ways
from governance.referee import is_link, links_of, supposing
from governance.referee.beside import with_beside
from governance.values import Span, Truth, Value, number, word
from governance.world import World, meeting_row, row_for, rows_of, term_row
from governance.world.meetings import ballot_row, round_row
from governance.world.years import year_row, years
from tests.bolig_book import BOOK, REFEREE
from tests.example import Pen, on

COUNCIL = "faellesraadet"
SEAT = "lille-1"
NEW = "lille-1/Ahornhaven"
TODAY = on(2026, 5, 2)


def council(*seats: str, state: str = "ledig") -> Pen:
    """A council of six places with the seats named, the others not told of."""
    pen = Pen()
    pen.add(COUNCIL, "body")
    pen.fact(COUNCIL, "places", number(6))
    for seat in seats or (SEAT,):
        pen.write(seat, Added("seat", seat, {"body": COUNCIL}, state), on(2020, 1, 1))
        pen.fact(seat, "baand", word(seat.split("-")[0]), on(2020, 1, 1))
    return pen


def sit(pen: Pen, name: str, begins: Span | None, ends: Span | None, seat: str = SEAT, who="Ahornhaven"):
    pen.add(name, "term", on(2000, 1, 1), seat=seat, organisation=who)
    for fact, when in (("from", begins), ("to", ends)):
        if when is not None:
            pen.fact(name, fact, when, on(2000, 1, 1))


def world(pen: Pen, at: Span = TODAY) -> World:
    return World(pen.record(), BOOK, at)


def in_a_row(pen: Pen, name: str) -> Value:
    here = world(pen)
    return term_row(here.record[name], here).facts["consecutive"]


# Terms in a row


def test_a_term_that_begins_the_day_after_another_is_the_second_in_a_row():
    pen = council()
    sit(pen, "first", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "second", on(2022, 5, 2), on(2026, 5, 1))
    assert in_a_row(pen, "first") == number(1)
    assert in_a_row(pen, "second") == number(2)


def test_a_day_between_two_terms_breaks_the_row():
    pen = council()
    sit(pen, "first", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "second", on(2022, 5, 3), on(2026, 5, 1))
    assert in_a_row(pen, "second") == number(1)


def test_the_last_day_counts_for_more_than_the_agreed_end():
    pen = council()
    sit(pen, "first", on(2018, 5, 1), on(2022, 5, 1))
    pen.fact("first", "last_day", on(2020, 12, 31))
    sit(pen, "second", on(2022, 5, 2), on(2026, 5, 1))
    assert in_a_row(pen, "second") == number(1)


def test_terms_in_other_seats_of_the_body_count_and_those_of_other_bodies_and_holders_do_not():
    pen = council(SEAT, "lille-2")
    pen.write("elsewhere", Added("seat", "elsewhere", {"body": "formanden"}), on(2020, 1, 1))
    sit(pen, "other-holder", on(2014, 5, 1), on(2018, 5, 1), who="Elmelunden")
    sit(pen, "other-body", on(2014, 5, 1), on(2018, 5, 1), seat="elsewhere")
    sit(pen, "first", on(2018, 5, 1), on(2022, 5, 1), seat="lille-2")
    sit(pen, "second", on(2022, 5, 1), on(2026, 5, 1))
    assert in_a_row(pen, "second") == number(2)


def test_two_seats_at_once_are_one_place_in_the_row():
    pen = council(SEAT, "lille-2")
    sit(pen, "first", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "beside", on(2018, 5, 1), on(2022, 5, 1), seat="lille-2")
    sit(pen, "second", on(2022, 5, 2), on(2026, 5, 1))
    assert in_a_row(pen, "second") == number(2)


def test_the_longest_row_counts_where_a_seat_was_held_beside_it():
    pen = council(SEAT, "lille-2")
    sit(pen, "a", on(2014, 5, 1), on(2018, 5, 1))
    sit(pen, "b", on(2018, 5, 2), on(2022, 5, 1))
    sit(pen, "beside", on(2014, 5, 1), on(2022, 5, 1), seat="lille-2")
    sit(pen, "c", on(2022, 5, 2), on(2026, 5, 1))
    assert in_a_row(pen, "c") == number(3)


def test_an_unknown_end_leaves_the_number_between_what_it_is_without_and_with_it():
    pen = council()
    sit(pen, "a", on(2014, 5, 1), None)
    sit(pen, "b", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "c", on(2022, 5, 2), on(2026, 5, 1))
    assert in_a_row(pen, "c") == Span(Fraction(2), Fraction(3))


def test_terms_of_which_no_date_is_known_may_all_stand_in_the_row():
    pen = council()
    for name in ("a", "b", "c"):
        sit(pen, name, None, None)
    assert in_a_row(pen, "c") == Span(Fraction(1), Fraction(3))


# Years


def test_a_year_has_the_terms_in_force_on_its_first_day_and_those_that_may_be():
    pen = council(SEAT, "lille-2", "mellem-1")
    sit(pen, "over", on(2020, 1, 1), on(2024, 12, 31))
    sit(pen, "last-day", on(2021, 1, 1), on(2025, 1, 1), seat="lille-2")
    sit(pen, "maybe", Span(date(2024, 6, 1), date(2025, 6, 1)), None, seat="mellem-1")
    sit(pen, "later", on(2025, 1, 2), None)
    row = year_row(2025, world(pen))
    there = {term.id: term.there for term in row.lists["terms"].rows}
    assert there == {"last-day": Truth.TRUE, "maybe": Truth.UNKNOWN}
    assert row.lists["terms"].closed


def test_a_year_of_a_body_told_as_history_may_have_further_terms_and_meetings():
    pen = Pen(origin=Origin.HISTORY)
    pen.add(COUNCIL, "body")
    pen.add(SEAT, "seat", body=COUNCIL)
    row = year_row(2025, world(pen))
    assert not row.lists["terms"].closed
    assert not row.lists["meetings"].closed


def test_the_years_run_from_the_first_meeting_to_the_date():
    pen = council()
    assert years(world(pen)) == []
    pen.add("m1", "meeting", body=COUNCIL)
    pen.fact("m1", "date", on(2024, 11, 1))
    assert years(world(pen)) == [2024, 2025, 2026]
    assert [row.id for row in rows_of("year", world(pen, on(2024, 12, 31)))] == ["2024"]


# Meetings, points and rounds


def test_a_meeting_has_its_own_attendances_and_points_and_a_point_names_its_item():
    pen = council()
    for meeting in ("m1", "m2"):
        pen.add(meeting, "meeting", body=COUNCIL)
    pen.add("m1-Ahornhaven", "attendance", meeting="m1", organisation="Ahornhaven")
    pen.fact("m1-Ahornhaven", "status", word("til-stede"))
    pen.add("p1", "agenda-point", meeting="m1", about="forslag-1")
    pen.add("p2", "agenda-point", meeting="m2")
    here = world(pen)
    row = meeting_row(here.record["m1"], here)
    (attendance,) = row.lists["attendances"].rows
    assert (attendance.facts["organisation"], attendance.facts["status"]) == (
        word("Ahornhaven"),
        word("til-stede"),
    )
    (point,) = row.lists["points"].rows
    assert (point.id, point.facts["about"]) == ("p1", word("forslag-1"))
    (other,) = meeting_row(here.record["m2"], here).lists["points"].rows
    assert "about" not in other.facts
    assert row_for(here.record["p1"], here).links["meeting"].id == "m1"


def test_of_two_ballots_of_one_organisation_the_newest_counts():
    pen = council()
    pen.add("r", "round", body=COUNCIL)
    for name, scores in (("r/Ahornhaven", "a=1"), ("r/Ahornhaven-2", "a=2; b=3")):
        pen.add(name, "ballot", round="r", organisation="Ahornhaven")
        pen.fact(name, "scores", word(scores))
    here = world(pen)
    ballots = round_row(here.record["r"], here).lists["ballots"].rows
    assert {row.id: row.facts["counts"] for row in ballots} == {
        "r/Ahornhaven": word("nej"),
        "r/Ahornhaven-2": word("ja"),
    }


@pytest.mark.parametrize(
    ("scores", "given", "highest"), [("a=1; b=3", 4, 3), ("a=1/2;b=1/2", 1, "1/2"), ("a=0", 0, 0)]
)
def test_a_ballot_tells_what_it_gives_in_all_and_at_most(scores, given, highest):
    pen = council()
    pen.add("b", "ballot", organisation="Ahornhaven")
    pen.fact("b", "scores", word(scores))
    here = world(pen)
    facts = ballot_row(here.record["b"], here).facts
    assert (facts["given"], facts["highest"]) == (number(given), number(highest))


@pytest.mark.parametrize("scores", ["a", "a=many", "a=1/0"])
def test_a_ballot_that_does_not_read_as_points_tells_nothing_of_what_it_gives(scores):
    pen = council()
    pen.add("b", "ballot", organisation="Ahornhaven")
    pen.fact("b", "scores", word(scores))
    here = world(pen)
    assert not {"given", "highest"} & ballot_row(here.record["b"], here).facts.keys()


def test_a_meeting_and_a_round_see_their_body_with_all_its_members():
    pen = council()
    sit(pen, "t", on(2024, 5, 1), on(2028, 5, 1))
    for kind in ("meeting", "round", "seat"):
        pen.write(f"a-{kind}", Added(kind, "", {"body": COUNCIL}), on(2024, 5, 1))
        here = world(pen)
        body = row_for(here.record[f"a-{kind}"], here).links["body"]
        assert [member.id for member in body.lists["members"].rows] == ["t"], kind


# The other thing a step is about

STEP = REFEREE.step_for(BOOK.process_for("seat"), "vaelg", "kandidater-meldt")
LEAVE = REFEREE.step_for(BOOK.process_for("seat"), "fratraed", "besat")


def elect(**inputs: Value) -> Request:
    return Request("vaelg", "repraesentantskabet", TODAY, inputs=inputs)


def election(who: str = "Ahornhaven", ends: Span = on(2030, 5, 2)) -> Request:
    return elect(**{"organisation": word(who), "from": TODAY, "to": ends})


def beside(pen: Pen, request: Request, step=STEP, seat: str = SEAT):
    here = World(pen.record(), BOOK, request.on, by_period=True)
    return with_beside(here.record[seat], step, request, here, 10**9)


def test_a_step_that_adds_a_term_supposes_it_with_its_links_and_facts():
    pen = council(state="kandidater-meldt")
    term = beside(pen, election())
    assert (term.id, term.kind) == (NEW, "term")
    assert term.links == {"seat": SEAT, "organisation": "Ahornhaven"}
    assert {name: known.value for name, known in term.facts.items()} == {"from": TODAY, "to": on(2030, 5, 2)}
    assert NEW not in pen.record()


def test_a_second_thing_of_one_name_gets_a_number():
    pen = council(state="kandidater-meldt")
    sit(pen, NEW, on(2018, 5, 1), on(2022, 5, 1))
    assert beside(pen, election()).id == f"{NEW}-2"
    sit(pen, f"{NEW}-2", on(2022, 5, 2), on(2026, 5, 1))
    assert beside(pen, election()).id == f"{NEW}-3"


def test_until_the_organisation_is_said_the_term_belongs_to_none():
    term = beside(council(state="kandidater-meldt"), elect())
    assert term.links == {"seat": SEAT, "organisation": ""}


def test_a_step_about_nothing_else_has_no_other_thing():
    step = REFEREE.step_for(BOOK.process_for("seat"), "tiltraed", "valgt")
    assert beside(council(), Request("tiltraed", COUNCIL, TODAY), step) is None
    assert beside(council(), Request("", "", TODAY), None) is None


def test_what_the_added_thing_belongs_to_comes_from_the_taker_and_the_request():
    pen = council(state="kandidater-meldt")
    assert links_of(pen.record()[SEAT], STEP, election()) == {"seat": SEAT, "organisation": "Ahornhaven"}
    assert is_link(STEP, "organisation")
    assert not is_link(STEP, "from")
    assert not is_link(LEAVE, "organisation")


def test_a_step_that_ends_a_term_is_about_the_one_that_holds_the_seat():
    pen = council(state="besat")
    sit(pen, "old", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "held", on(2022, 5, 2), on(2028, 5, 1))
    leaving = Request("fratraed", COUNCIL, TODAY, inputs={"last_day": on(2026, 4, 30)})
    term = beside(pen, leaving, LEAVE)
    assert term.id == "held"
    assert term.facts["last_day"].value == on(2026, 4, 30)
    assert term.facts["from"].value == on(2022, 5, 2)


def test_when_the_last_term_is_over_the_step_is_about_the_one_that_began_last():
    pen = council(state="besat")
    sit(pen, "a", on(2022, 5, 2), on(2026, 5, 1))
    sit(pen, "b", on(2018, 5, 1), on(2022, 5, 1))
    sit(pen, "c", None, on(2014, 5, 1))
    leaving = Request("fratraed", COUNCIL, TODAY, inputs={"last_day": on(2026, 4, 30)})
    assert beside(pen, leaving, LEAVE).id == "a"


def test_a_seat_never_held_has_no_term_to_end():
    assert beside(council(state="besat"), Request("fratraed", COUNCIL, TODAY), LEAVE) is None


def found(pen: Pen, request: Request, rule: str):
    record = pen.record()
    decision = REFEREE.decide(record[SEAT], request, record)
    return decision, next(each for each in decision.findings if each.rule == rule)


def test_the_term_that_would_be_added_is_one_of_the_members_it_is_judged_among():
    pen = council(SEAT, "mellem-1", "stor-1", state="kandidater-meldt")
    sit(pen, "t1", on(2024, 5, 1), on(2028, 5, 1), seat="mellem-1", who="Kastanjegården")
    decision, finding = found(pen, election(), "hoejst-en-tredjedel-ved-valg")
    assert decision.allowed
    assert say_finding(finding, BOOK).da == "Det største antal medlemmer med boligselskabet til fælles er 2"
    sit(pen, "t2", on(2024, 5, 1), on(2028, 5, 1), seat="stor-1", who="Lindeterrassen")
    decision, finding = found(pen, election(), "hoejst-en-tredjedel-ved-valg")
    assert not decision.allowed
    assert (finding.verdict, finding.clause) == (Verdict.BROKEN, "B5")


def test_a_term_ahead_is_judged_among_those_who_sit_on_the_day_it_begins():
    pen = council(SEAT, "mellem-1", "stor-1", state="kandidater-meldt")
    sit(pen, "t1", on(2024, 5, 1), on(2028, 5, 1), seat="mellem-1", who="Kastanjegården")
    sit(pen, "t2", on(2022, 5, 1), on(2026, 5, 10), seat="stor-1", who="Lindeterrassen")
    ahead = elect(**{"organisation": word("Ahornhaven"), "from": on(2026, 5, 11), "to": on(2030, 5, 11)})
    assert found(pen, ahead, "hoejst-en-tredjedel-ved-valg")[0].allowed
    too_soon = elect(**{"organisation": word("Ahornhaven"), "from": on(2026, 5, 10), "to": on(2030, 5, 10)})
    assert not found(pen, too_soon, "hoejst-en-tredjedel-ved-valg")[0].allowed


def test_a_wrong_end_is_mended_by_saying_another_in_the_request():
    pen = council(state="kandidater-meldt")
    _, finding = found(pen, election(ends=on(2029, 5, 2)), "fire-aar")
    assert (finding.verdict, finding.clause) == (Verdict.BROKEN, "B6")
    mended = say_ways(finding.ways, BOOK)
    assert mended is not None
    assert mended.da.startswith(
        "Udfyld skridtet, så udløbet er 2. maj 2030; eller lad repræsentantskabet begrunde"
    )


def test_a_default_about_the_added_term_is_waived_by_those_who_may():
    pen = council(state="kandidater-meldt")
    three_years = election(ends=on(2029, 5, 2))
    decision, finding = found(pen, replace(three_years, reason="sammenlægning"), "fire-aar")
    assert decision.allowed
    assert finding.verdict is Verdict.WAIVED
    other = replace(three_years, reason="sammenlægning", body="formanden")
    assert found(pen, other, "fire-aar")[1].verdict is Verdict.BROKEN


def test_what_a_step_takes_is_given_with_it_and_never_held_against_what_is_recorded_of_the_seat():
    pen = council(state="kandidater-meldt")
    assert found(pen, elect(organisation=word("Ahornhaven")), "vaelg/inputs")[1].verdict is Verdict.UNKNOWN
    with pytest.raises(RequestError) as error:
        found(pen, elect(hold=word("andet")), "vaelg/inputs")
    assert "takes no fact `hold`" in str(error.value)


def test_an_input_given_again_takes_the_place_of_what_is_recorded():
    pen = council(state="opslaaet")
    pen.fact(SEAT, "kandidater", word("Ahornhaven"))
    pen.add("call", "call", seat=SEAT)
    pen.fact("call", "via", word("beboerbladet"))
    other = Request("meld-kandidater", "sekretariatet", TODAY, inputs={"kandidater": word("Elmelunden")})
    assert found(pen, other, "meld-kandidater/inputs")[0].allowed
    without = replace(other, inputs={})
    decision, finding = found(pen, without, "meld-kandidater/inputs")
    assert not decision.allowed
    assert finding.verdict is Verdict.UNKNOWN


def test_the_meeting_an_item_is_concluded_at_is_that_of_its_point():
    pen = council()
    pen.add("m1", "meeting", body=COUNCIL)
    pen.add("p1", "agenda-point", meeting="m1")
    pen.write("forslag-1", Added("forslag", "", {}, "stillet"), on(2026, 1, 1))
    record = pen.record()
    is_m1 = Compare(Fact("id", "meeting"), "is", Literal(word("m1")))
    for point, truth in (("p1", Truth.TRUE), ("", Truth.UNKNOWN), ("p9", Truth.UNKNOWN)):
        request = Request("beslut", COUNCIL, TODAY, point=point)
        scope = supposing(record["forslag-1"], request, record).scope(BOOK)
        assert judge(is_m1, scope).truth is truth, point
