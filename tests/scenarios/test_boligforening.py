"""The housing association in the register: what its rules allow is stored, and why they refuse the rest."""

from dataclasses import replace

import pytest

from governance.clauses import locate
from governance.counting import Paper, count
from governance.model import Verdict
from governance.record import fold
from governance.rulebook import Rulebooks
from governance.service import (
    add_item,
    advance,
    agenda_proposals,
    cast,
    conclude,
    history,
    open_round,
    put_on_agenda,
    record_fact,
    record_thing,
    report,
    round_,
    seats,
    steps,
)
from governance.service.ballots import method_of
from governance.values import Span, word
from governance.world import World
from tests.bolig_book import BOOK, BOOKS, FOLDER
from tests.service.asking import everything, problems
from tests.service.conftest import Clock, opened

COUNCIL, OFFICE, CHAIR, ASSEMBLY = "faellesraadet", "sekretariatet", "formanden", "repraesentantskabet"
PLACES = {
    "lille-1": "Ahornhaven",
    "lille-2": "Brombærvænget",
    "mellem-1": "Granparken",
    "mellem-2": "Hasselkrogen",
    "stor-1": "Lindeterrassen",
    "stor-2": "Pilebyen",
}
TERM = {"from": "2024-05-01", "to": "2028-05-01"}
POINT, URGENT = "møde-1/4.1", "ratificeres-paa-naeste-moede"


@pytest.fixture
def clock():
    return Clock()


def council(url, books, clock, *, without=()):
    """A register with the six seats, all held but those named."""
    clock.set("2026-01-05")
    gov = opened(url, books, clock)
    tell(gov, COUNCIL, "body", {}, places="6")
    for seat, section in PLACES.items():
        band, _, half = seat.partition("-")
        tell(gov, seat, "seat", {"body": COUNCIL}, baand=band, hold="foerste" if half == "1" else "andet")
        if seat not in without:
            tell(gov, f"{seat}/{section}", "term", {"seat": seat, "organisation": section}, **TERM)
    return gov


def tell(gov, id_, kind, links, **facts):
    origin = "history" if kind == "term" else "live"
    return record_thing(
        gov, id_, kind, links=links, facts=facts, on="2026-01-05", origin=origin, source="protokollen"
    )


@pytest.fixture
def gov(tmp_path, clock):
    """The council with all its seats held."""
    made = council(f"sqlite:///{tmp_path / 'raad.sqlite'}", BOOKS, clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def one_vacant(tmp_path, clock):
    """The council with the first small seat vacant, called and sought."""
    made = council(f"sqlite:///{tmp_path / 'raad.sqlite'}", BOOKS, clock, without=["lille-1"])
    clock.set("2026-03-01")
    done(made, "lille-1", "slaa-op", OFFICE, via="beboerbladet")
    clock.set("2026-04-01")
    done(made, "lille-1", "meld-kandidater", OFFICE, kandidater="Elmelunden")
    clock.set("2026-05-02")
    yield made
    made.engine.dispose()


def step(gov, thing, name, body, reason="", **inputs):
    return advance(gov, thing, name, body, inputs=inputs, reason=reason)


def done(gov, thing, name, body, **inputs):
    receipt = step(gov, thing, name, body, **inputs)
    assert receipt.allowed, [each for each in receipt.findings if each.blocks]
    return receipt


def stopped(receipt):
    """The rule, clause and reason of what stopped a step."""
    assert not receipt.allowed
    return [(each.rule, each.clause, each.because.da) for each in receipt.findings if each.blocks]


def elect(gov, section, seat="lille-1", reason="", **dates):
    return step(gov, seat, "vaelg", ASSEMBLY, reason, organisation=section, **dates)


def fresh(gov, id_="forslag-1"):
    return add_item(gov, id_, "forslag", "Nyt tag")


def meets(gov, meeting, date, *present):
    """A meeting with a point on the proposal, those present written down as members."""
    tell(gov, meeting, "meeting", {"body": COUNCIL}, date=date)
    put_on_agenda(gov, meeting, "til-beslutning", item="forslag-1")
    for section in PLACES.values():
        links = {"meeting": meeting, "organisation": section}
        status = "til-stede" if section in present else "afbud"
        tell(gov, f"{meeting}/{section}", "attendance", links, role="medlem", status=status)


def now(gov, id_):
    """A thing as the record has it."""
    return fold(everything(gov).events)[id_]


def finding(gov, rule, subject="forslag-1"):
    """What the report says of a rule, with its clause."""
    every = [each for clause in report(gov).clauses for each in clause.findings]
    return next(each for each in every if each.rule == rule and each.subject == subject)


def test_every_clause_cites_a_sentence_of_the_statutes():
    statutes = (FOLDER.parent / "vedtaegt.txt").read_text(encoding="utf-8")
    assert [clause.id for clause in BOOK.clauses if not locate(statutes, clause.words, clause.digest)] == []


# ------------------------------------------------------------------------------------------ seats


def test_a_seat_goes_from_vacant_to_held_and_every_step_is_in_its_history(one_vacant, clock):
    ends = {"from": "2026-05-02", "to": "2030-05-02"}
    assert elect(one_vacant, "Elmelunden", **ends).allowed
    (rule, clause, because) = stopped(step(one_vacant, "lille-1", "tiltraed", COUNCIL))[0]
    assert (rule, clause) == ("suppleant-ved-tiltraeden", "B4")
    assert because.startswith("Pladsen mangler en suppleant")
    deputy = {"organisation": "Brombærvænget", "from": "2026-05-02"}
    done(one_vacant, "lille-1", "vaelg-suppleant", ASSEMBLY, **deputy)
    assert done(one_vacant, "lille-1", "tiltraed", COUNCIL).state.id == "besat"
    held = {line.id: line.holder for line in seats(one_vacant, COUNCIL).seats}
    assert held["lille-1"] == "Elmelunden"
    clock.set("2027-02-01")
    done(one_vacant, "lille-1", "fratraed", COUNCIL, last_day="2027-01-31")
    assert {line.id: line.occupied for line in seats(one_vacant, COUNCIL).seats}["lille-1"] == "nej"


def test_a_third_term_in_a_row_is_refused_at_the_election_and_no_term_is_stored(one_vacant):
    for begins, ends in (("2018-05-01", "2022-05-01"), ("2022-05-02", "2026-05-01")):
        links = {"seat": "lille-1", "organisation": "Elmelunden"}
        tell(one_vacant, f"før-{begins}", "term", links, **{"from": begins, "to": ends})
    before = seats(one_vacant, COUNCIL)
    receipt = elect(one_vacant, "Elmelunden", **{"from": "2026-05-02", "to": "2030-05-02"})
    assert stopped(receipt) == [
        (
            "hoejst-to-i-traek",
            "B9",
            "En afdeling kan højst sidde to perioder i træk. Antallet af perioder i træk er 3, mere end 2",
        )
    ]
    assert seats(one_vacant, COUNCIL) == before


def test_the_reason_for_another_length_is_written_on_the_term(one_vacant):
    shorter = {"from": "2026-05-02", "to": "2029-05-02"}
    (rule, clause, _) = stopped(elect(one_vacant, "Elmelunden", **shorter))[0]
    assert (rule, clause) == ("fire-aar", "B6")
    receipt = elect(one_vacant, "Elmelunden", reason="afdelingen nedlægges i 2029", **shorter)
    assert receipt.allowed
    assert {each.rule: each.verdict for each in receipt.findings}["fire-aar"] is Verdict.WAIVED
    facts = now(one_vacant, "lille-1/Elmelunden").facts
    assert facts["excuse"].value == word("afdelingen nedlægges i 2029")
    assert facts["excused_by"].value == word(ASSEMBLY)


# --------------------------------------------------------------------------------------- meetings


def test_half_are_enough_to_open_a_meeting_and_too_few_to_decide_at_it(gov, clock):
    fresh(gov)
    meets(gov, "møde-1", "2026-01-20", *list(PLACES.values())[:3])
    done(gov, "møde-1", "indkald", OFFICE)
    clock.set("2026-01-20")
    done(gov, "møde-1", "aabn", CHAIR)
    (rule, clause, because) = stopped(conclude(gov, POINT, "konkluder-beslut"))[0]
    assert (rule, clause) == ("to-tredjedele-til-stede", "B13")
    assert "er ½, mindre end 2/3" in because
    assert now(gov, "forslag-1").state == "stillet"
    assert now(gov, POINT).state == "paa-dagsordenen"
    assert history(gov, "forslag-1")[-1].kind == "refused"


def test_two_thirds_decide_and_the_point_and_the_proposal_move_together(gov, clock):
    fresh(gov)
    meets(gov, "møde-1", "2026-01-20", *list(PLACES.values())[:4])
    clock.set("2026-01-20")
    assert conclude(gov, POINT, "konkluder-beslut", inputs={"conclusion": "vedtaget"}).allowed
    assert now(gov, "forslag-1").state == "besluttet"
    assert now(gov, POINT).state == "konkluderet"


def test_a_third_of_the_members_cannot_open_a_meeting(gov, clock):
    fresh(gov)
    meets(gov, "møde-1", "2026-01-20", *list(PLACES.values())[:2])
    done(gov, "møde-1", "indkald", OFFICE)
    clock.set("2026-01-20")
    (rule, clause, because) = stopped(step(gov, "møde-1", "aabn", CHAIR))[0]
    assert (rule, clause) == ("halvdelen-til-stede", "B12")
    assert because.startswith("Mødet kan først åbnes, når halvdelen af medlemmerne er til stede")


# ------------------------------------------------------------------------------- between meetings


def test_silence_opens_the_step_on_a_date_and_is_written_down_as_what_it_is(gov, clock):
    fresh(gov)
    done(gov, "forslag-1", "send-rundt", OFFICE)
    clock.set("2026-01-13")
    (shut,) = [each for each in steps(gov, "forslag-1") if each.id == "godkend-ved-tavshed"]
    assert [(each.rule, each.clause, each.mend.da) for each in shut.blocking] == [
        ("otte-dage-er-gaaet", "B14", "Vent til 14. januar 2026")
    ]
    clock.set("2026-01-14")
    assert done(gov, "forslag-1", "godkend-ved-tavshed", OFFICE).state.id == "tavst-godkendt"
    (act,) = now(gov, "forslag-1").acts[-1:]
    assert (act.act, act.body) == ("tavs-godkendelse", OFFICE)


def test_an_objection_ends_the_silence_for_good(gov, clock):
    fresh(gov)
    done(gov, "forslag-1", "send-rundt", OFFICE)
    clock.set("2026-01-06")
    done(gov, "forslag-1", "goer-indsigelse", COUNCIL)
    clock.set("2026-01-20")
    assert stopped(step(gov, "forslag-1", "godkend-ved-tavshed", OFFICE)) == [
        (
            "ingen-indsigelse",
            "B14",
            "Et forslag med en indsigelse kan ikke godkendes ved tavshed. Der foreligger en indsigelse",
        )
    ]


@pytest.fixture
def urgent(gov, clock):
    """An urgent decision of 6 January, with meetings on the 20th and a month later."""
    fresh(gov)
    record_fact(gov, "forslag-1", "pris", "5000", source="tilbuddet")
    meets(gov, "møde-1", "2026-01-20", *PLACES.values())
    tell(gov, "møde-2", "meeting", {"body": COUNCIL}, date="2026-02-20")
    clock.set("2026-01-06")
    done(gov, "forslag-1", "hastebeslut", CHAIR)
    return gov


def test_an_urgent_decision_is_open_until_the_next_meeting_and_broken_after_it(urgent, clock):
    assert finding(urgent, URGENT).verdict is Verdict.OPEN
    clock.set("2026-01-21")
    late = finding(urgent, URGENT)
    assert (late.verdict, late.clause) == (Verdict.BROKEN, "B17")
    assert "En ratifikation eller en omgørelse fra fællesrådet mangler" in late.because.da
    assert "20. januar 2026" in late.because.da


def test_an_urgent_decision_is_offered_to_the_next_agenda_and_ratified_there(urgent, clock):
    (offered,) = agenda_proposals(urgent, "møde-2")
    assert (offered.section.id, offered.item.id) == ("haster", "forslag-1")
    clock.set("2026-01-20")
    assert conclude(urgent, POINT, "konkluder-ratificer").allowed
    clock.set("2026-02-21")
    assert finding(urgent, URGENT).verdict is Verdict.KEPT


# ----------------------------------------------------------------------------------------- rounds


WORKS = ("cykelskur", "legeplads", "tag", "vaskeri")


def with_round(gov):
    for name in WORKS:
        fresh(gov, name)
    open_round(gov, "runde-1", COUNCIL, closes="2026-01-10", choices=WORKS)


def counted(gov, clock):
    clock.set("2026-01-11")
    done(gov, "runde-1", "luk-runden", OFFICE)
    done(gov, "runde-1", "goer-op", OFFICE)
    return round_(gov, "runde-1").result


def test_approvals_are_counted_two_are_chosen_and_what_is_tied_across_the_line_is_shown(gov, clock):
    with_round(gov)
    for section, approved in (
        ("Ahornhaven", ["tag", "vaskeri"]),
        ("Granparken", ["tag", "legeplads"]),
        ("Pilebyen", ["tag"]),
    ):
        assert cast(gov, "runde-1", section, dict.fromkeys(approved, "1")).allowed
    assert round_(gov, "runde-1").result is None
    result = counted(gov, clock)
    found = {each.item.id: (each.total, each.rank, each.scored, each.outcome) for each in result.tallies}
    assert found == {
        "tag": ("3", 1, 3, "in"),
        "vaskeri": ("1", 2, 1, "line"),
        "legeplads": ("1", 2, 1, "line"),
        "cykelskur": ("0", 4, 0, "out"),
    }


def test_an_approval_is_one_or_nothing(gov):
    with_round(gov)
    assert problems(cast, gov, "runde-1", "Ahornhaven", {"tag": "2"})


def test_a_ballot_of_a_section_without_a_seat_and_one_after_the_closing_day_are_refused(gov, clock):
    with_round(gov)
    (rule, clause, because) = stopped(cast(gov, "runde-1", "Elmelunden", {"tag": "1"}))[0]
    assert (rule, clause) == ("kun-med-plads", "B20")
    assert because.startswith("Kun en afdeling med en plads afgiver stemmeseddel")
    clock.set("2026-01-11")
    (rule, clause, because) = stopped(cast(gov, "runde-1", "Ahornhaven", {"tag": "1"}))[0]
    assert (rule, clause) == ("foer-runden-lukker", "B20")
    assert because.startswith("Stemmesedlen kommer, efter at runden er lukket")


def test_a_section_may_cast_again_until_the_round_closes_and_the_newest_counts(gov, clock):
    with_round(gov)
    for work in ("tag", "legeplads"):
        assert cast(gov, "runde-1", "Ahornhaven", {work: "1"}).allowed
    totals = {each.item.id: each.total for each in counted(gov, clock).tallies}
    assert (totals["tag"], totals["legeplads"]) == ("0", "1")


def test_ranks_are_counted_by_borda_and_what_is_left_out_shares_the_rest(tmp_path, clock):
    ranking = replace(BOOK, counting=BOOK.counting[1:])
    gov = council(f"sqlite:///{tmp_path / 'plan.sqlite'}", Rulebooks((ranking,)), clock)
    with_round(gov)
    assert cast(gov, "runde-1", "Ahornhaven", {"tag": "1", "vaskeri": "2"}).allowed
    assert cast(gov, "runde-1", "Granparken", {"legeplads": "1"}).allowed
    assert problems(cast, gov, "runde-1", "Pilebyen", {"tag": "1", "vaskeri": "1"})
    found = {each.item.id: (each.total, each.rank) for each in counted(gov, clock).tallies}
    assert found == {"tag": ("4", 1), "legeplads": ("7/2", 2), "vaskeri": ("3", 3), "cykelskur": ("3/2", 4)}
    gov.engine.dispose()


def test_the_two_ways_of_counting_read_the_same_blanks_each_in_its_own_way():
    approval, borda = (method_of(each, World({}, BOOK, Span())) for each in BOOK.counting)
    (papers,) = ([Paper("Ahornhaven", {"tag": 1})],)
    by_approval, by_borda = (
        {
            tally.choice: (str(tally.total), tally.scored, tally.blank)
            for tally in count(method, WORKS, papers).tallies
        }
        for method in (approval, borda)
    )
    assert approval.places == 2
    assert by_approval["vaskeri"] == ("0", 0, 1)
    assert by_borda["tag"] == ("3", 1, 0)
    assert by_borda["vaskeri"] == ("1", 1, 1)
